package setup

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"fairlead/check"
	"fairlead/domain"
	"fairlead/wizard/page"
)

const (
	keySenders   = "spoofing.senders"
	keySelectors = "spoofing.selectors"
)

func (s *Setup) spoofingPages(d *Domain) []page.Page {
	var proposed atomic.Pointer[[]domain.Proposal] // by the test of this journey
	return []page.Page{
		{
			ID: "spoofing.senders", Step: "Senders", Title: "Who else sends mail in the name of " + d.Name + "?",
			Why: "Newsletters, invoices, tickets, scanners: once forged senders are refused, those whom nobody thought of are refused as well.",
			Fields: func(*page.Answers) []page.Field {
				return []page.Field{
					{
						Key: keySenders, Kind: page.Text, Label: "Other senders", Aside: "with commas between", Optional: true,
						Placeholder: "spf.newsletter.example", Validate: checkSenders, Hint: "As their own instructions name them, behind “include:”; or addresses.",
					},
					{
						Key: keySelectors, Kind: page.Text, Label: "DKIM selectors", Aside: "with commas between", Optional: true,
						Placeholder: "selector1, selector2", Validate: checkSelectors, Hint: "Those of the services and of every other sender, as far as they are known.",
					},
				}
			},
		},
		{
			ID: testPage(Spoofing), Step: "Check", Title: "What do the records say?",
			Why: "SPF, DKIM, DMARC, MTA-STS and TLS-RPT, as the world sees them. Nothing is changed.",
			Action: &page.Action{
				Busy: "Reading the records", Verb: "Look", Inputs: []string{keySenders, keySelectors},
				Test: func(a *page.Answers) *check.Suite {
					return s.Checks.Spoofing(SpoofingTarget{
						Domain: d.Name, Region: a.Text(keyRegion), Selectors: split(a.Text(keySelectors)), Senders: split(a.Text(keySenders)),
					}, func(all []domain.Proposal) { proposed.Store(&all) })
				},
			},
			Fields: func(*page.Answers) []page.Field {
				if all := proposed.Load(); all != nil {
					return proposals(*all)
				}
				return nil
			},
		},
	}
}

// proposals are records to make, each with what changes for whom.
func proposals(all []domain.Proposal) (notes []page.Field) {
	for i, p := range all {
		lines := []string{p.Why}
		for _, current := range p.Current {
			lines = append(lines, "Now: "+current)
		}
		for _, change := range p.Changes {
			lines = append(lines, "- "+change)
		}
		notes = append(notes, page.Field{
			Key: fmt.Sprintf("spoofing.record-%d", i+1), Kind: page.Note, Label: "Proposed: " + p.Record.Type + " record of " + p.Record.Name,
			Hint: strings.Join(lines, "\n"), Copy: p.Record.Line(),
		})
	}
	return notes
}

func checkSenders(text string) error {
	for _, sender := range split(text) {
		if _, err := domain.ParseSender(sender); err != nil {
			return err
		}
	}
	return nil
}

func checkSelectors(text string) error {
	for _, selector := range split(text) {
		for label := range strings.SplitSeq(selector, ".") {
			if !isLabel(label) {
				return errors.New("a selector has letters, digits and hyphens, like selector1")
			}
		}
	}
	return nil
}
