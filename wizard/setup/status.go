package setup

import (
	"cmp"
	"context"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/domain/routing"
	"fairlead/wizard/page"
)

// State is how a section stands.
type State string

// The states of a section.
const (
	ToDo  State = "to do"
	Begun State = "begun"
	Waits State = "waits" // for time to pass, or for something to be done elsewhere
	Works State = "works"
	Warns State = "warns"
	Fails State = "fails"
)

// Status is how a section of a domain stands, as far as it was last looked at.
type Status struct {
	Section Section
	State   State
	Words   string    // one line
	Looked  time.Time // when the outside world was last asked; zero where it never was
	Report  *check.Report
}

// Row is a domain with its sections, in their order.
type Row struct {
	Domain   string
	Statuses []Status
}

// Table returns every domain that is kept, by name.
func (s *Setup) Table(ctx context.Context) ([]Row, error) {
	domains, err := s.Domains(ctx)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, d := range domains {
		rows = append(rows, Row{d.Name, s.Statuses(d)})
	}
	return rows, nil
}

// Statuses are how the sections of a domain stand.
func (s *Setup) Statuses(d *Domain) (all []Status) {
	for _, section := range Sections() {
		all = append(all, s.Status(d, section))
	}
	return all
}

// Status is how a section of a domain stands.
func (s *Setup) Status(d *Domain, section Section) Status {
	p := d.record.Sections[section]
	status := Status{Section: section, State: ToDo, Words: "not begun", Report: p.Report}
	if p.Report != nil {
		status.Looked = p.Report.Started
		status.State, status.Words = stateOf(p.Report), cmp.Or(p.Report.Title(), "look again")
		if status.State == Works {
			status.Words = "checked"
		}
	} else if p.Done || len(p.Visited) > 0 {
		status.State, status.Words = Begun, "begun"
	}
	switch section {
	case Account:
		s.accountStatus(d, p, &status)
	case Tenant:
		s.tenantStatus(d, &status)
	case Routing:
		s.routingStatus(d, &status)
	case Directory:
		d.directoryStatus(p, &status)
	}
	return status
}

func stateOf(r *check.Report) State {
	switch {
	case !r.Complete():
		return Begun
	case r.Verdict() == check.Fail:
		return Fails
	case r.Verdict() == check.Warn:
		return Warns
	case r.Verdict() == check.Pass:
		return Works
	}
	return Begun
}

func (s *Setup) accountStatus(d *Domain, p part, status *Status) {
	if p.Done {
		a := d.answers()
		status.State, status.Words = Works, infrastructure(a).Name()+", "+s.region(a).Name
	}
}

// tenantStatus tells of a token that has ended.
func (s *Setup) tenantStatus(d *Domain, status *Status) {
	until := d.tokenEnds(s.Regions.Validation.Days)
	switch {
	case d.above != "":
		status.State, status.Words = Works, "validated with "+d.above
	case status.State == Works:
		status.Words = "validated"
	case !until.IsZero() && s.now().After(until) && status.State != Works:
		status.State, status.Words = Fails, "the token ended on "+until.Format("2 January")
	}
}

// routingStatus tells of the order of change while nothing is wrong.
func (s *Setup) routingStatus(d *Domain, status *Status) {
	if status.Report == nil || status.State == Fails {
		return
	}
	next, done := routing.Progress(d.record.Ticked)
	if done {
		return
	}
	status.State, status.Words = Waits, "next: "+page.LowerFirst(next.Title)
}

// directoryStatus is that of the connector, where one reads the directory.
func (d *Domain) directoryStatus(p part, status *Status) {
	switch d.kind() {
	case entra:
		status.Report, status.Looked = nil, time.Time{}
		if d.connector == nil {
			status.State, status.Words = Waits, "needs a Microsoft 365 connector for directory synchronisation"
			return
		}
		status.Words = d.connector.name + ": " + d.connector.words
		switch d.connector.state {
		case connectors.Works:
			status.State = Works
		case connectors.Warns:
			status.State = Warns
		case connectors.Fails:
			status.State = Fails
		default:
			status.State = Waits
		}
	case googleKind:
		status.Report, status.Looked = nil, time.Time{}
		if p.Done {
			status.State, status.Words = Waits, "the services' console reads Google Workspace: look there"
		}
	}
}
