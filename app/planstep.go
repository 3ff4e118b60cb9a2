package app

import (
	"context"
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/plan"
)

// open shows a step whole, and offers to go where it is done.
func (s *planSteps) open(at int) {
	step := &s.steps[at]
	advice := s.guide.Advise(step)
	content := kit.Column(kit.Gap3, kit.Markdown(advice.Why))
	for _, command := range advice.Commands {
		content.Add(kit.Code(command))
	}
	for _, link := range advice.Links {
		open := kit.NewSmallButton("Open", func() {
			s.app.browse(link.URL, func(err error) {
				if err != nil {
					s.app.showTrouble(explain("The page was not opened", err))
				}
			})
		})
		show(open, s.app.world.Env.Browser != nil)
		content.Add(kit.Row(kit.Middle, kit.Gap3, []float32{0, -1}, kit.Column(0, kit.Plain(link.Title), kit.Small(link.URL)), open))
	}
	var d *kit.Dialog
	buttons := []*kit.Button{kit.NewButton("Close", kit.Secondary, func() { d.Close() })}
	verb, do := s.way(step)
	if i := plan.Before(s.steps, step); i >= 0 {
		do = nil
		content.Add(kit.Note(kit.ShapeTodo, kit.Warns, fmt.Sprintf("Do step %d first", i+1), kit.Plain(s.guide.Advise(&s.steps[i]).Title+".")))
	}
	if do != nil {
		buttons = append(buttons, kit.NewButton(verb, kit.Primary, func() {
			d.Close()
			do()
		}))
	}
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{Title: advice.Title, Content: content, Buttons: buttons, Width: 600})
	s.app.trace("dialog:step")
}

// way is where a step is done; nil where that is not here.
func (s *planSteps) way(step *plan.Step) (verb string, do func()) {
	again := func() { s.app.showPlanSteps(s.from, s.move) }
	switch step.Kind {
	case plan.Make:
		return "Open the wizard", func() { s.app.makeNeed(step.Need, again) }
	case plan.Finish:
		return "Go on with the draft", func() { s.app.finishNeed(step.Need, again) }
	case plan.Move:
		return "It has moved", func() { s.moved(step.Organisation.Name) }
	case plan.Detach:
		return "It is detached", func() { s.note(step, s.app.world.Keeper.Detach) }
	case plan.Delete:
		return "Delete …", func() {
			s.app.deleteConnector(*step.Connector, func() { s.app.showCleanUp(step.Connector.ID) })
		}
	}
	switch {
	case step.Kind == plan.Anew:
		return "Make another …", func() { s.app.replace(*step.Connector) }
	case step.Connector == nil: // it has to be made first
		return "", nil
	case step.Kind == plan.Attach:
		return "It is attached", func() { s.note(step, s.app.world.Keeper.Attach) }
	}
	return "Open the connector", func() { s.app.showDetailsFrom(step.Connector.ID, again) }
}

// note notes that a task uses a connector, or no longer.
func (s *planSteps) note(step *plan.Step, change func(context.Context, string, connectors.Attachment) error) {
	here := s.app.here()
	work(s.app, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, change(ctx, step.Connector.ID, step.Task)
	},
		func(_ struct{}, err error) {
			switch {
			case err != nil:
				s.app.showTrouble(explain("The connector was not changed", err))
			case here():
				s.load()
			}
		})
}

// moved notes that all mailboxes of an organisation are in the cloud now.
func (s *planSteps) moved(organisation string) {
	e := s.read.environment.Clone()
	e.Organisation(organisation).Mailboxes = plan.InCloud
	s.app.saveEstate(e, s.read.version, func(err error) {
		if err != nil {
			s.app.showTrouble(explain("The estate was not stored", err))
			return
		}
		s.app.showPlanSteps(s.from, noMove)
	})
}

// stepRow is what a step is drawn into.
type stepRow struct {
	widget.BaseWidget
	shape        *canvas.Image
	title, below *kit.Text
	content      fyne.CanvasObject
	current      bool
}

func newStepRow() *stepRow {
	r := &stepRow{shape: kit.Icon(kit.ShapeTodo, kit.Muted), title: kit.NewLine(), below: kit.NewLine()}
	r.content = kit.Inset(0, kit.Gap3, 0, kit.Gap3, kit.Row(kit.Middle, kit.Gap2, []float32{16, 0}, r.shape, kit.Column(0, r.title, r.below)))
	r.ExtendBaseWidget(r)
	return r
}

func (r *stepRow) set(l look, title, below string, current bool) {
	kit.SetIcon(r.shape, l.shape, l.colour)
	r.title.Set(kit.Span{Text: title})
	r.below.Set(kit.SmallSpan(firstLine(below), kit.Muted))
	r.current = current
	r.Refresh()
}

// CreateRenderer draws the step with a line above it.
func (r *stepRow) CreateRenderer() fyne.WidgetRenderer {
	return &stepRenderer{row: r, line: canvas.NewLine(color.Transparent), ring: canvas.NewRectangle(color.Transparent)}
}

type stepRenderer struct {
	row  *stepRow
	line *canvas.Line
	ring *canvas.Rectangle
}

func (r *stepRenderer) MinSize() fyne.Size { return fyne.NewSize(0, planStepHeight) }
func (r *stepRenderer) Destroy()           {}
func (r *stepRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.line, r.row.content, r.ring}
}

func (r *stepRenderer) Layout(size fyne.Size) {
	r.line.Position1, r.line.Position2 = fyne.NewPos(0, 0), fyne.NewPos(size.Width, 0)
	r.row.content.Resize(size)
	r.ring.Move(fyne.NewPos(1, 1))
	r.ring.Resize(size.SubtractWidthHeight(2, 2))
}

func (r *stepRenderer) Refresh() {
	r.line.StrokeColor, r.line.StrokeWidth = theme.ColorForWidget(kit.Line, r.row), 1
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = theme.ColorForWidget(kit.Ring, r.row), 2, 6
	r.ring.Hidden = !r.row.current
	r.row.content.Refresh()
	canvas.Refresh(r.line)
	canvas.Refresh(r.ring)
}

// firstLine is the first line of a text that a row has room for one of.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
