package setup

import (
	"context"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/domain"
	"fairlead/domain/routing"
	"fairlead/wizard/page"
)

// Checks ask the DNS about a domain.
type Checks struct {
	// Tenant looks for the token that shows that a domain is the customer's.
	Tenant func(t TokenTarget) *check.Suite
	// Spoofing judges the records against forged senders. The ids of the checks
	// about SPF are "spf" or begin with "spf-". learnt gets what should change, once
	// the suite has run.
	Spoofing func(t SpoofingTarget, learnt func([]domain.Proposal)) *check.Suite
	// MX says how the MX records stand to the region's.
	MX routing.MX
}

// TokenTarget is what [Checks.Tenant] looks for.
type TokenTarget struct {
	Domain string
	Token  string
	Issued time.Time // when it was first seen here; zero where that is not known
}

// SpoofingTarget is what [Checks.Spoofing] judges.
type SpoofingTarget struct {
	Domain    string
	Region    string   // the id of the services' region
	Selectors []string // of DKIM; none means the usual ones
	Senders   []string // SPF records or hosts of others who send in the domain's name
}

// checkSPF is what the ids of the checks about SPF begin with.
const checkSPF = "spf"

// Flow is the wizard of a section: its pages, a summary, an end.
func (s *Setup) Flow(d *Domain, section Section) page.Flow {
	pages := s.pages(d, section)
	return page.Flow{
		ID:    "setup-" + string(section),
		Title: section.Title() + " of " + d.Name,
		Say:   s.Say,
		Label: func(*page.Answers) string { return section.Title() + " of " + d.Name },
		Pages: func(*page.Answers) []page.Page {
			return append(pages[:len(pages):len(pages)], s.keepPage(d, section, pages), keptPage(section))
		},
	}
}

func (s *Setup) pages(d *Domain, section Section) []page.Page {
	switch section {
	case Account:
		return s.accountPages(d)
	case Tenant:
		return s.tenantPages(d)
	case Routing:
		return s.routingPages(d)
	case Directory:
		return s.directoryPages(d)
	case Spoofing:
		return s.spoofingPages(d)
	case Journaling:
		return s.journalingPages(d)
	}
	return nil
}

// keepPage sums up the section and keeps it.
func (s *Setup) keepPage(d *Domain, section Section, before []page.Page) page.Page {
	return page.Page{
		ID: string(section) + ".keep", Step: "Summary", Title: "Keep this?", Next: "Keep",
		Why:    "It is kept in the registry, without any password. Everything can be changed later.",
		Fields: func(a *page.Answers) []page.Field { return page.Summary(before, a) },
		Action: &page.Action{Busy: "Keeping the answers", Commit: true, Run: func(ctx context.Context, a *page.Answers, _ func(page.Progress)) (page.Changes, error) {
			kept, err := s.change(ctx, d.Name, func(d *Domain) {
				r := d.record
				r.take(section, d.above, a, s.now())
				part := r.Sections[section]
				part.Done = true
				r.Sections[section] = part
			})
			if err != nil || section != Account {
				return nil, err
			}
			return nil, s.spread(ctx, kept)
		}},
	}
}

func keptPage(section Section) page.Page {
	return page.Page{
		ID: string(section) + ".kept", Step: "Done", Title: section.Title() + " is kept", Final: true, Next: "Done",
		Why: "Come back whenever something changes, or to look again.",
	}
}

// split are the words of a list that was typed with commas or spaces between.
func split(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\t' })
}

// copied is a note with something to copy, or with why there is nothing.
func copied(key string, c routing.Command) page.Field {
	if c.Gap != "" {
		return page.Field{Key: key, Kind: page.Note, Tone: page.Heed, Label: c.Title, Hint: c.Gap}
	}
	return page.Field{Key: key, Kind: page.Note, Label: c.Title, Hint: "In " + c.Where + ":", Copy: c.Text}
}
