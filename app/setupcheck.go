package app

import (
	"context"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/domain"
	"fairlead/report"
)

// checkScreen is the whole DNS diagnosis of any domain, whether it is set up or not.
type checkScreen struct {
	app    *App
	domain string
	report *check.Report
	cancel context.CancelFunc // nil while nothing runs

	entry *kit.Entry
	field *kit.Field
	rows  *testRows
	head  *fyne.Container // how it went
	found *fyne.Container // the tree of SPF, and the records to make
	body  *kit.Body
	row   *fyne.Container // of buttons
	line  *kit.Text

	back, copy, save, stop, check *kit.Button
}

// showDomainCheck asks for a domain, or checks the one that is named.
func (a *App) showDomainCheck(name string) {
	s := &checkScreen{app: a, domain: name}
	a.show(s)
	if name != "" {
		s.entry.Fill(name)
		s.run()
	}
}

func (s *checkScreen) name() string { return "domain-check" }

func (s *checkScreen) content() fyne.CanvasObject {
	s.entry = kit.NewEntry()
	s.entry.SetPlaceHolder("contoso.com")
	s.entry.Keys = s.app.takeShortcut
	s.entry.OnSubmitted = func(string) { s.run() }
	s.field = kit.NewField("Domain", "", "", kit.AtMost(kit.FieldWidth, s.entry))
	s.head, s.found = kit.Column(kit.Gap1), kit.Column(kit.Gap4)
	column := kit.Column(kit.Gap4)
	s.body = kit.NewBody(kit.Inset(20, kit.Gap6, kit.Gap6, kit.Gap6, column))
	s.rows = newTestRows(s.body, func() {})
	s.rows.card.Hide()
	column.Objects = []fyne.CanvasObject{
		kit.Column(kit.Gap1, kit.Title("Check a domain"), kit.AtMost(kit.TextWidth, kit.Quiet(
			"Who is responsible for it, where its mail goes, and what keeps others from sending in its name. Nothing is changed."))),
		s.field.Box, s.head, s.rows.card, s.found,
	}
	s.line = kit.NewLine()
	s.back = kit.NewButton("Back to the table", kit.Subtle, s.toTable)
	s.copy = copyReportButton(s.document)
	s.save = kit.NewButton(saveWords, kit.Subtle, func() { s.app.saveReport(s.document()) })
	s.stop = kit.NewButton("Stop", kit.Secondary, func() { s.cancel() })
	s.check = kit.NewButton("Check", kit.Primary, s.run)
	s.row = kit.Row(kit.Middle, kit.Gap2, []float32{-1, -1, -1, 0, -1, -1},
		s.back, s.copy, s.save, kit.Inset(0, 0, 0, kit.Gap2, s.line), s.stop, s.check)
	s.updateBar()
	return kit.Split(sideWidth, s.app.sideBar("setup"), kit.Deck(s.body, s.row))
}

func (s *checkScreen) shown() { kit.Focus(s.entry) }

func (s *checkScreen) document() report.Document {
	return s.app.world.Report(s.domain, "", nil, *s.report)
}

func (s *checkScreen) updateBar() {
	running := s.cancel != nil
	show(s.back, !running)
	s.copy.SetText(copyWords)
	show(s.copy, !running && s.report != nil)
	show(s.save, !running && s.report != nil)
	show(s.stop, running)
	show(s.check, !running)
	s.row.Refresh()
}

// run checks the domain that was typed, and shows its verdicts as they come.
func (s *checkScreen) run() {
	if s.cancel != nil {
		return
	}
	name, err := domain.ParseName(s.entry.Text)
	s.entry.SetWrong(err != nil)
	if err != nil {
		s.field.Say(kit.Sentence(err.Error()), "")
		s.body.Settle()
		kit.Focus(s.entry)
		return
	}
	s.field.Say("", "")
	s.domain, s.report = name, nil
	s.head.RemoveAll()
	s.found.RemoveAll()
	test := domain.New(s.app.world.Network, name, domain.Options{Regions: s.app.world.Catalogue.Regions})
	suite := test.Suite()
	s.rows.start(suite.Rows)
	s.rows.card.Show()
	s.body.Settle()
	ctx, cancel := context.WithCancel(s.app.ctx)
	s.cancel = cancel
	s.updateBar()
	s.line.Set(kit.Span{Text: "Asking the name servers …", Colour: kit.Muted})
	kit.Focus(s.stop)
	s.app.trace("busy:domain-check")
	here := s.app.here()
	ui := func(f func()) {
		s.app.opts.UI(func() {
			if here() {
				f()
			}
		})
	}
	s.app.opts.Spawn(func() {
		defer cancel()
		r := suite.Run(ctx, func(e check.Event) {
			ui(func() {
				s.rows.take(e)
				s.line.Set(kit.Span{Text: "Asking the name servers: " + s.rows.progress(), Colour: kit.Muted})
			})
		})
		result, _ := test.Result() // none where it was stopped
		ui(func() { s.finish(r, result) })
	})
}

// finish shows what it came to.
func (s *checkScreen) finish(r check.Report, result domain.Result) {
	s.cancel, s.report = nil, &r
	l := lookOfVerdict(r.Verdict())
	s.head.Objects = []fyne.CanvasObject{
		kit.Row(kit.Middle, kit.Gap2, []float32{16, 0}, kit.Icon(l.shape, l.colour), kit.NewText(kit.Span{Text: domainTitle(r), Bold: true, Colour: l.colour})),
		kit.Small(kit.Sentence(headline(r))),
	}
	s.found.Objects = proposals(result)
	s.line.Set()
	s.updateBar()
	s.body.Settle()
	kit.Focus(s.check)
	s.rows.openWorst()
	s.app.trace("done:domain-check")
}

// domainTitle is the title of a report about a domain, which has no connection.
func domainTitle(r check.Report) string {
	if r.Complete() && r.Verdict() == check.Pass {
		return "All is in order"
	}
	return r.Title()
}

// proposals are the tree of the SPF record, and the records that should change.
func proposals(result domain.Result) (all []fyne.CanvasObject) {
	if result.SPF != nil {
		all = append(all, kit.Column(kit.Gap1, kit.Heading("What the SPF record takes"), kit.Evidence(result.SPF.Draw())))
	}
	for _, p := range result.Proposals {
		column := kit.Column(kit.Gap2, kit.Heading(p.Record.Type+" "+p.Record.Name), kit.Markdown(p.Why))
		for _, now := range p.Current {
			column.Add(kit.NewText(kit.SmallSpan("Today: "+now, kit.Muted)))
		}
		column.Add(kit.Code(p.Record.Line()))
		for _, change := range p.Changes {
			column.Add(kit.Markdown("- " + change))
		}
		all = append(all, column)
	}
	return all
}

func (s *checkScreen) toTable() {
	if s.cancel == nil {
		s.app.showSetup(s.domain)
	}
}

func (s *checkScreen) press(k shortcut) bool {
	switch k.action {
	case goBack:
		s.toTable()
	case goOn, lookAgain:
		s.run()
	case findText:
		kit.Focus(s.entry)
	default:
		return false
	}
	return true
}

func (s *checkScreen) scroll(down bool) { s.body.Page(down) }

func (s *checkScreen) close(then func()) {
	s.left()
	then()
}

// left is called when another screen takes the place.
func (s *checkScreen) left() {
	if s.cancel != nil {
		s.cancel()
	}
}
