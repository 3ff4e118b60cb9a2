package app

import (
	"context"
	"fmt"
	"io"
	"time"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/reminders"
)

// mostReminders is how many are shown; the calendar has all.
const mostReminders = 50

// showReminders lists what ends and what to do about it, and offers a calendar of
// it.
func (s *listScreen) showReminders() {
	here, now := s.app.here(), s.app.opts.Now()
	workSaying(s.app, "Fairlead is looking through the connectors.", func(ctx context.Context) ([]reminders.Reminder, error) {
		return s.app.world.Reminders(ctx, reminders.Policy{}, now, 0)
	}, func(all []reminders.Reminder, err error) {
		switch {
		case !here():
		case err != nil:
			s.app.showTrouble(explain("The reminders cannot be read", err))
		case len(all) == 0:
			s.app.tell("Reminders", "There is nothing to be reminded of.")
		default:
			s.remind(all, now)
		}
	})
}

func (s *listScreen) remind(all []reminders.Reminder, now time.Time) {
	lines := kit.Column(kit.Gap3)
	groups := reminders.Together(all)
	for _, g := range groups[:min(len(groups), mostReminders)] {
		lines.Add(reminderLine(g))
	}
	if more := len(groups) - mostReminders; more > 0 {
		lines.Add(kit.Quiet(fmt.Sprintf("And %d later. The calendar has all of them.", more)))
	}
	body := kit.NewBody(lines)
	var d *kit.Dialog
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{
		Title: "Reminders", Content: body.AtMost(360), Width: 640, Scroll: body.Page,
		Buttons: []*kit.Button{
			kit.NewButton("Close", kit.Secondary, func() { d.Close() }),
			kit.NewButton("Save calendar …", kit.Primary, func() {
				d.Close()
				s.saveCalendar(all, now)
			}),
		},
	})
	s.app.trace("dialog:reminders")
}

// mostReminded is how many connectors a reminder names; the calendar has more.
const mostReminded = 12

// reminderLine is what is to be done by a day, and for which connectors.
func reminderLine(g reminders.Group) fyne.CanvasObject {
	l := look{kit.ShapeLater, kit.Muted}
	day := g.When.Format("2 Jan 2006")
	switch g.Severity {
	case reminders.Over:
		l, day = look{kit.ShapeFail, kit.Fails}, "Due since "+day
	case reminders.Soon:
		l = look{kit.ShapeWarn, kit.Warns}
	}
	whose := g.Connectors[0]
	if len(g.Connectors) > 1 {
		whose = fmt.Sprintf("%d connectors", len(g.Connectors))
	}
	text := kit.Column(0, kit.NewText(kit.Span{Text: day + ", " + whose, Bold: true}), kit.Plain(g.What), kit.Quiet(g.Do))
	if len(g.Connectors) > 1 {
		text.Add(kit.Quiet("For " + g.For(mostReminded)))
	}
	return kit.Row(kit.Top, kit.Gap2, []float32{16, 0}, kit.Icon(l.shape, l.colour), text)
}

func (s *listScreen) saveCalendar(all []reminders.Reminder, now time.Time) {
	s.write(fileToWrite{
		title: "Save the calendar", name: "fairlead", ending: ".ics", verb: "Save",
		hint: "An event with alarms for each day and cause. Importing a later calendar brings them up to date; delete what has another day by then.",
		done: "Import it into the calendar of whoever looks after the connectors.",
		write: func(_ context.Context, _ string, w io.Writer) error {
			_, err := w.Write(reminders.Calendar(all, now))
			return err
		},
	})
}
