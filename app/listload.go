package app

import (
	"context"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// load reads the list for the first time: a page, then the rest.
func (s *listScreen) load() {
	s.first(true, func() {
		if s.hidesChosen() {
			s.showAll()
			return
		}
		s.focus()
		s.app.trace("list:loaded")
		if s.length() == 0 {
			s.app.trace("list:empty")
		}
	})
}

// ask reads what the filter leaves, and shows it from the top.
func (s *listScreen) ask() {
	s.chosen = ""
	s.first(!s.loaded, func() { s.list.Go(0) })
}

// first reads the first page, shows it, and then reads the other ids.
func (s *listScreen) first(drafts bool, then func()) {
	q, wanted := s.filter.query(s.app.world, s.app.opts.Now())
	registry := s.app.world.Keeper.Registry
	s.finder.do(func(ctx context.Context) (f found, err error) {
		f.complete = true
		if wanted {
			if f, err = readFirst(ctx, registry, q); err != nil {
				return f, err
			}
		}
		if drafts {
			f.drafts, err = registry.Drafts(ctx)
		}
		return f, err
	}, func(f found, err error) {
		switch {
		case s.app.screen != screen(s):
		case err != nil:
			s.lost(err)
		default:
			if drafts {
				s.allDrafts = f.drafts
			}
			s.found()
			s.take(f)
			then()
			s.count()
			s.rest(q)
		}
	})
}

// rest reads all ids after the first page of them.
func (s *listScreen) rest(q connectors.Query) {
	if s.complete {
		return
	}
	s.finder.do(func(ctx context.Context) (found, error) {
		ids, err := s.app.world.Keeper.Registry.IDs(ctx, q)
		return found{ids: ids, complete: true}, err
	}, func(f found, err error) {
		switch {
		case s.app.screen != screen(s):
		case err != nil:
			s.lost(err)
		default:
			s.keepPlace(func() { s.take(f) })
			s.arrive()
		}
	})
}

// again reads the list anew, after something in the registry has changed. Who
// looks at it stays where he is.
func (s *listScreen) again() {
	if !s.loaded {
		s.load()
		return
	}
	q, wanted := s.filter.query(s.app.world, s.app.opts.Now())
	registry, near := s.app.world.Keeper.Registry, s.list.At()-len(s.drafts)
	s.finder.do(func(ctx context.Context) (f found, err error) {
		if wanted {
			if f, err = readAll(ctx, registry, q, near); err != nil {
				return f, err
			}
		}
		f.complete = true
		f.drafts, err = registry.Drafts(ctx)
		return f, err
	}, func(f found, err error) {
		switch {
		case s.app.screen != screen(s):
		case err != nil:
			s.lost(err)
		default:
			s.app.trace("list:changed")
			s.found()
			s.allDrafts = f.drafts
			s.rows.age()
			s.keepPlace(func() { s.take(f) })
			s.arrive()
			s.counts = nil
			s.count()
		}
	})
}

// take shows what was found.
func (s *listScreen) take(f found) {
	s.ids, s.complete, s.loaded = f.ids, f.complete, true
	s.drafts = s.filter.drafts(s.allDrafts)
	read := make([]string, len(f.rows))
	for i, row := range f.rows {
		read[i] = row.ID
	}
	s.rows.put(read, f.rows)
	s.show()
}

// keepPlace changes the rows and leaves the one with the keyboard where it is.
func (s *listScreen) keepPlace(change func()) {
	id, _ := s.at(s.list.At())
	change()
	if row := s.find(id); row >= 0 {
		s.list.SetAt(row)
	} else {
		s.list.SetAt(s.list.At())
	}
	s.list.Refresh()
}

// count asks how many connectors are in which state, once until something
// changes.
func (s *listScreen) count() {
	if s.counts != nil {
		return
	}
	s.counter.do(func(ctx context.Context) (map[connectors.State]int, error) {
		return s.app.world.Keeper.Registry.Counts(ctx, connectors.Query{})
	}, func(n map[connectors.State]int, err error) {
		if s.app.screen == screen(s) && err == nil { // else the rows say so
			s.counts = n
			s.showTotal()
		}
	})
}

// show shows the rows, or what stands there where there are none.
func (s *listScreen) show() {
	switch {
	case s.length() > 0:
		s.showTotal()
		table := kit.Card(kit.Fill(0, s.head.row, s.list.Framed()))
		s.place.Objects = []fyne.CanvasObject{table, s.total}
		s.list.Refresh()
		s.place.Refresh()
	case s.filter.all():
		s.showInstead(s.emptyState())
	default:
		s.showInstead(kit.Column(kit.Gap1, kit.Heading("Nothing matches"),
			kit.Quiet("No connector holds these words in this state, platform and service. Search for less, or pick another."),
			kit.Inset(kit.Gap2, 0, 0, 0, left(kit.NewButton("Show all", kit.Secondary, s.showAll)))))
	}
}

// showTotal says below the list how much there is.
func (s *listScreen) showTotal() {
	if s.counts == nil {
		return
	}
	line := countWords(s.counts, len(s.allDrafts))
	if !s.filter.all() && s.complete {
		line = count(s.length(), "row") + " of " + line
	}
	s.total.Set(kit.SmallSpan(line, kit.Muted))
}

// focus gives the row that was chosen the keyboard, or else the first one; where
// there is none, the search, or the button that makes the first connector.
func (s *listScreen) focus() {
	switch {
	case s.length() > 0:
		s.list.Go(0)
		s.goToChosen()
		kit.Focus(s.list)
	case s.filter.all():
		kit.Focus(s.tools.create)
	default:
		kit.Focus(s.tools.search)
	}
}

// goToChosen goes to the row that was chosen, once it is there, or to the one in its
// place, once it is known to be gone.
func (s *listScreen) goToChosen() {
	if s.chosen == "" {
		return
	}
	row := s.find(s.chosen)
	switch {
	case row >= 0:
	case s.complete && !s.must:
		row = s.near
	case !s.complete:
		return
	}
	s.chosen = ""
	s.list.Go(max(0, row))
}

// arrive goes to the row that was chosen where more has become known meanwhile.
func (s *listScreen) arrive() {
	if s.hidesChosen() {
		s.showAll()
	} else {
		s.goToChosen()
	}
}

// hidesChosen reports whether the filter leaves out the row that is to be seen.
func (s *listScreen) hidesChosen() bool {
	return s.must && s.chosen != "" && s.complete && !s.filter.all() && s.find(s.chosen) < 0
}

func (s *listScreen) showInstead(o fyne.CanvasObject) {
	s.place.Objects = []fyne.CanvasObject{kit.Column(0, o)}
	s.place.Refresh()
}

// tableHeight is how high the table wants to be with all its rows.
func (s *listScreen) tableHeight() float32 {
	return s.head.row.MinSize().Height + rowHeight*float32(s.length()) + 2
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
