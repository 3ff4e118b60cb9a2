package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// listScreen is the list of connectors and drafts.
type listScreen struct {
	app   *App
	all   []listRow
	rows  []listRow // what search and state leave
	state connectors.State

	head   fyne.CanvasObject // the names of the columns
	search *kit.Entry
	create *kit.Button
	list   *kit.List
	total  *kit.Text
	place  *fyne.Container // the table, the empty state, or what went wrong
	chosen string          // id of the row to go to
}

// showList shows the list, at the row of an id if there is one.
func (a *App) showList(id string) {
	s := &listScreen{app: a, chosen: id}
	a.show(s)
	s.load()
}

func (s *listScreen) name() string { return "list" }

func (s *listScreen) content() fyne.CanvasObject {
	s.search = kit.NewEntry()
	s.search.SetPlaceHolder("Search connectors")
	s.search.OnChanged = func(string) { s.filter() }
	s.search.OnSubmitted = func(string) { kit.Focus(s.list) }
	s.search.Keys = s.app.takeShortcut
	states := []connectors.State{
		"", connectors.Works, connectors.Warns, connectors.Fails, connectors.NeverTested, draftState,
	}
	picker := kit.NewPicker([]string{"All states", "Works", "Warns", "Fails", "Never tested", "Drafts"}, func(i int) {
		s.state = states[i]
		s.filter()
	})
	s.create = kit.NewButton("New connector", kit.Primary, s.app.newConnector)
	s.head = listHead()
	tools := kit.Row(kit.Middle, kit.Gap2, []float32{240, -1, 0, -1}, s.search, picker, kit.Column(0), s.create)

	s.list = kit.NewList(rowHeight,
		func() int { return len(s.rows) },
		func() fyne.CanvasObject { return newRowView() },
		s.draw,
	)
	s.list.OnOpen = func(row int) { s.open(row) }
	s.list.OnKey = s.key
	s.list.OnRune = func(r rune) { // whoever types wants to search
		kit.Focus(s.search)
		s.search.TypedRune(r)
	}
	s.total = kit.Small("")
	s.place = container.New(&tableLayout{height: s.tableHeight}, kit.Column(0))
	top := kit.Column(kit.Gap4, tools)
	if lines := s.app.world.Recovered; len(lines) > 0 {
		top.Add(s.recovered(lines))
	}
	return kit.Split(sideWidth, s.app.sideBar("connectors"),
		kit.Inset(20, kit.Gap6, kit.Gap4, kit.Gap6, kit.Fill(kit.Gap4, top, s.place)))
}

// recovered says what an earlier run left behind and was put right, until it was
// read.
func (s *listScreen) recovered(lines []string) fyne.CanvasObject {
	read := kit.NewSmallButton("Understood", func() {
		s.app.world.Recovered = nil
		s.app.showList("")
	})
	text := kit.Column(0)
	for _, line := range lines {
		text.Add(kit.Plain(line))
	}
	note := kit.Note(kit.ShapeInfo, kit.Muted, "Put right after the last run", text)
	return kit.Row(kit.Top, kit.Gap2, []float32{0, -1}, note, read)
}

// shown waits for the rows: they decide what gets the keyboard.
func (s *listScreen) shown() {}

// load reads the rows anew.
func (s *listScreen) load() {
	work(s.app, func(ctx context.Context) ([]listRow, error) { return loadRows(ctx, s.app.world) },
		func(rows []listRow, err error) {
			if s.app.screen != screen(s) {
				return
			}
			if err != nil {
				again := kit.NewButton("Try again", kit.Secondary, s.load)
				s.showInstead(kit.Column(kit.Gap3, explain("The list cannot be read", err).note(), kit.AtMost(120, again)))
				kit.Focus(again)
				return
			}
			s.all = rows
			s.filter()
			s.focus()
			s.app.trace("list:loaded")
			if len(rows) == 0 {
				s.app.trace("list:empty")
			}
		})
}

// filter shows the rows that search and state leave.
func (s *listScreen) filter() {
	s.rows = filterRows(s.all, s.search.Text, s.state)
	switch {
	case len(s.all) == 0:
		s.showInstead(s.emptyState())
	case len(s.rows) == 0:
		s.showInstead(kit.Column(kit.Gap1, kit.Heading("Nothing matches"),
			kit.Quiet("No connector holds these words in this state. Search for less, or pick another state.")))
	default:
		s.showTable()
	}
}

func (s *listScreen) showTable() {
	s.total.Set(kit.SmallSpan(countRows(s.all), kit.Muted))
	if len(s.rows) < len(s.all) {
		s.total.Set(kit.SmallSpan(count(len(s.rows), "row")+" of "+countRows(s.all), kit.Muted))
	}
	table := kit.Card(kit.Fill(0, s.head, s.list.Framed()))
	s.place.Objects = []fyne.CanvasObject{table, s.total}
	s.list.Refresh()
	s.place.Refresh()
}

// focus gives the row that was chosen the keyboard, or else the first one; where
// there is none, the button that makes the first connector.
func (s *listScreen) focus() {
	if len(s.rows) == 0 {
		kit.Focus(s.create)
		return
	}
	s.list.Go(max(0, slices.IndexFunc(s.rows, func(r listRow) bool { return r.id == s.chosen })))
	kit.Focus(s.list)
}

func (s *listScreen) showInstead(o fyne.CanvasObject) {
	s.place.Objects = []fyne.CanvasObject{kit.Column(0, o)}
	s.place.Refresh()
}

func (s *listScreen) draw(row int, o fyne.CanvasObject, current bool) {
	view := o.(*rowView)
	if row >= len(s.rows) {
		return
	}
	view.onMenu = func(at fyne.CanvasObject) { s.menu(row, at) }
	view.set(s.rows[row], s.app.opts.Now(), current)
}

func (s *listScreen) press(k shortcut) bool {
	if k.action == findText {
		kit.Focus(s.search)
	}
	return k.action == findText
}

func (s *listScreen) scroll(bool)       {}
func (s *listScreen) close(then func()) { then() }

// tableHeight is how high the table wants to be with all its rows.
func (s *listScreen) tableHeight() float32 {
	return s.head.MinSize().Height + rowHeight*float32(len(s.rows)) + 2
}

// tableLayout makes the table as high as its rows, at most as high as there is
// room, and puts the line that counts below it.
type tableLayout struct{ height func() float32 }

func (l *tableLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 200) }

func (l *tableLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	if len(objects) == 1 {
		objects[0].Resize(size)
		return
	}
	line := objects[1].MinSize().Height
	height := min(l.height(), size.Height-line-kit.Gap3)
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[1].Move(fyne.NewPos(0, height+kit.Gap3))
	objects[1].Resize(fyne.NewSize(size.Width, line))
}
