package setup

import (
	"encoding/json"
	"maps"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/wizard/page"
)

// Domain is the set-up of one domain, as it was when it was read.
type Domain struct {
	Name    string
	Updated time.Time // zero where nothing is kept
	By      string    // who kept it

	record    *record
	version   int
	above     string          // a domain above it that is validated, or empty
	connector *connectorState // the one that reads the directory, where it matters
}

// record is what is kept of a domain.
type record struct {
	Answers  map[string]json.RawMessage `json:"answers"`
	Sections map[Section]part           `json:"sections"`
	Ticked   map[string]time.Time       `json:"ticked,omitempty"` // steps of the order of change
	MXSince  time.Time                  `json:"mxSince,omitzero"` // since when the MX records are the region's
	TokenAt  time.Time                  `json:"tokenAt,omitzero"` // when the token that is kept was first kept
}

// part is what is kept of a section.
type part struct {
	Done    bool          `json:"done,omitempty"` // walked through to its end at least once
	Page    string        `json:"page,omitempty"` // where it was left
	Visited []string      `json:"visited,omitempty"`
	Report  *check.Report `json:"report,omitempty"` // of its last test
}

func newRecord() *record {
	return &record{Answers: map[string]json.RawMessage{}, Sections: map[Section]part{}, Ticked: map[string]time.Time{}}
}

// readRecord reads what [record.write] wrote.
func readRecord(content []byte) (*record, error) {
	r := newRecord()
	if err := json.Unmarshal(content, r); err != nil {
		return nil, err
	}
	for _, m := range []bool{r.Answers == nil, r.Sections == nil, r.Ticked == nil} {
		if m { // "null" stands there
			fresh := newRecord()
			maps.Copy(fresh.Answers, r.Answers)
			maps.Copy(fresh.Sections, r.Sections)
			maps.Copy(fresh.Ticked, r.Ticked)
			r.Answers, r.Sections, r.Ticked = fresh.Answers, fresh.Sections, fresh.Ticked
		}
	}
	if _, err := r.answers(); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *record) write() ([]byte, error) { return json.Marshal(r) }

// answers are those of all sections.
func (r *record) answers() (*page.Answers, error) {
	data, err := json.Marshal(r.Answers)
	if err != nil {
		return nil, err
	}
	a := page.NewAnswers()
	return a, json.Unmarshal(data, a)
}

// answers are a copy for a journey.
func (d *Domain) answers() *page.Answers {
	a, err := d.record.answers()
	if err != nil { // it was read before
		return page.NewAnswers()
	}
	return a
}

// take takes in the answers of a section and the report of its test. Answers of
// other sections stay as they are kept: somebody else may have changed them.
func (r *record) take(section Section, above string, a *page.Answers, now time.Time) {
	data, err := json.Marshal(a) // without the secrets
	if err != nil {
		return
	}
	all := map[string]json.RawMessage{}
	if json.Unmarshal(data, &all) != nil {
		return
	}
	token := string(r.Answers[keyToken])
	for key, value := range all {
		if strings.HasPrefix(key, string(section)+".") {
			r.Answers[key] = value
		}
	}
	if section == Tenant && string(r.Answers[keyToken]) != token {
		r.TokenAt = now
	}
	if report := a.Report(testPage(section)); report != nil {
		p := r.Sections[section]
		p.Report = report
		r.Sections[section] = p
	}
	if section == Routing {
		r.takeOrder(above, a, now)
	}
}

// testPage is the id of the page of a section that tests.
func testPage(section Section) string { return string(section) + ".test" }
