package app

import (
	"context"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/plan"
)

// begin is what the plan shows before there is an estate: the three ways to enter
// one.
func (s *planScreen) begin() (fyne.CanvasObject, *kit.Button) {
	text := kit.Column(kit.Gap2,
		kit.Title("Which connectors are needed?"),
		kit.Quiet("Say once which tenants and Exchange organisations there are, where the mailboxes are, and which services "+
			"are in use. Fairlead shows which connectors that needs, which of them work, which are missing, and in which order to make them."),
	)
	enter := kit.NewButton("Enter an organisation", kit.Primary, func() { s.app.editOrganisation(s.read, "") })
	file := kit.NewButton("Read from a file …", kit.Secondary, func() { s.app.readEstate(s.read) })
	buttons := []fyne.CanvasObject{enter, file}
	widths := []float32{-1, -1}
	if len(s.read.have.Connectors) > 0 {
		buttons = append(buttons, kit.NewButton("Start from the connectors", kit.Secondary, s.startFromConnectors))
		widths = append(widths, -1)
	}
	row := kit.Row(kit.Top, kit.Gap2, append(widths, 0), append(buttons, kit.Column(0))...)
	text.Add(kit.Inset(kit.Gap2, 0, 0, 0, row))
	return kit.Card(kit.Inset(kit.Gap8, kit.Gap8, kit.Gap8, kit.Gap8, kit.AtMost(kit.TextWidth, text))), enter
}

// unfit says what no longer fits in the stored estate.
func (s *planScreen) unfit() (fyne.CanvasObject, *kit.Button) {
	file := kit.NewButton("Read from a file …", kit.Primary, func() { s.app.readEstate(s.read) })
	return kit.Column(kit.Gap4,
		kit.Note(kit.ShapeFail, kit.Fails, "The stored estate does not fit this version", problemLines(s.read.problems)),
		kit.Plain(`"fairleadctl plan export" prints it. Correct it there, and read it again.`),
		kit.Row(kit.Top, 0, []float32{-1, 0}, file, kit.Column(0))), file
}

// lost says that the plan cannot be read.
func (s *planScreen) lost(err error) (fyne.CanvasObject, *kit.Button) {
	again := kit.NewButton("Try again", kit.Primary, func() { s.app.showPlan(s.goTo) })
	return kit.Column(kit.Gap4, explain("The plan cannot be read", err).note(),
		kit.Row(kit.Top, 0, []float32{-1, 0}, again, kit.Column(0))), again
}

// startFromConnectors makes an estate of what the connectors say, and shows it
// before it takes the place of another.
func (s *planScreen) startFromConnectors() {
	work(s.app, func(ctx context.Context) ([]connectors.Connector, error) { return s.app.world.Keeper.List(ctx) },
		func(list []connectors.Connector, err error) {
			switch {
			case s.app.screen != screen(s):
			case err != nil:
				s.app.showTrouble(explain("The connectors cannot be read", err))
			default:
				s.app.previewEstate(s.read, plan.FromConnectors(list), "What the connectors say",
					"Where mailboxes are is a guess from the platforms. Look it over afterwards.")
			}
		})
}
