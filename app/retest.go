package app

import (
	"context"
	"errors"
	"fmt"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// testAgain tests the connector with the password in the keyring, or asks for
// it where there is none.
func (s *detailsScreen) testAgain() {
	if s.running == nil && !s.preparing && s.connector.ID != "" {
		s.prepare(secret.Secret{}, providers.TestOptions{})
	}
}

// testInDepth asks, and tests the connector in depth.
func (s *detailsScreen) testInDepth() {
	if s.running == nil && !s.preparing {
		s.app.askDeep(s.connector.Provider, func() { s.prepare(secret.Secret{}, providers.TestOptions{Deep: true}) })
	}
}

// prepare gets the test of the connector ready and runs it.
func (s *detailsScreen) prepare(typed secret.Secret, o providers.TestOptions) {
	c, r := s.connector, &running{}
	o.Say = func(p page.Progress) {
		s.ui(r, func() { s.going.hear(p, func(f func()) { s.ui(r, f) }) })
	}
	s.preparing = true
	work(s.app, func(ctx context.Context) (*check.Suite, error) {
		return s.app.world.Test(ctx, c, typed, o)
	}, func(suite *check.Suite, err error) {
		s.preparing = false
		switch {
		case s.app.screen != screen(s): // left meanwhile: no test that nobody sees
		case errors.Is(err, workspace.ErrNeedsPassword):
			s.askSecret(o)
		case err != nil:
			s.app.showTrouble(explain("The connection cannot be tested", err))
		default:
			s.run(r, suite)
		}
	})
}

// ui does something in the window while a test runs and is looked at.
func (s *detailsScreen) ui(r *running, f func()) {
	s.app.opts.UI(func() {
		if s.running == r && s.app.screen == screen(s) {
			f()
		}
	})
}

// askPassword asks for the password, for this test only.
func (s *detailsScreen) askPassword(o providers.TestOptions) {
	entry := kit.NewPassword()
	field := kit.NewField("Password", "", "For this test only. It is not kept.", entry)
	var d *kit.Dialog
	done := func() {
		d.Close()
		entry.Forget()
	}
	test := func() {
		if entry.Text == "" {
			field.Say("Type the password.", "")
			d.Refresh()
			kit.Focus(entry)
			return
		}
		typed := secret.New(entry.Text)
		done()
		s.prepare(typed, o)
	}
	entry.OnSubmitted = func(string) { test() }
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{
		Title:   "The password is needed",
		Content: kit.Column(kit.Gap3, kit.Plain("No keyring that Fairlead can read here holds the password of "+s.connector.Name+"."), field.Box),
		First:   entry, Cancel: entry.Forget,
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, done),
			kit.NewButton("Test", kit.Primary, test),
		},
	})
	s.app.trace("dialog:password")
}

// run runs the test, shows its verdicts as they come and keeps the report.
func (s *detailsScreen) run(r *running, suite *check.Suite) {
	ctx, cancel := context.WithCancel(s.app.ctx)
	r.stop = cancel
	s.running = r
	if s.part != partOverview {
		s.part = partOverview
		s.draw()
	}
	s.rows.start(suite.Rows)
	s.rows.offerDeep(false)
	s.rows.card.Show()
	s.body.Settle()
	s.body.Reveal(s.rows.card)
	s.bar.update()
	s.bar.say("Testing the connection …")
	kit.Focus(s.bar.stop)
	s.app.trace("busy:details")
	s.app.opts.Spawn(func() {
		defer cancel()
		report := suite.Run(ctx, func(e check.Event) {
			s.ui(r, func() {
				s.rows.take(e)
				s.bar.say(fmt.Sprintf("Testing the connection: %s", s.rows.progress()))
			})
		})
		s.ui(r, func() { s.finish(report) })
	})
}

// finish shows the report and keeps it, unless the test was stopped.
func (s *detailsScreen) finish(report check.Report) {
	s.running = nil
	s.going.end()
	s.connector.LastTest = &report
	if !report.Complete() {
		s.drawHead()
		s.bar.update()
		kit.Focus(s.bar.test)
		s.rows.offerDeep(len(s.app.deepAsks(s.connector.Provider)) > 0)
		s.body.Settle()
		s.body.Top()
		s.app.trace("done:details")
		return
	}
	s.draw() // what is wrong comes first
	kit.Focus(s.bar.test)
	s.rows.openWorst()
	s.body.Top() // the verdict
	work(s.app, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.app.world.Keeper.RecordTest(ctx, s.connector.ID, report)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.app.showTrouble(explain("The report was not kept", err))
		}
		s.app.trace("done:details")
	})
}
