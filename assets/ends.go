package assets

import (
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// End is a day on which a vendor ends something that connectors rest on.
type End struct {
	ID string `yaml:"id"` // stable and unique, such as "exchange-2016-support"
	// Product begins what a test calls the platform, such as "Exchange 2016".
	// Empty means all of the platform.
	Product string `yaml:"product"`
	// EWS says that it concerns services only that need Exchange Web Services.
	EWS  bool   `yaml:"ews"`
	Day  string `yaml:"day"`  // the first day without it, as 2026-12-31
	What string `yaml:"what"` // a sentence
	Do   string `yaml:"do"`   // what to do about it, in sentences
	// Until is the id of a later end on the platform that makes this one old news.
	Until  string `yaml:"until"`
	Source string `yaml:"source"` // where the vendor says so
}

// On is the day, in UTC.
func (e End) On() time.Time {
	day, _ := time.Parse(time.DateOnly, e.Day) // the catalogue was checked
	return day
}

// parsePlatforms reads the platforms and checks the ends that they name.
func parsePlatforms(files fs.FS) ([]Platform, error) {
	var all []Platform
	d, err := read(files, "platforms.yaml", &all)
	if err != nil {
		return nil, err
	}
	for i, p := range all {
		for j, e := range p.Ends {
			if err := p.checkEnd(e); err != nil {
				return nil, d.errorAt(err, i, "ends", j)
			}
		}
	}
	return all, nil
}

func (p Platform) checkEnd(e End) error {
	if e.ID == "" || e.What == "" || e.Do == "" || e.Source == "" {
		return errors.New("an end needs id, day, what, do and source")
	}
	if _, err := time.Parse(time.DateOnly, e.Day); err != nil {
		return fmt.Errorf("the day %q is not of the form 2026-12-31", e.Day)
	}
	if e.Until == "" {
		return nil
	}
	later, known := find(p.Ends, func(other End) bool { return other.ID == e.Until })
	if !known || !later.On().After(e.On()) {
		return fmt.Errorf("%q is no later end of the platform", e.Until)
	}
	return nil
}
