package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// taskButtons are the buttons of the part of tasks, as it was drawn last.
type taskButtons struct {
	remove    []*kit.Button // of each task
	add, list *kit.Button
}

// tasks are the service tasks that use the connector.
func (s *detailsScreen) tasks() []fyne.CanvasObject {
	s.uses = taskButtons{}
	objects := []fyne.CanvasObject{
		kit.AtMost(kit.TextWidth, kit.Quiet("What uses the connector in the services. While there is a task, the connector cannot be deleted.")),
	}
	if len(s.connector.Attachments) > 0 {
		box := kit.Column(kit.Gap1)
		for i, use := range s.connector.Attachments {
			remove := kit.NewSmallButton("Remove", func() { s.detach(use, i) })
			s.uses.remove = append(s.uses.remove, remove)
			box.Add(kit.Row(kit.Middle, kit.Gap3, []float32{180, 0, -1},
				kit.Quiet(s.app.world.Catalogue.Names([]string{use.Service})[0]), kit.Plain(use.Task), remove))
		}
		objects = append(objects, kit.Card(kit.Inset(kit.Gap2, kit.Gap4, kit.Gap2, kit.Gap4, box)))
	}
	s.uses.add = kit.NewButton("Add a task …", kit.Secondary, s.askTask)
	s.uses.list = kit.NewButton("Take in a list …", kit.Secondary, func() {
		s.app.askTaskList(func() { s.loadThen(func() { kit.Focus(s.uses.list) }) })
	})
	return append(objects, kit.Row(kit.Middle, kit.Gap2, []float32{-1, -1, 0}, s.uses.add, s.uses.list, kit.Column(0)))
}

func (s *detailsScreen) detach(use connectors.Attachment, at int) {
	s.changeThen("The task was not removed", func(ctx context.Context) error {
		return s.app.world.Keeper.Detach(ctx, s.id, use)
	}, func() {
		next := s.uses.add
		if left := s.uses.remove; len(left) > 0 {
			next = left[min(at, len(left)-1)]
		}
		kit.Focus(next)
	})
}

// change does something to the connector that its note offers, and shows it anew,
// with the keyboard at what the note offers next.
func (s *detailsScreen) change(otherwise string, do func(context.Context) error) {
	s.changeThen(otherwise, do, func() {
		if !kit.FocusFirst(s.note) {
			kit.Focus(s.bar.back)
		}
	})
}

// changeThen does something to the connector and shows it anew. follow gives the
// keyboard to what is next.
func (s *detailsScreen) changeThen(otherwise string, do func(context.Context) error, follow func()) {
	work(s.app, func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			s.app.showTrouble(explain(otherwise, err))
		} else if s.app.screen == screen(s) {
			s.loadThen(follow)
		}
	})
}

// askTask asks for a task that uses the connector.
func (s *detailsScreen) askTask() {
	services := s.connector.Services
	picked := services[0]
	service := kit.NewPicker(s.app.world.Catalogue.Names(services), func(i int) { picked = services[i] })
	task := kit.NewEntry()
	field := kit.NewField("Task", "", "As it is called in the service's console.", task)
	var d *kit.Dialog
	add := func() {
		use := connectors.Attachment{Service: picked, Task: strings.TrimSpace(task.Text)}
		work(s.app, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, s.app.world.Keeper.Attach(ctx, s.id, use)
		}, func(_ struct{}, err error) {
			if err != nil {
				t := explain("", err)
				field.Say(t.Cause+" "+t.Do, "")
				d.Refresh()
				kit.Focus(task)
				return
			}
			d.Close()
			s.loadThen(func() { kit.Focus(s.uses.add) })
		})
	}
	task.OnSubmitted = func(string) { add() }
	content := kit.Column(kit.Gap4, field.Box)
	if len(services) > 1 {
		content.Objects = []fyne.CanvasObject{kit.NewField("Service", "", "", left(service)).Box, field.Box}
	}
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{
		Title: "Which task uses the connector?", Content: content, First: task,
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }),
			kit.NewButton("Add", kit.Primary, add),
		},
	})
	s.app.trace("dialog:task")
}
