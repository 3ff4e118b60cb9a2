package setup

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/domain/routing"
	"fairlead/providers"
	"fairlead/wizard/page"
)

const (
	keyMX       = "routing.mx"
	keyOutbound = "routing.outbound"
	keyDeliver  = "routing.deliver"
	keyNetworks = "routing.networks"
	keyFrom     = "routing.networks-from"
)

// KeySteps are the steps of the order of change that are ticked. Which of them can
// be, depends on what the tests find.
const KeySteps = "routing.steps"

func (s *Setup) routingPages(d *Domain) []page.Page {
	hosts := func(key, label string, known func(assets.Region) assets.Hosts) func(a *page.Answers) page.Field {
		return func(a *page.Answers) page.Field {
			h := known(s.region(a))
			return page.Field{
				Key: key, Kind: page.Text, Label: label, Optional: true, Hint: h.Note(), Validate: checkHosts,
				Suggest: func(*page.Answers) string { return strings.Join(h.Names, ", ") },
			}
		}
	}
	incoming := hosts(keyMX, "Hosts for incoming mail", func(r assets.Region) assets.Hosts { return r.MX })
	outgoing := hosts(keyOutbound, "Hosts for outgoing mail", func(r assets.Region) assets.Hosts { return r.Outbound })
	return []page.Page{
		{
			ID: "routing.hosts", Step: "Servers", Title: "Through which servers does the mail of " + d.Name + " go?",
			Why: "The region's, as far as they are known here. What the console shows for your account counts: compare, and correct.",
			Fields: func(a *page.Answers) []page.Field {
				fields := append([]page.Field{incoming(a), outgoing(a)}, s.otherHosts(a)...)
				return append(fields, page.Field{
					Key: keyDeliver, Kind: page.Text, Label: "Your own server", Placeholder: deliverExample(a, d.Name), Validate: checkHost,
					Hint: "To which the services deliver: the host to which mail goes today, before the change.",
				})
			},
			Action: &page.Action{Busy: "Reading the region's networks", Inputs: []string{keyMX}, Run: s.readNetworks},
		},
		{
			ID: testPage(Routing), Step: "Check", Title: "Where does mail go now?",
			Why: "The DNS is asked, and the servers are greeted. No mail is sent. What this computer cannot reach only warns: the services come from elsewhere.",
			Action: &page.Action{
				Busy: "Looking at the way of the mail", Verb: "Look", Inputs: []string{keyMX, keyOutbound, keyDeliver},
				Test: func(a *page.Answers) *check.Suite {
					return routing.Test(s.Network, s.Resolver(), s.Checks.MX, routing.Target{
						Domain: d.Name, Region: a.Text(keyRegion), MX: split(a.Text(keyMX)), Outbound: split(a.Text(keyOutbound)), Deliver: a.Text(keyDeliver),
						Due: !d.record.Ticked[routing.StepInbound].IsZero(),
					})
				},
			},
		},
		{
			ID: "routing.order", Step: "Order", Title: "What has been done?",
			Why:    "In this order no mail is lost. A step can be ticked once its check has passed.",
			Fields: func(a *page.Answers) []page.Field { return append(s.commandNotes(d, a), s.stepsField(d, a)) },
		},
	}
}

// otherHosts warns of hosts that are not those of the region, as after a change of
// the region.
func (s *Setup) otherHosts(a *page.Answers) []page.Field {
	r := s.region(a)
	for _, group := range []struct {
		key   string
		known assets.Hosts
	}{{keyMX, r.MX}, {keyOutbound, r.Outbound}} {
		typed := split(a.Text(group.key))
		if len(typed) > 0 && group.known.Known() && !slices.Equal(typed, group.known.Names) {
			return []page.Field{{
				Key: "routing.other-hosts", Kind: page.Note, Tone: page.Heed, Label: "These are not the hosts that are known of " + r.Name,
				Hint: "Known are " + strings.Join(group.known.Names, ", ") + ". What the console shows counts.",
			}}
		}
	}
	return nil
}

