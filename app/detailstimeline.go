package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// timeline is who did what to the connector, newest first.
func (s *detailsScreen) timeline() []fyne.CanvasObject {
	if len(s.past.events) == 0 {
		return []fyne.CanvasObject{kit.Quiet("Nothing is known of the time before it was registered here.")}
	}
	box := kit.Column(kit.Gap2)
	for _, e := range s.past.events {
		box.Add(kit.Row(kit.Top, kit.Gap3, []float32{150, 0}, kit.Small(dateTime(e.At)),
			kit.NewText(kit.Span{Text: eventWords(e), Bold: e.Kind != connectors.EventTested}, kit.Span{Text: eventDetail(e), Colour: kit.Muted})))
	}
	return []fyne.CanvasObject{kit.Card(kit.Inset(kit.Gap3, kit.Gap4, kit.Gap3, kit.Gap4, box))}
}

// eventWords say what was done.
func eventWords(e connectors.Event) string {
	switch e.Kind {
	case connectors.EventCreated:
		return "Registered"
	case connectors.EventImported:
		return "Taken from a file"
	case connectors.EventEdited:
		return "Name or description edited"
	case connectors.EventTested:
		return "Tested"
	case connectors.EventRotated:
		return "Password or key changed"
	case connectors.EventTookOver:
		return "Taken over"
	case connectors.EventAttached:
		return "Task attached"
	case connectors.EventDetached:
		return "Task detached"
	}
	return kit.Sentence(string(e.Kind))
}

func eventDetail(e connectors.Event) string {
	text := "  by " + e.By
	if e.Detail != "" {
		text = "  " + e.Detail + "," + text[1:]
	}
	return text
}
