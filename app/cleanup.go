package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/workspace/cleanup"
)

// cleanUpScreen lists what deleted connectors have left behind outside, to be
// ticked off.
type cleanUpScreen struct {
	app   *App
	first string // id of the connector whose list comes first
	lists []cleanup.Checklist
	place *fyne.Container
	body  *kit.Body
	back  *kit.Button
	boxes map[string]*kit.Choice // by connector and item
}

// showCleanUps shows what is still to be cleaned up.
func (a *App) showCleanUps() { a.showCleanUp("") }

// showCleanUp shows it with the list of one connector first. Where nothing is left
// of that one, the list of connectors is shown.
func (a *App) showCleanUp(id string) {
	s := &cleanUpScreen{app: a, first: id}
	a.show(s)
	s.load()
}

func (s *cleanUpScreen) name() string { return "clean-up" }

func (s *cleanUpScreen) content() fyne.CanvasObject {
	s.place = kit.Stack()
	s.back = kit.NewButton("Back to the list", kit.Primary, s.toList)
	bar := kit.Row(kit.Middle, kit.Gap2, []float32{0, -1}, kit.Column(0), s.back)
	return kit.Split(sideWidth, s.app.sideBar("clean-up"), kit.Deck(s.place, bar))
}

func (s *cleanUpScreen) shown() { kit.Focus(s.back) }

func (s *cleanUpScreen) load() {
	work(s.app, func(ctx context.Context) ([]cleanup.Checklist, error) {
		return s.app.world.CleanUps().All(ctx, false)
	}, func(lists []cleanup.Checklist, err error) {
		switch {
		case s.app.screen != screen(s):
		case err != nil:
			s.app.showList("")
			s.app.showTrouble(explain("The clean-up cannot be shown", err))
		case s.first != "" && !listed(lists, s.first):
			s.app.showList("")
		default:
			s.lists = lists
			s.draw()
			s.app.trace("clean-up:loaded")
		}
	})
}

func listed(lists []cleanup.Checklist, id string) bool {
	for _, list := range lists {
		if list.ID == id {
			return true
		}
	}
	return false
}

func (s *cleanUpScreen) draw() {
	s.boxes = map[string]*kit.Choice{}
	why := "Deleting a connector changes nothing on the server or in the services. Tick off what was taken away there; a list stays until all of it is done."
	if len(s.lists) == 0 {
		why = "Nothing is left to clean up."
	}
	column := kit.Column(kit.Gap6, kit.Column(kit.Gap1, kit.Title("Clean-up"), kit.AtMost(kit.TextWidth, kit.Quiet(why))))
	s.body = kit.NewBody(kit.Inset(20, kit.Gap6, kit.Gap6, kit.Gap6, column))
	for _, own := range []bool{true, false} {
		for i := range s.lists {
			if (s.lists[i].ID == s.first) == own {
				column.Add(s.listCard(&s.lists[i]))
			}
		}
	}
	s.place.Objects = []fyne.CanvasObject{s.body}
	s.place.Refresh()
	s.body.Settle()
}

// listCard is the list of one connector.
func (s *cleanUpScreen) listCard(list *cleanup.Checklist) fyne.CanvasObject {
	save := kit.NewButton("Save list …", kit.Subtle, func() { s.save(list) })
	head := kit.Row(kit.Middle, kit.Gap2, []float32{0, -1}, kit.Column(0,
		kit.Heading(list.Connector), kit.Small(list.Whose()), kit.Small(fmt.Sprintf("Deleted %s by %s. %d of %d done.", dateTime(list.Deleted), list.By,
			len(list.Items)-list.Open(), len(list.Items)))), save)
	items := kit.Column(kit.Gap1)
	for i := range list.Items {
		items.Add(s.item(list, &list.Items[i]))
	}
	return kit.Column(kit.Gap2, head, kit.Card(items))
}

// item is one thing to take away, with the way to it until it is done.
func (s *cleanUpScreen) item(list *cleanup.Checklist, item *cleanup.Item) fyne.CanvasObject {
	text := kit.ChoiceText{Label: item.Title, Note: item.Text}
	if item.Done != nil {
		text.Note = fmt.Sprintf("Done %s by %s", dateTime(item.Done.At), item.Done.By)
	}
	box := kit.NewChoice(kit.Box, text)
	box.Choose(item.Done != nil)
	box.OnToggle = func() { s.tick(list.ID, item.ID, item.Done == nil) }
	s.boxes[list.ID+" "+item.ID] = box
	column := kit.Column(kit.Gap1, box)
	if item.Done != nil {
		return column
	}
	how := kit.Column(kit.Gap2)
	if item.Keep != "" {
		how.Add(kit.Row(kit.Top, kit.Gap2, []float32{16, 0}, kit.Icon(kit.ShapeWarn, kit.Warns), kit.NewText(kit.SmallSpan(item.Keep, kit.Warns))))
	}
	if item.Where != "" {
		how.Add(kit.Small("Where: " + item.Where))
	}
	if item.Command != "" {
		how.Add(kit.Code(item.Command))
	}
	if item.Link != "" {
		how.Add(s.app.newLink("Open it in the browser", item.Link, s.body).box)
	}
	if len(how.Objects) > 0 {
		column.Add(kit.Inset(0, kit.Gap3, kit.Gap3, 40, how))
	}
	return column
}

// tick notes that something is done, or not done after all.
func (s *cleanUpScreen) tick(list, item string, done bool) {
	work(s.app, func(ctx context.Context) (cleanup.Checklist, error) {
		return s.app.world.CleanUps().Tick(ctx, list, item, done)
	}, func(now cleanup.Checklist, err error) {
		switch {
		case err != nil:
			s.app.showTrouble(explain("It was not ticked off", err))
		case s.app.screen == screen(s):
			for i := range s.lists {
				if s.lists[i].ID == list {
					s.lists[i] = now
				}
			}
			s.draw()
			kit.Focus(s.boxes[list+" "+item])
			s.body.Reveal(s.boxes[list+" "+item])
			s.app.trace("clean-up:ticked")
		}
	})
}

func (s *cleanUpScreen) toList() { s.app.showList("") }

func (s *cleanUpScreen) press(k shortcut) bool {
	if k.action != goBack && k.action != goOn {
		return false
	}
	s.toList()
	return true
}

func (s *cleanUpScreen) scroll(down bool) {
	if s.body != nil {
		s.body.Page(down)
	}
}

func (s *cleanUpScreen) close(then func()) { then() }
