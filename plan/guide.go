package plan

import (
	"fmt"
	"slices"
	"strings"

	"fairlead/assets"
	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/wizard/page"
)

// Guide puts steps into words.
type Guide struct {
	Plan      *Plan
	Catalogue assets.Catalogue
	Providers []providers.Provider
	Env       providers.Env
	File      string // that "fairleadctl apply" is given; empty means the stored environment
	Flags     string // that every command needs, such as "--lab"
}

// Advice is a step in words.
type Advice struct {
	Title    string
	Why      string        // a sentence or two, in Markdown
	Commands []string      // to be typed as they stand
	Links    []assets.Link // where it is done, if not here
}

// Advise puts a step into words.
func (g *Guide) Advise(s *Step) Advice {
	switch s.Kind {
	case Make:
		return g.make(s)
	case Finish:
		a := g.make(s)
		a.Title = "Finish " + g.what(s.Need)
		a.Why = fmt.Sprintf("Its draft %s.", s.Need.Draft.Waits())
		a.Commands = []string{g.command("new --draft", s.Need.Draft.ID)}
		return a
	case Mend, Test:
		return g.test(s)
	case Attach:
		return Advice{
			Title: fmt.Sprintf("Attach %q of %s to %s", s.Task.Task, g.service(s.Task.Service), g.name(s)),
			Why:   "In the services' own console. The connector that the task has now stays until this is done. Then note it here:",
			Links: g.links(s.Need), Commands: []string{g.use("attach", g.heir(s), s.Task)},
		}
	case Detach:
		return Advice{
			Title: fmt.Sprintf("Detach %q of %s from %q", s.Task.Task, g.service(s.Task.Service), s.Connector.Name),
			Why: "In the services' own console, once the task has worked with its other connectors. A connector in use cannot be deleted. " +
				"Then note it here:",
			Commands: []string{g.use("detach", s.Connector.Name, s.Task)},
		}
	}
	return g.last(s)
}

// last are the steps that take a connector out of use.
func (g *Guide) last(s *Step) Advice {
	switch s.Kind {
	case Move:
		return Advice{
			Title:    fmt.Sprintf("Wait until the last mailbox of %s has moved", s.Organisation.Name),
			Why:      fmt.Sprintf("%s is needed as long as one is left. In the Exchange Management Shell, this must count none but system mailboxes:", s.Connector.Name),
			Commands: []string{"Get-Mailbox -ResultSize Unlimited | Group-Object RecipientTypeDetails -NoElement"},
		}
	case Delete:
		why := "It is not needed."
		if s.Connector.Replaced {
			why = "Another connector has taken its place."
		}
		a := Advice{Title: fmt.Sprintf("Delete %q", s.Connector.Name), Why: why, Commands: []string{g.command("delete", quoted(s.Connector.Name))}}
		if p, ok := g.provider(s.Connector.Provider).(providers.Cleaner); ok {
			c := providers.Sibling{Name: s.Connector.Name, Services: s.Connector.Services, Settings: s.Connector.Settings}
			a.Why += "\n\nWhat stays outside:\n"
			for _, left := range p.CleanUp(c, nil) {
				a.Why += "\n- " + left.Title + ": " + strings.ReplaceAll(left.Text, "\n", " ")
			}
			a.Why += "\n\nThe clean-up list says where and how, and which of it others rest on:"
			a.Commands = append(a.Commands, g.command("cleanup", quoted(s.Connector.Name)))
		}
		return a
	case Keep:
		return Advice{
			Title: fmt.Sprintf("Keep %q for now", s.Connector.Name),
			Why: fmt.Sprintf("No rule asks for it, but nothing else serves %s here. Name the service at a tenant in the cloud that is to take it over, "+
				"or take it out of the environment.", g.service(s.Task.Service)),
		}
	}
	lacks := strings.Join(g.Catalogue.Names(s.Need.Lacks), ", ")
	return Advice{
		Title: fmt.Sprintf("Make %q anew, so that it serves %s", s.Connector.Name, lacks),
		Why: fmt.Sprintf("An organisation has one Exchange connector, and its services cannot be changed. Make another from its answers, which takes its place: "+
			"go back to the page of the services and add %s. Both work until you delete the old one.", lacks),
		Commands: []string{g.command("new", "--instead-of", quoted(s.Connector.Name))},
	}
}

