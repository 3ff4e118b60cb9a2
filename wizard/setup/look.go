package setup

import (
	"context"

	"fairlead/check"
)

// Look is the test of a section with what was answered before, for those who want
// to look again without walking through it; or nil where there is nothing to look
// at, where something is still to be answered, or where a password is needed.
func (s *Setup) Look(d *Domain, section Section) *check.Suite {
	if !d.record.Sections[section].Done && d.record.Sections[section].Report == nil || section == Directory {
		return nil
	}
	a := d.answers()
	for _, p := range s.pages(d, section) {
		if p.ID == testPage(section) && p.Action != nil {
			return p.Action.Test(a)
		}
	}
	return nil
}

// Looked keeps the report of a [Setup.Look].
func (s *Setup) Looked(ctx context.Context, name string, section Section, report check.Report) (*Domain, error) {
	return s.change(ctx, name, func(d *Domain) {
		r := d.record
		p := r.Sections[section]
		p.Report = &report
		r.Sections[section] = p
		if section == Routing {
			r.noteMX(s.now())
		}
	})
}
