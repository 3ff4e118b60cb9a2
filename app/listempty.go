package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
)

// emptyState is what the list shows before there is anything to list: what a
// connector is, and how to make one.
func (s *listScreen) emptyState() fyne.CanvasObject {
	text := kit.Column(kit.Gap2,
		kit.Title("No connectors yet"),
		kit.Quiet("A connector lets security services reach the mailboxes of one organisation. Fairlead finds the "+
			"server, tests the connection, says what is wrong and what to type, and registers the connector "+
			"once it works. It takes about five minutes."),
	)
	if s.app.world.Lab != nil {
		text.Add(kit.Note(kit.ShapeInfo, kit.Muted, "This is the lab", kit.Plain(
			"A simulated Exchange answers. The wizard shows an account and a password that work here. "+
				"Nothing leaves this computer, and connectors made here are kept apart from real ones.")))
	}
	create := kit.NewButton("New connector", kit.Primary, s.app.newConnector)
	text.Add(kit.Inset(kit.Gap2, 0, 0, 0, kit.Row(kit.Top, 0, []float32{-1, 0}, create, kit.Column(0))))
	return kit.Card(kit.Inset(kit.Gap8, kit.Gap8, kit.Gap8, kit.Gap8, kit.AtMost(kit.TextWidth, text)))
}
