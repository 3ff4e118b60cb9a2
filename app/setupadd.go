package app

import (
	"context"

	"fairlead/app/kit"
	domains "fairlead/wizard/setup"
)

// askDomain asks for the name of a domain, and adds it.
func (s *setupScreen) askDomain() {
	a := s.app
	entry := kit.NewEntry()
	entry.SetPlaceHolder("contoso.com")
	field := kit.NewField("Domain", "", "The part of your mail addresses behind the @. Nothing changes outside.", entry)
	var d *kit.Dialog
	add := func() {
		name, err := domains.CheckDomain(entry.Text)
		if err != nil {
			field.Say(kit.Sentence(err.Error()), "")
			entry.SetWrong(true)
			d.Refresh()
			kit.Focus(entry)
			return
		}
		d.Close()
		a.addDomain(name)
	}
	entry.OnSubmitted = func(string) { add() }
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: "Add a domain", Content: field.Box, First: entry,
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }),
			kit.NewButton("Add", kit.Primary, add),
		},
	})
	a.trace("dialog:add-domain")
}

// addDomain keeps a domain of which nothing is answered yet, and shows it.
func (a *App) addDomain(name string) {
	here := a.here()
	work(a, func(ctx context.Context) (struct{}, error) {
		s := a.world.Setup()
		d, err := s.Open(ctx, name)
		if err != nil {
			return struct{}{}, err
		}
		if !d.Updated.IsZero() {
			return struct{}{}, nil // it is there
		}
		j, err := s.Journey(ctx, d, domains.Account)
		if err == nil {
			_, err = s.Keep(ctx, name, domains.Account, j)
		}
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		switch {
		case err != nil:
			a.showTrouble(explain("The domain was not added", err))
		case here():
			a.showDomain(name, "")
		}
	})
}

// removeDomain asks, and forgets the set-up of a domain.
func (a *App) removeDomain(name string, done func()) {
	a.confirm(confirmation{
		Title: "Remove " + name + "?", Verb: "Remove", Stay: "Keep it",
		Text: "What was answered and found for this domain goes. Nothing changes in the DNS, on a server or in the services. This cannot be undone.",
		Then: func() {
			here := a.here()
			work(a, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, a.world.Setup().Remove(ctx, name)
			}, func(_ struct{}, err error) {
				if err != nil {
					a.showTrouble(explain("The domain was not removed", err))
				} else if here() {
					done()
				}
			})
		},
	})
}
