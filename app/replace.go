package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// replace opens the wizard, filled in from a connector, to make another one in
// its place. Afterwards the old one's details offer what is left to do.
func (a *App) replace(c connectors.Connector) {
	s := a.newWizard(a.world.Replace(c), "")
	s.home = func() { a.showDetails(c.ID) }
	a.show(s)
}

// replacedNote offers, in that order, to move the tasks of a connector that was
// replaced, and to delete it.
func (s *detailsScreen) replacedNote() fyne.CanvasObject {
	if !s.connector.Replaced {
		return nil
	}
	text := "It goes on working until it is deleted."
	by := s.past.successor
	var button *kit.Button
	switch n := len(s.connector.Attachments); {
	case by.ID == "":
		text += " The connector that took its place is gone by now."
	case n > 0:
		text = fmt.Sprintf("Tasks that still use this one: %d. Move them to the other one first, then delete this one. %s", n, text)
		button = kit.NewButton("Move "+count(n, "task"), kit.Secondary, s.moveTasks)
	default:
		text = fmt.Sprintf("No task uses this one any more, so that it can be deleted. %s", text)
		button = kit.NewButton("Delete this connector …", kit.Secondary, s.delete)
	}
	column := kit.Column(kit.Gap2, kit.Plain(text))
	if button != nil {
		column.Add(left(button))
	}
	heading := "It was replaced"
	if by.ID != "" {
		heading = by.Name + " has taken its place"
	}
	return kit.Note(kit.ShapeWarn, kit.Warns, heading, column)
}

func (s *detailsScreen) moveTasks() {
	to := s.past.successor.ID
	s.change("The tasks were not moved", func(ctx context.Context) error {
		_, err := s.app.world.Keeper.MoveAttachments(ctx, s.id, to)
		return err
	})
}
