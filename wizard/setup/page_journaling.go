package setup

import (
	"fmt"

	"fairlead/check"
	"fairlead/domain/journal"
	"fairlead/domain/routing"
	"fairlead/providers"
	"fairlead/wizard/page"
)

const keyUndelivered = "journaling.undelivered"

func (s *Setup) journalingPages(d *Domain) []page.Page {
	return []page.Page{
		{
			ID: "journaling.address", Step: "Address", Title: "Where do copies go that cannot be delivered?",
			Why: "Every mail is copied to the archive. If a copy does not arrive, it must go somewhere: to a mailbox outside " + d.Name + ", since its own mail is not copied.",
			Fields: func(*page.Answers) []page.Field {
				return []page.Field{{
					Key: keyUndelivered, Kind: page.Address, Label: "Mail address for copies that come back", Validate: providers.CheckAddress,
					Advise: adviseAddress(d.Name),
				}}
			},
		},
		{
			ID: "journaling.commands", Step: "Commands", Title: "Make the rule and the connector",
			Why: "In the services' console, each sub-domain below must be internal, and each address a journaling connector of its own. " +
				"Copies that are older than 30 days when they arrive are not kept.",
			Fields: func(a *page.Answers) (notes []page.Field) {
				region := s.region(a)
				for i, stream := range journal.Streams(d.Name, infrastructure(a)) {
					n := i + 1
					notes = append(notes, page.Field{
						Key: fmt.Sprintf("journaling.address-%d", n), Kind: page.Note, Label: "Journal address for " + stream.Platform.Name(),
						Hint: "In the sub-domain " + stream.SubDomain + ".", Copy: stream.Address,
					})
					for m, c := range stream.Commands(region, a.Text(keyUndelivered)) {
						notes = append(notes, copied(fmt.Sprintf("journaling.command-%d-%d", n, m+1), c))
					}
				}
				if i := infrastructure(a); i == routing.Microsoft365 || i == routing.HybridMicrosoft {
					notes = append(notes, page.Field{
						Key: "journaling.self", Kind: page.Note, Tone: page.Heed, Label: "Microsoft 365 keeps no copies for itself",
						Hint: "A journal address in one of its own mailboxes is refused: the address must lead outside.",
					})
				}
				return notes
			},
		},
		{
			ID: testPage(Journaling), Step: "Check", Title: "Would the copies find their way?",
			Why: "The DNS is asked about the sub-domains, and the region's hosts are greeted. Whether a copy arrives, only the services' console shows.",
			Action: &page.Action{
				Busy: "Looking at the way of the copies", Verb: "Look", Inputs: []string{keyUndelivered},
				Test: func(a *page.Answers) *check.Suite {
					return journal.Test(s.Network, s.Resolver(), journal.Streams(d.Name, infrastructure(a)), s.region(a))
				},
			},
		},
	}
}