func (g *Guide) make(s *Step) Advice {
	a := Advice{Title: "Make " + g.what(s.Need), Why: needed(s.Need.Tenant), Commands: []string{g.apply()}, Links: g.links(s.Need)}
	if s.Need.Tenant.Provider != exchange && !s.Need.granted() {
		a.Why += " An administrator of the tenant has to grant permissions; until then a draft waits."
	}
	return a
}

func (g *Guide) test(s *Step) Advice {
	a := Advice{Title: fmt.Sprintf("Test %q", s.Connector.Name), Why: "It was never tested to the end.", Commands: []string{g.command("test", quoted(s.Connector.Name))}}
	if s.Kind == Mend {
		_, words := s.Connector.State()
		a.Title, a.Why = fmt.Sprintf("Mend %q", s.Connector.Name), fmt.Sprintf("Its last test failed: %s.", words)
		if worst := s.Connector.LastTest.Worst(); len(worst.Diagnoses) > 0 {
			a.Why += "\n\n" + worst.Diagnoses[0].Remedy
		}
	}
	return a
}

// what names a connector that is needed.
func (g *Guide) what(n *Need) string {
	services := strings.Join(g.Catalogue.Names(n.Services), ", ")
	if n.Tenant.OnExchange() {
		return fmt.Sprintf("the Exchange connector of %s, for %s", n.Tenant.Tenant, services)
	}
	return fmt.Sprintf("the connector of %s to %s, %s", services, platformName(g.Catalogue, n.Tenant.Provider), n.Tenant.Tenant)
}

// name names the connector that a task is attached to.
func (g *Guide) name(s *Step) string {
	if s.Connector != nil {
		return quoted(s.Connector.Name)
	}
	return g.what(s.Need)
}

// heir is what the connector that takes a task over is called, or will be where
// nobody changes what the wizard suggests.
func (g *Guide) heir(s *Step) string {
	if s.Connector != nil {
		return s.Connector.Name
	}
	if p := g.provider(s.Need.Tenant.Provider); p != nil {
		return p.Outcome(s.Need.answered()).Suggested
	}
	return g.what(s.Need)
}

// use is the command that notes that a connector is used by a task, or no longer.
func (g *Guide) use(verb, connector string, task connectors.Attachment) string {
	return g.command(verb, quoted(connector), "--service", task.Service, "--task", quoted(task.Task))
}

func (g *Guide) service(id string) string { return g.Catalogue.Names([]string{id})[0] }

// links lead to where a connector's service is set up.
func (g *Guide) links(n *Need) []assets.Link {
	var links []assets.Link
	for _, id := range n.Services {
		s, _ := g.Catalogue.Service(id) // the environment was checked
		usage, _ := s.Usage(n.Tenant.Provider)
		links = append(links, usage.Links...)
	}
	return links
}

func (g *Guide) provider(id string) providers.Provider {
	for _, p := range g.Providers {
		if p.Info().ID == id {
			return p
		}
	}
	return nil
}

func (g *Guide) apply() string { return g.command("apply", quoted(g.File)) }

// command is one of the terminal program's, without the words that are empty.
func (g *Guide) command(words ...string) string {
	words = slices.DeleteFunc(append(words, g.Flags), func(word string) bool { return word == "" })
	return "fairleadctl " + strings.Join(words, " ")
}

// quoted puts a name with spaces into quotes, as every shell takes them.
func quoted(name string) string {
	if strings.ContainsAny(name, " &;,'()|<>$`\"\\!") {
		return `"` + strings.ReplaceAll(name, `"`, `\"`) + `"`
	}
	return name
}

// Prerequisites are the notes of the wizard's first page for a connector: what has
// to be in place, in Markdown.
func (g *Guide) Prerequisites(n *Need) []page.Field {
	p := g.provider(n.Tenant.Provider)
	if p == nil {
		return nil
	}
	var notes []page.Field
	for _, f := range p.Pages(g.Env)[0].Fields(n.answered()) {
		if f.Kind == page.Note {
			notes = append(notes, f)
		}
	}
	return notes
}
