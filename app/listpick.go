package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
)

// picks are the connectors that something is to be done with at once.
type picks struct {
	ids   map[string]bool
	start string // id of the row that a range begins at
	job   *listJob
	last  string            // what the last job came to
	said  map[string]string // by id, what it said of rows that it could do nothing with

	bar  *fyne.Container // what to do with them, hidden while there are none
	line *kit.Text
	acts []*kit.Button // hidden while a job runs
	halt *kit.Button
}

// any reports whether there are picks, so that the rows have boxes.
func (p *picks) any() bool { return len(p.ids) > 0 || p.job != nil || p.last != "" }

func (p *picks) build(s *listScreen) {
	p.ids = map[string]bool{}
	p.line = kit.NewLine()
	p.acts = []*kit.Button{
		kit.NewButton("Test", kit.Secondary, s.testPicked),
		kit.NewButton("Export …", kit.Secondary, s.exportPicked),
		kit.NewButton("Delete …", kit.Secondary, s.deletePicked),
		kit.NewButton("Clear", kit.Subtle, s.unpick),
	}
	p.halt = kit.NewButton("Stop", kit.Secondary, p.stop)
	row := kit.Row(kit.Middle, kit.Gap2, []float32{0, -1, -1, -1, -1, -1},
		p.line, p.acts[0], p.acts[1], p.acts[2], p.acts[3], p.halt)
	p.bar = kit.Stack(kit.Edge(kit.Accent, kit.Inset(kit.Gap1, kit.Gap2, kit.Gap1, kit.Gap3, row)))
	p.show()
}

// show shows what there is to do with what is picked, or how far that is.
func (p *picks) show() {
	p.bar.Hidden = !p.any()
	text := fmt.Sprintf("%d picked", len(p.ids))
	if p.last != "" {
		text = kit.Sentence(p.last)
	}
	if p.job != nil {
		text = p.job.words()
	}
	p.line.Set(kit.Span{Text: text, Bold: true})
	for i, b := range p.acts {
		b.Hidden = p.job != nil || i < len(p.acts)-1 && len(p.ids) == 0
	}
	p.halt.Hidden = p.job == nil
	p.bar.Refresh()
}

// stop stops what is done with the picks.
func (p *picks) stop() {
	if p.job != nil {
		p.job.cancel()
	}
}

// pick picks rows. Drafts have nothing in common with what is done with several
// connectors at once, and are left out.
func (s *listScreen) pick(row int, how kit.Pick) {
	p := &s.picks
	id, draft := s.at(row)
	if p.job != nil || draft != nil && how != kit.PickAll {
		return
	}
	p.last, p.said = "", nil
	switch how {
	case kit.PickOne:
		if p.start = id; p.ids[id] {
			delete(p.ids, id)
		} else {
			p.ids[id] = true
		}
	case kit.PickStart:
		if !p.any() {
			p.start = id
		}
		return
	case kit.PickRange:
		from := s.find(p.start)
		if from < 0 {
			from, p.start = row, id
		}
		clear(p.ids)
		for i := min(from, row); i <= max(from, row); i++ {
			if id, draft := s.at(i); draft == nil {
				p.ids[id] = true
			}
		}
	case kit.PickAll:
		for _, id := range s.ids {
			p.ids[id] = true
		}
	}
	s.showPicks()
}

// unpick picks nothing.
func (s *listScreen) unpick() {
	clear(s.picks.ids)
	s.picks.last, s.picks.said = "", nil
	s.showPicks()
	kit.Focus(s.list)
}

// showPicks shows what is picked, and makes room for what to do with it.
func (s *listScreen) showPicks() {
	s.head.show(s.filter, s.picks.any())
	s.picks.show()
	s.settle()
	s.list.Refresh()
}

// settle lays the screen out anew after something above the table has changed
// its height.
func (s *listScreen) settle() { s.whole.Refresh() }

// picked are the ids of what is picked, in the order of the list; those that the
// filter leaves out come last.
func (s *listScreen) picked() []string {
	ids := make([]string, 0, len(s.picks.ids))
	seen := make(map[string]bool, len(s.picks.ids))
	for _, id := range s.ids {
		if s.picks.ids[id] {
			ids, seen[id] = append(ids, id), true
		}
	}
	for id := range s.picks.ids {
		if !seen[id] {
			ids = append(ids, id)
		}
	}
	return ids
}
