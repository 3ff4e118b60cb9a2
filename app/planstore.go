package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/plan"
	"fairlead/providers/google"
)

// store checks the organisation and stores the estate with it.
func (s *planEdit) store() {
	o := s.organisation()
	e := s.read.environment.Clone()
	if at := s.place(e); at < 0 {
		e.Organisations = append(e.Organisations, o)
	} else {
		e.Organisations[at] = o
	}
	s.keep(e)
}

// place is where the organisation is in an estate, or -1.
func (s *planEdit) place(e plan.Environment) int {
	return slices.IndexFunc(e.Organisations, func(o plan.Organisation) bool { return s.was != "" && o.Name == s.was })
}

// remove takes the organisation out of the estate, once that was confirmed.
func (s *planEdit) remove() {
	s.app.confirm(confirmation{
		Title: "Take " + s.was + " out of the plan?", Text: "No connector is touched. The plan then says nothing about its tenants.",
		Verb: "Take it out", Stay: "Keep it", Then: func() {
			e := s.read.environment.Clone()
			if at := s.place(e); at >= 0 {
				e.Organisations = slices.Delete(e.Organisations, at, at+1)
			}
			s.app.saveEstate(e, s.read.version, s.app.estateSaved)
		},
	})
}

// keep stores an estate, or says what is wrong with it.
func (s *planEdit) keep(e plan.Environment) {
	problems, bad := errors.AsType[*plan.Problems](e.Check(s.app.world.Catalogue))
	s.problem.Objects = nil
	if bad {
		s.problem.Objects = []fyne.CanvasObject{kit.Note(kit.ShapeFail, kit.Fails, "This is not complete", problemLines(problems))}
	}
	s.problem.Refresh()
	s.body.Settle()
	if bad {
		s.body.Reveal(s.problem)
		s.app.trace("stay:organisation")
		return
	}
	s.app.saveEstate(e, s.read.version, s.app.estateSaved)
}

// afterDomain is Enter in the field of a domain: look it up, or go on where there
// is none.
func (s *planEdit) afterDomain(domain string) {
	if strings.TrimSpace(domain) == "" {
		kit.Focus(s.rows[0].tenant)
	} else {
		s.lookUp()
	}
}

// lookUp finds out what can be found about the domain, and offers it.
func (s *planEdit) lookUp() {
	domain := strings.TrimSpace(s.domain.Text)
	here := s.app.here()
	const slow = "The domain is being looked up: its tenant, where its mail goes, its Exchange."
	workSaying(s.app, slow, func(ctx context.Context) (plan.Facts, error) {
		return plan.Discover(ctx, plan.NewLookups(s.app.world.Network, s.app.world.Catalogue.Clouds), domain)
	}, func(f plan.Facts, err error) {
		if !here() {
			return
		}
		problem := ""
		if err != nil {
			problem = kit.Sentence(err.Error())
		}
		s.found.Say(problem, "")
		s.body.Settle()
		if err == nil {
			s.offer(f)
		}
	})
}

// offer shows what was found about a domain, and takes it over when that is
// wanted.
func (s *planEdit) offer(f plan.Facts) {
	suggested := f.Organisation()
	if f.MailAt() == google.ID {
		suggested.Tenants = append(suggested.Tenants, plan.Tenant{Provider: google.ID}) // its customer ID cannot be found
	}
	content := kit.Column(kit.Gap2)
	for _, fact := range s.factWords(f) {
		content.Add(factLine(kit.ShapePass, kit.Works, kit.Plain(fact)))
	}
	if f.EWS != "" && f.EWSGuess {
		content.Add(factLine(kit.ShapeWarn, kit.Warns, kit.Plain("Exchange may be at "+f.EWS+". "+kit.Sentence(f.Source))))
	}
	for _, note := range f.Notes {
		content.Add(factLine(kit.ShapeSkip, kit.Skipped, kit.Quiet(note)))
	}
	var d *kit.Dialog
	buttons := []*kit.Button{kit.NewButton("Close", kit.Secondary, func() { d.Close() })}
	if len(suggested.Tenants) > 0 {
		buttons = append(buttons, kit.NewButton("Take these over", kit.Primary, func() {
			d.Close()
			s.takeOver(suggested)
		}))
	}
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{Title: "Found for " + f.Domain, Content: content, Buttons: buttons, Width: 600})
	s.app.trace("dialog:found")
}

func factLine(shape kit.Shape, colour fyne.ThemeColorName, text fyne.CanvasObject) fyne.CanvasObject {
	return kit.Row(kit.Top, kit.Gap2, []float32{16, 0}, kit.Icon(shape, colour), text)
}

// factWords say what was found.
func (s *planEdit) factWords(f plan.Facts) []string {
	var words []string
	if f.TenantID != "" {
		cloud, _ := s.app.world.Catalogue.Clouds.Find(f.Cloud) // it was found among them
		words = append(words, fmt.Sprintf("A Microsoft 365 tenant in the cloud %s, with the id %s.", cloud.Name, f.TenantID))
	}
	if len(f.Mail) > 0 {
		at := map[string]string{"microsoft365": " That is Microsoft 365.", "google": " That is Google Workspace. Its customer ID stands in its Admin console."}[f.MailAt()]
		words = append(words, "Mail goes to "+inWords(f.Mail)+"."+at)
	}
	if f.EWS != "" && !f.EWSGuess {
		words = append(words, "Exchange at "+f.EWS+", by "+f.Source+".")
	}
	return words
}

// takeOver adds what was found to the fields, and changes none that was filled in.
func (s *planEdit) takeOver(o plan.Organisation) {
	if s.firstName.Text == "" {
		s.firstName.Fill(o.Name)
	}
	for i := len(s.rows) - 1; i >= 0; i-- { // the empty row that there is to begin with
		if s.rows[i].tenant.Text == "" {
			s.tenants.Remove(s.rows[i].row)
			s.rows = slices.Delete(s.rows, i, i+1)
		}
	}
	for _, t := range o.Tenants {
		there := slices.ContainsFunc(s.rows, func(r *tenantRow) bool {
			v := r.value()
			return v.Provider == t.Provider && strings.EqualFold(v.Tenant, t.Tenant)
		})
		if !there {
			s.addTenant(t, false)
		}
	}
	s.guessMailboxes()
	s.domain.Fill("") // for the next one
	s.body.Settle()
	kit.Focus(s.domain)
	for _, r := range s.rows {
		if r.tenant.Text == "" { // what could not be found
			kit.Focus(r.tenant)
		}
	}
}

// guessMailboxes picks where the mailboxes may be, unless somebody has picked
// another place.
func (s *planEdit) guessMailboxes() {
	var o plan.Organisation
	for _, r := range s.rows {
		o.Tenants = append(o.Tenants, r.value())
	}
	if s.mailboxes.Picked() == s.guess {
		s.guess = max(0, slices.Index(mailboxPlaces(), o.LikelyMailboxes()))
		s.mailboxes.Pick(s.guess)
	}
}
