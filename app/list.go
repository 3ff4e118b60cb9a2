package app

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// listScreen is the list of drafts and connectors. It never holds all the
// connectors: their ids, in the order of the list, and the rows that were in
// sight.
type listScreen struct {
	app    *App
	filter listFilter

	allDrafts []connectors.Draft
	drafts    []connectors.Draft // what the filter leaves; they come first
	ids       []string           // what it leaves of the connectors
	complete  bool               // these are all ids, and not a first page
	rows      rowCache
	counts    map[connectors.State]int // of all connectors; nil while it is not known
	loaded    bool

	finder  latest[found]
	reader  latest[[]connectors.Row]
	counter latest[map[connectors.State]int]
	drawing bool

	picks  picks
	watch  watching
	tools  *listTools
	head   *listHead
	list   *kit.List
	total  *kit.Text
	whole  *fyne.Container // all beside the side bar
	notes  *fyne.Container // what is to be said before the table
	place  *fyne.Container // the table, the empty state, or what went wrong
	chosen string          // id of the row to go to
	must   bool            // that row is to be seen, whatever the filter leaves
	near   int             // where that row was, should it be gone
}

// listPlace is what the list showed when it was left, and its row with the keyboard.
type listPlace struct {
	filter listFilter
	id     string
	row    int
}

// showList shows the list as it was left, at the row of an id if there is one. An
// id from elsewhere is shown even where the filter leaves it out; the row that the
// list was left at may be gone, and the one in its place is next then.
func (a *App) showList(id string) {
	if s, ok := a.screen.(*listScreen); ok {
		s.remember()
	}
	at := a.listed
	s := &listScreen{
		app: a, filter: at.filter, chosen: cmp.Or(id, at.id), near: at.row, must: id != "" && id != at.id,
	}
	s.finder.app, s.reader.app, s.counter.app = a, a, a
	a.show(s)
	s.load()
	s.startWatch()
}

func (s *listScreen) name() string { return "list" }

func (s *listScreen) content() fyne.CanvasObject {
	s.tools = newListTools(s)
	s.head = newListHead(s.sortBy)
	s.head.show(s.filter, false)
	s.list = kit.NewList(rowHeight, s.length, func() fyne.CanvasObject { return newRowView() }, s.draw)
	s.list.OnOpen, s.list.OnKey, s.list.OnPick, s.list.Keys = s.open, s.key, s.pick, s.app.takeShortcut
	s.list.OnRune = func(r rune) { // whoever types wants to search
		kit.Focus(s.tools.search)
		s.tools.search.TypedRune(r)
	}
	s.total = kit.Small("")
	s.notes = kit.Column(kit.Gap2)
	s.notes.Hide()
	s.place = container.New(&tableLayout{height: s.tableHeight}, kit.Column(0))
	s.picks.build(s)
	top := kit.Column(kit.Gap3, s.tools.box, s.picks.bar, s.notes)
	if lines := s.app.world.Recovered; len(lines) > 0 {
		top.Add(s.recovered(lines))
	}
	s.whole = kit.Fill(kit.Gap3, top, s.place)
	return kit.Split(sideWidth, s.app.sideBar("connectors"), kit.Inset(20, kit.Gap6, kit.Gap4, kit.Gap6, s.whole))
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

// length is how many rows there are: drafts, then connectors.
func (s *listScreen) length() int { return len(s.drafts) + len(s.ids) }

// at is what a row shows: a draft, or a connector by its id.
func (s *listScreen) at(row int) (id string, draft *connectors.Draft) {
	switch {
	case row < 0 || row >= s.length():
		return "", nil
	case row < len(s.drafts):
		return s.drafts[row].ID, &s.drafts[row]
	}
	return s.ids[row-len(s.drafts)], nil
}

// find is the row with an id, or -1.
func (s *listScreen) find(id string) int {
	if i := slices.IndexFunc(s.drafts, func(d connectors.Draft) bool { return d.ID == id }); i >= 0 {
		return i
	}
	if i := slices.Index(s.ids, id); i >= 0 {
		return len(s.drafts) + i
	}
	return -1
}

func (s *listScreen) sortBy(by connectors.Sort) {
	s.filter.sortBy(by)
	s.head.show(s.filter, s.picks.any())
	s.ask()
}

// draw draws a row, and asks for what is not known of it.
func (s *listScreen) draw(row int, o fyne.CanvasObject, current bool) {
	view, now := o.(*rowView), s.app.opts.Now()
	id, draft := s.at(row)
	view.onMenu = func() {
		s.list.SetAt(row)
		s.list.Refresh()
		s.menu(row)
	}
	view.onPick = func() { s.pick(row, kit.PickOne) }
	switch {
	case draft != nil:
		line := draftLine(*draft, now)
		if s.app.isReady(draft.ID) {
			line.words = "Ready to go on"
		}
		view.set(rowLook{line, current, s.picks.any(), false})
	case id != "":
		line := connectorLine(s.app.world, s.want(row-len(s.drafts)), now)
		s.picks.overlay(id, &line)
		view.set(rowLook{line, current, s.picks.any(), s.picks.ids[id]})
	}
}

// want returns a row as far as it is known, and asks for it, with those around
// it, where it is not.
func (s *listScreen) want(at int) connectors.Row {
	id := s.ids[at]
	row, fresh := s.rows.get(id)
	if fresh || s.reader.busy {
		return row
	}
	s.drawing = true // so that what comes at once is not drawn while the list is
	s.read(around(s.ids, at))
	s.drawing = false
	row, _ = s.rows.get(id)
	return row
}

// read reads rows anew.
func (s *listScreen) read(ids []string) {
	s.reader.do(func(ctx context.Context) ([]connectors.Row, error) {
		return s.app.world.Keeper.Registry.Rows(ctx, ids)
	}, func(rows []connectors.Row, err error) {
		if s.app.screen != screen(s) {
			return
		}
		if err != nil {
			s.lost(err)
			return
		}
		s.rows.put(ids, rows)
		if !s.drawing {
			s.list.Refresh()
		}
	})
}

func (s *listScreen) press(k shortcut) bool {
	switch {
	case k.action == findText:
		kit.Focus(s.tools.search)
	case k.action == goOn && s.picks.any():
		s.testPicked()
	default:
		return false
	}
	return true
}

func (s *listScreen) scroll(bool) {}

func (s *listScreen) close(then func()) {
	s.left()
	then()
}

// left is called when another screen takes the place.
func (s *listScreen) left() {
	s.remember()
	s.watch.end()
	s.picks.stop()
}

// remember keeps what is shown for the next time. A row that was still to be gone
// to is gone to then.
func (s *listScreen) remember() {
	at := listPlace{filter: s.filter, id: s.chosen, row: s.near}
	if s.loaded && s.chosen == "" {
		at.row = s.list.At()
		at.id, _ = s.at(at.row)
	}
	s.app.listed = at
}