// region is that of the account; an unknown one has no hosts.
func (s *Setup) region(a *page.Answers) assets.Region {
	r, _ := s.Regions.Find(a.Text(keyRegion))
	return r
}

// plan is what the commands are made from.
func (s *Setup) plan(d *Domain, a *page.Answers) routing.Plan {
	p := routing.Plan{
		Domain: d.Name, Infrastructure: infrastructure(a), Region: s.region(a), Deliver: a.Text(keyDeliver),
	}
	for _, text := range a.List(keyNetworks) {
		if network, ok := routing.ReadNetwork(text); ok {
			p.Ranges = append(p.Ranges, network)
		}
	}
	if typed := split(a.Text(keyMX)); len(typed) > 0 {
		p.Region.MX.Names = typed
	}
	if typed := split(a.Text(keyOutbound)); len(typed) > 0 {
		p.Region.Outbound.Names = typed
	}
	return p
}

func infrastructure(a *page.Answers) routing.Infrastructure {
	if i := routing.Infrastructure(a.Text(keyInfrastructure)); slices.Contains(routing.Infrastructures(), i) {
		return i
	}
	return routing.Other
}

// readNetworks reads the region's networks, live where that can be done.
func (s *Setup) readNetworks(ctx context.Context, a *page.Answers, _ func(page.Progress)) (page.Changes, error) {
	found := routing.Lookup(ctx, s.Resolver(), s.Regions, s.region(a), s.now())
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	list := []string{}
	for _, network := range found.Networks {
		list = append(list, network.String())
	}
	return page.Changes{keyNetworks: list, keyFrom: found.Note()}, nil
}

// commandNotes are the commands of the step that comes next.
func (s *Setup) commandNotes(d *Domain, a *page.Answers) (notes []page.Field) {
	p := s.plan(d, a)
	next, done := routing.Progress(d.record.ticked(a, s.now()))
	if done {
		return []page.Field{{Key: "routing.done", Kind: page.Note, Tone: page.Good, Label: "All steps are done", Hint: "Look again whenever something changes."}}
	}
	notes = []page.Field{{Key: "routing.next", Kind: page.Note, Label: "Next: " + next.Title, Hint: next.Why}}
	var commands []routing.Command
	switch next.ID {
	case routing.StepOutbound:
		commands = p.Outbound()
	case routing.StepInbound:
		commands = []routing.Command{p.Inbound()}
	case routing.StepLockDown:
		commands = p.LockDown()
		notes = append(notes, page.Field{Key: "routing.networks-note", Kind: page.Note, Label: "The region's networks", Hint: a.Text(keyFrom)})
	}
	for i, c := range commands {
		notes = append(notes, copied(fmt.Sprintf("routing.command-%d", i+1), c))
	}
	return notes
}

// stepsField lets those steps be ticked whose gates are open, and those that were.
func (s *Setup) stepsField(d *Domain, a *page.Answers) page.Field {
	facts := d.record.facts(d.above, a, s.now())
	f := page.Field{Key: KeySteps, Kind: page.Choice, Label: "Done so far", Many: true, Optional: true}
	for _, step := range routing.Order() {
		o := page.Option{Value: step.ID, Label: step.Title}
		if at := d.record.Ticked[step.ID]; at.IsZero() {
			o.Barred = step.Barred(facts)
		} else {
			o.Note = "done on " + at.Local().Format("2 January 2006, 15:04")
		}
		f.Options = append(f.Options, o)
	}
	return f
}

func deliverExample(a *page.Answers, domain string) string {
	switch infrastructure(a).Platforms()[0] {
	case routing.Microsoft365:
		return strings.ReplaceAll(domain, ".", "-") + ".mail.protection.outlook.com"
	case routing.Google:
		return "smtp.google.com"
	}
	return "mail." + domain
}

func checkHost(name string) error {
	_, err := providers.ASCIIHost(strings.TrimSpace(name))
	return err
}

func checkHosts(text string) error {
	for _, name := range split(text) {
		if err := checkHost(name); err != nil {
			return err
		}
	}
	return nil
}
