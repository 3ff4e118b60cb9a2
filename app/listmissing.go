package app

import (
	"fmt"
	"slices"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// missing asks, one after another, for the passwords and keys of connectors that
// came from a file without them. Each is tested and kept by itself, so that
// whoever stops half-way keeps what was entered so far.
func (s *listScreen) missing(wait []connectors.Connector) {
	if len(wait) == 0 {
		s.app.tell("Done", "Everything was taken in, and no password or key is missing.")
		return
	}
	first := wait[0]
	what := "password"
	if s.app.world.KeyOf(first) != "" {
		what = "key"
	}
	lines := kit.Column(kit.Gap1)
	for _, c := range wait[:min(len(wait), mostNamed)] {
		lines.Add(kit.Row(kit.Top, kit.Gap2, []float32{16, 0}, kit.Icon(kit.ShapeTodo, kit.Accent),
			kit.Column(0, kit.Plain(c.Name), kit.Quiet(c.Credential.Holder+" held it."))))
	}
	if more := len(wait) - mostNamed; more > 0 {
		lines.Add(kit.Quiet(fmt.Sprintf("and %d more", more)))
	}
	var d *kit.Dialog
	later := kit.NewButton("Later", kit.Secondary, func() { d.Close() })
	verb := "Enter its "
	if len(wait) > 1 {
		verb = "Enter the first "
	}
	enter := kit.NewButton(verb+what, kit.Primary, func() {
		d.Close()
		s.app.enter(first, wait[1:])
	})
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{
		Title: "Passwords and keys are missing",
		Content: kit.Column(kit.Gap3,
			kit.Plain("They are in no file. These connectors wait for theirs. Later, each is entered in the menu of its details."), lines),
		Buttons: []*kit.Button{later, enter}, First: enter,
	})
	s.app.trace("dialog:missing")
}

// mostNamed is how many of the connectors that wait are named.
const mostNamed = 6

// enter asks for the secret of one connector, and then for those of the rest. One
// that is left goes to the end of them.
func (a *App) enter(c connectors.Connector, rest []connectors.Connector) {
	s, err := a.rotation(c)
	if err != nil {
		a.showTrouble(explain("Its password cannot be entered", err))
		return
	}
	s.home = func() {
		left := slices.Clone(rest)
		if !s.journey.Committed() {
			left = append(left, c)
		}
		a.showList(c.ID)
		if list, ok := a.screen.(*listScreen); ok {
			list.missing(left)
		}
	}
	a.show(s)
}
