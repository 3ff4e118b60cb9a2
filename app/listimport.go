package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/connectors/transfer"
)

// takeIn asks for a file, shows what taking it in would change, and does so: an
// import of connectors, or a backup that is restored.
func (s *listScreen) takeIn(restore bool) {
	var plan *transfer.Plan
	q := pathQuestion{
		Title: "Import connectors", Verb: "Look what would change", Endings: []string{".json", ".csv"},
		Hint: "A file that Fairlead or a spreadsheet wrote, as JSON or CSV. Nothing changes before you agree.",
		Slow: "The file is not read yet.",
		Do: func(ctx context.Context, path string) (err error) {
			plan, err = s.planOf(ctx, path, restore)
			return err
		},
		Explain: unread,
		Then:    func(string) { s.preview(plan, restore) },
	}
	if restore {
		q.Title, q.Endings = "Restore a backup", []string{".json"}
		q.Hint = "Restore only what you have saved yourself: the connectors in it decide where passwords go. Nothing changes before you agree."
	}
	s.app.askPath(q)
}

func (s *listScreen) planOf(ctx context.Context, path string, restore bool) (*transfer.Plan, error) {
	var file *transfer.File
	err := orGiveUp(ctx, func() (err error) {
		file, err = readTransfer(path)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.app.world.Target(restore).Plan(ctx, file)
}

func readTransfer(path string) (*transfer.File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	return transfer.Read(file)
}

// unread says why a file cannot be taken in.
func unread(err error) string {
	problems, bad := errors.AsType[transfer.Problems](err)
	rule, isRule := errors.AsType[*connectors.RuleError](err)
	switch {
	case bad && len(problems) > 3:
		return fmt.Sprintf("%v\nand %d more of the kind. Nothing was changed", problems[:3], len(problems)-3)
	case bad:
		return problems.Error()
	case isRule:
		return rule.Error()
	case errors.Is(err, os.ErrNotExist):
		return "there is no such file"
	}
	return err.Error()
}

// preview shows what would change.
func (s *listScreen) preview(p *transfer.Plan, restore bool) {
	refused := p.LeftOut()
	if p.Empty() && refused == 0 {
		s.runPlan(p, "Nothing would change. "+planCounts(p, restore)) // it asks for what is still missing
		return
	}
	body := kit.NewBody(planLines(p))
	content := kit.Column(kit.Gap3, kit.NewText(kit.Span{Text: planCounts(p, restore), Bold: true}))
	if refused > 0 {
		content.Add(kit.Quiet("What is unusable, in conflict or a duplicate is left out. Put it right in the file to take it in."))
	}
	content.Add(body.AtMost(300))
	var d *kit.Dialog
	stay := kit.NewButton("Change nothing", kit.Secondary, func() { d.Close() })
	buttons := []*kit.Button{stay}
	if !p.Empty() {
		verb := "Take in"
		if refused > 0 {
			verb = "Take in the rest"
		}
		buttons = append(buttons, kit.NewButton(verb, kit.Primary, func() {
			d.Close()
			s.runPlan(p, planCounts(p, restore))
		}))
	}
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{
		Title: "What would change", Content: content, Buttons: buttons, First: stay, Width: 640, Scroll: body.Page,
	})
	s.app.trace("dialog:preview")
}

// planCounts sums a plan up.
func planCounts(p *transfer.Plan, restore bool) string {
	text := fmt.Sprintf("%d new, %d changed, %d the same", len(p.New), len(p.Different), len(p.Unchanged))
	if n := p.LeftOut(); n > 0 {
		text += fmt.Sprintf(", %d left out", n)
	}
	if restore {
		text += fmt.Sprintf("; reports: %d, drafts: %d, documents: %d", p.Reports, len(p.Drafts), len(p.Documents))
	}
	return text + "."
}

// mostPlanned is how many connectors a preview names of each kind.
const mostPlanned = 50

// planLines names what would change, what is refused first.
func planLines(p *transfer.Plan) *fyne.Container {
	lines := kit.Column(kit.Gap2)
	add := func(l look, title string, below ...string) {
		text := kit.Column(0, kit.Plain(title))
		for _, line := range below {
			text.Add(kit.Quiet(line))
		}
		lines.Add(kit.Row(kit.Top, kit.Gap2, []float32{16, 0}, kit.Icon(l.shape, l.colour), text))
	}
	more := func(all int) {
		if all > mostPlanned {
			lines.Add(kit.Quiet(fmt.Sprintf("and %d more", all-mostPlanned)))
		}
	}
	for _, kind := range []struct {
		word    string
		look    look
		refused []transfer.Refused
	}{
		{"Unusable", look{kit.ShapeFail, kit.Fails}, p.Unusable},
		{"Conflict", look{kit.ShapeFail, kit.Fails}, p.Conflicts},
		{"Duplicate", look{kit.ShapeWarn, kit.Warns}, p.Duplicates},
	} {
		for _, r := range kind.refused[:min(len(kind.refused), mostPlanned)] {
			add(kind.look, fmt.Sprintf("%s, line %d: %s", kind.word, r.Line, r.Name), r.Why.Error())
		}
		more(len(kind.refused))
	}
	for _, d := range p.Different[:min(len(p.Different), mostPlanned)] {
		add(look{kit.ShapeAttention, kit.Accent}, "Changes: "+d.Here.Name, differences(d)...)
	}
	more(len(p.Different))
	for _, r := range p.New[:min(len(p.New), mostPlanned)] {
		add(look{kit.ShapeTodo, kit.Accent}, "New: "+r.Name)
	}
	more(len(p.New))
	return lines
}

func differences(d transfer.Different) (lines []string) {
	for _, c := range d.Changes {
		lines = append(lines, fmt.Sprintf("%s: %q becomes %q", c.Field, c.Here, c.File))
	}
	for _, a := range d.Added {
		lines = append(lines, fmt.Sprintf("used by: %s (%s)", a.Task, a.Service))
	}
	if d.Newer {
		lines = append(lines, "It was changed here after the file was written.")
	}
	return lines
}

// runPlan takes in what the plan names, and asks for the secrets that are missing.
func (s *listScreen) runPlan(p *transfer.Plan, done string) {
	here := s.app.here()
	workSaying(s.app, "Fairlead is taking the connectors in.", func(ctx context.Context) ([]connectors.Connector, error) {
		if err := p.Run(ctx); err != nil {
			return nil, err
		}
		return p.Missing(ctx)
	}, func(missing []connectors.Connector, err error) {
		if here() {
			s.again()
		}
		switch {
		case err != nil:
			t := explain("Not everything was taken in", err)
			t.Do += " What was taken in so far stays; take the file in again to go on."
			s.app.showTrouble(t)
		case here():
			s.app.askMissing(missing, done)
		case len(missing) > 0: // something else is being done
			s.app.tell("The file is taken in", "Passwords and keys are missing: “Enter missing passwords …” under More, beside the list, asks for them.")
		}
	})
}
