package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/plan"
)

// readEstate asks for a file with an estate, shows what is in it, and stores it
// once that was agreed to.
func (a *App) readEstate(r planRead) {
	var read plan.Environment
	a.askPath(pathQuestion{
		Title: "Read the estate from a file", Verb: "Look into it", Endings: []string{".yaml", ".yml", ".csv"},
		Hint: `YAML, or CSV with a line for each tenant. "fairleadctl plan example" prints one to fill in. Nothing changes before you agree.`,
		Slow: "The file is not read yet.",
		Do: func(ctx context.Context, path string) error {
			return orGiveUp(ctx, func() (err error) {
				read, err = a.estateIn(path)
				return err
			})
		},
		Explain: unreadEstate,
		Then:    func(path string) { a.previewEstate(r, read, "What is in the file", path) },
	})
}

// estateIn reads a file and checks what is in it.
func (a *App) estateIn(path string) (plan.Environment, error) {
	file, err := os.Open(path)
	if err != nil {
		return plan.Environment{}, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(file, plan.MaxSize+1))
	if err != nil {
		return plan.Environment{}, err
	}
	return plan.Read(path, data, a.world.Catalogue)
}

// problemsShown is how many problems are shown at once.
const problemsShown = 6

// unreadEstate says why a file was not taken, with the lines that are wrong.
func unreadEstate(err error) string {
	if problems, bad := errors.AsType[*plan.Problems](err); bad {
		lines := planProblems(problems)
		if more := len(lines) - problemsShown; more > 0 {
			lines = append(lines[:problemsShown], fmt.Sprintf("And %d more.", more))
		}
		return strings.Join(lines, "\n")
	}
	if errors.Is(err, os.ErrNotExist) {
		return "there is no such file"
	}
	return err.Error()
}

// planProblems are the problems of an estate, a line each.
func planProblems(p *plan.Problems) []string {
	var lines []string
	for _, one := range p.List {
		text := kit.Sentence(strings.TrimSpace(one.Field + " " + one.Text))
		if one.Line > 0 {
			text = fmt.Sprintf("Line %d: %s", one.Line, text)
		}
		lines = append(lines, text)
	}
	return lines
}

func problemLines(p *plan.Problems) fyne.CanvasObject {
	column := kit.Column(0)
	for _, line := range planProblems(p) {
		column.Add(kit.Plain(line))
	}
	return column
}

// previewEstate shows what an estate would need, and stores it when that is
// agreed to.
func (a *App) previewEstate(r planRead, e plan.Environment, title, note string) {
	p := plan.New(e, a.world.Catalogue, r.have)
	content := kit.Column(kit.Gap3, kit.Small(note),
		kit.Plain(count(e.Tenants(), "tenant")+" in "+count(len(e.Organisations), "organisation")+": "+p.Totals.String()+"."))
	const shown = 8
	for i := range min(shown, len(e.Organisations)) {
		o := &e.Organisations[i]
		rule := o.Situation()
		content.Add(kit.Column(0, kit.Heading(o.Name), kit.Small(count(len(o.Tenants), "tenant")+". "+rule.Title+". "+rule.Applied().Text)))
	}
	if more := len(e.Organisations) - shown; more > 0 {
		content.Add(kit.Small("And " + count(more, "more organisation") + "."))
	}
	if r.version > 0 {
		content.Add(kit.Plain("It takes the place of the estate that is there. No connector is touched."))
	}
	var d *kit.Dialog
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: title, Content: content, Width: 600,
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }),
			kit.NewButton("Plan with it", kit.Primary, func() {
				d.Close()
				a.saveEstate(e, r.version, a.estateSaved)
			}),
		},
	})
	a.trace("dialog:preview")
}

// estateSaved shows the plan of what was stored, or why nothing was.
func (a *App) estateSaved(err error) {
	if err != nil {
		a.showTrouble(explain("The estate was not stored", err))
		return
	}
	a.showPlan(planSpot{})
}
