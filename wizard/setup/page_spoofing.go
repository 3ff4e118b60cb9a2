package setup

import (
	"errors"
	"strings"

	"fairlead/check"
	"fairlead/wizard/page"
)

const (
	keySenders   = "spoofing.senders"
	keySelectors = "spoofing.selectors"
)

func (s *Setup) spoofingPages(d *Domain) []page.Page {
	return []page.Page{
		{
			ID: "spoofing.senders", Step: "Senders", Title: "Who else sends mail in the name of " + d.Name + "?",
			Why: "Newsletters, invoices, tickets, scanners: once forged senders are refused, those whom nobody thought of are refused as well.",
			Fields: func(*page.Answers) []page.Field {
				return []page.Field{
					{
						Key: keySenders, Kind: page.Text, Label: "SPF records of other senders", Aside: "with commas between", Optional: true,
						Placeholder: "spf.newsletter.example", Validate: checkHosts, Hint: "As their own instructions name them, behind “include:”.",
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
						Domain: d.Name, Include: s.region(a).Record, Selectors: split(a.Text(keySelectors)), Senders: split(a.Text(keySenders)),
					})
				},
			},
		},
	}
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
