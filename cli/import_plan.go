package cli

import (
	"fmt"

	"fairlead/check"
	"fairlead/connectors/transfer"
)

// transferJSON is the object of "import" and "restore".
type transferJSON struct {
	New        []string        `json:"new"`
	Unchanged  []string        `json:"unchanged"`
	Different  []differentJSON `json:"different"`
	Duplicates []refusedJSON   `json:"duplicates"`
	Conflicts  []refusedJSON   `json:"conflicts"`
	Unusable   []refusedJSON   `json:"unusable"`
	Reports    int             `json:"reports"`
	Drafts     int             `json:"drafts"`
	Documents  int             `json:"documents"`
	Events     int             `json:"events"`
	Done       bool            `json:"done"`
	Missing    []missingJSON   `json:"missing"` // secrets, once it is done
}

type differentJSON struct {
	Name        string           `json:"name"` // here
	Changes     []changeJSON     `json:"changes"`
	Attachments []attachmentJSON `json:"attachments"` // that are added
	NewerHere   bool             `json:"newerHere"`
}

type changeJSON struct {
	Field string `json:"field"`
	Here  string `json:"here"`
	File  string `json:"file"`
}

type refusedJSON struct {
	Name string `json:"name"`
	Line int    `json:"line"`
	Rule string `json:"rule"`
	Why  string `json:"why"`
}

type missingJSON struct {
	Name   string `json:"name"`
	Holder string `json:"holder"`
}

func asTransferJSON(p *transfer.Plan) *transferJSON {
	object := &transferJSON{
		New: names(p.New), Unchanged: names(p.Unchanged), Different: []differentJSON{},
		Duplicates: refused(p.Duplicates), Conflicts: refused(p.Conflicts), Unusable: refused(p.Unusable), Missing: []missingJSON{},
		Reports: p.Reports, Drafts: len(p.Drafts), Documents: len(p.Documents), Events: p.Events,
	}
	for _, d := range p.Different {
		one := differentJSON{Name: d.Here.Name, Changes: []changeJSON{}, Attachments: []attachmentJSON{}, NewerHere: d.Newer}
		for _, c := range d.Changes {
			one.Changes = append(one.Changes, changeJSON(c))
		}
		for _, a := range d.Added {
			one.Attachments = append(one.Attachments, attachmentJSON(a))
		}
		object.Different = append(object.Different, one)
	}
	return object
}

func names(records []transfer.Record) []string {
	all := []string{}
	for _, r := range records {
		all = append(all, r.Name)
	}
	return all
}

func refused(list []transfer.Refused) []refusedJSON {
	all := []refusedJSON{}
	for _, r := range list {
		all = append(all, refusedJSON{r.Name, r.Line, r.Why.Rule, r.Why.Error()})
	}
	return all
}

// showPlan shows what taking in a file would change.
func (o *importing) showPlan(p *transfer.Plan) {
	s := o.screen()
	for _, r := range p.New {
		s.Text("new: %s", r.Name)
	}
	for _, d := range p.Different {
		s.Text("changes: %s", d.Here.Name)
		for _, c := range d.Changes {
			s.Indented("    ", "    ", fmt.Sprintf("%s: %q becomes %q", c.Field, c.Here, c.File))
		}
		for _, a := range d.Added {
			s.Indented("    ", "    ", fmt.Sprintf("used by: %s (%s)", a.Task, a.Service))
		}
		if d.Newer {
			s.Indented("    ", "    ", "It was changed here after the file was written.")
		}
	}
	for _, r := range p.Duplicates {
		s.Say(check.Warn, "duplicate, line %d: %s. %s", r.Line, r.Name, r.Why)
	}
	for _, r := range p.Conflicts {
		s.Say(check.Fail, "conflict, line %d: %s. %s", r.Line, r.Name, r.Why)
	}
	for _, r := range p.Unusable {
		s.Say(check.Fail, "unusable, line %d: %s. %s", r.Line, r.Name, r.Why)
	}
	counts := fmt.Sprintf("%d new, %d changed, %d the same", len(p.New), len(p.Different), len(p.Unchanged))
	if n := p.LeftOut(); n > 0 {
		counts += fmt.Sprintf(", %d left out", n)
	}
	if o.restore {
		counts += fmt.Sprintf("; reports: %d, drafts: %d, documents: %d", p.Reports, len(p.Drafts), len(p.Documents))
	}
	s.Text("%s.", counts)
}
