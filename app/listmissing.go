package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/workspace"
)

// missing are the connectors whose passwords and keys are not here, and that are
// asked for one after another. Each is tested and kept by itself, so that whoever
// stops half-way keeps what was entered so far.
type missing struct {
	app   *App
	done  string // what is said before and after
	wait  []connectors.Connector
	unfit []string // why others cannot be asked for
}

// askMissing asks for the secrets of connectors, once something else is done.
func (a *App) askMissing(all []connectors.Connector, done string) {
	m := &missing{app: a, done: done}
	for _, c := range all {
		if err := a.world.Testable(c); err != nil {
			m.unfit = append(m.unfit, kit.Sentence(err.Error()))
		} else {
			m.wait = append(m.wait, c)
		}
	}
	m.ask()
}

// lookForMissing asks for all secrets that are missing in the list.
func (s *listScreen) lookForMissing() {
	here := s.app.here()
	workSaying(s.app, "Fairlead is looking through all connectors.", func(ctx context.Context) ([]connectors.Connector, error) {
		return s.app.world.Missing(ctx)
	}, func(all []connectors.Connector, err error) {
		switch {
		case err != nil:
			s.app.showTrouble(explain("It is not known what is missing", err))
		case here():
			s.app.askMissing(all, "")
		}
	})
}

// mostNamed is how many of the connectors that wait are named.
const mostNamed = 6

func (m *missing) ask() {
	if len(m.wait)+len(m.unfit) == 0 {
		m.app.tell("Done", strings.TrimSpace(m.done+" No password or key is missing."))
		return
	}
	lines := kit.Column(kit.Gap1)
	named := func(shape kit.Shape, colour fyne.ThemeColorName, title, below string) {
		if len(lines.Objects) < mostNamed {
			lines.Add(kit.Row(kit.Top, kit.Gap2, []float32{16, 0}, kit.Icon(shape, colour), kit.Column(0, kit.Plain(title), kit.Quiet(below))))
		}
	}
	for _, c := range m.wait {
		named(kit.ShapeTodo, kit.Accent, c.Name, kit.Sentence(workspace.WhoHeld(c)))
	}
	for _, why := range m.unfit {
		named(kit.ShapeFail, kit.Fails, "Cannot be asked for", why)
	}
	if more := len(m.wait) + len(m.unfit) - mostNamed; more > 0 {
		lines.Add(kit.Quiet(fmt.Sprintf("and %d more", more)))
	}
	var d *kit.Dialog
	later := kit.NewButton("Later", kit.Secondary, func() { d.Close() })
	buttons, first := []*kit.Button{later}, later
	if len(m.wait) > 0 {
		verb := "Enter its "
		if len(m.wait) > 1 {
			verb = "Enter the first "
		}
		first = kit.NewButton(verb+strings.ToLower(m.app.world.SecretName(m.wait[0])), kit.Primary, func() {
			d.Close()
			m.enter()
		})
		buttons = append(buttons, first)
	}
	text := strings.TrimSpace(m.done + " Passwords and keys are in no file. These connectors wait for theirs. " +
		"“Enter missing passwords …” under More asks again later.")
	d = kit.ShowDialog(m.app.window.Canvas(), kit.DialogText{
		Title: "Passwords and keys are missing", Content: kit.Column(kit.Gap3, kit.Plain(text), lines),
		Buttons: buttons, First: first,
	})
	m.app.trace("dialog:missing")
}

// enter asks for the first, and then for the rest. One that is left goes to the end.
func (m *missing) enter() {
	c := m.wait[0]
	m.wait = slices.Clone(m.wait[1:])
	flow, err := m.app.world.Entering(c)
	if err != nil {
		m.unfit = append(m.unfit, kit.Sentence(err.Error()))
		m.ask()
		return
	}
	s := m.app.rotation(flow)
	s.home = func() {
		if !s.journey.Committed() {
			m.wait = append(m.wait, c)
		}
		m.app.showList(c.ID)
		m.ask()
	}
	m.app.show(s)
}
