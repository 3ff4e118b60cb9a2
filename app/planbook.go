package app

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"fairlead"
	"fairlead/plan"
	"fairlead/workspace"
)

// errBookForm says that a file's name does not say how to write a run book.
var errBookForm = errors.New("the name ends in .html for a web page, or in .md for Markdown")

// saveRunBook asks where to, and writes the plan there as a page to hand over. A
// move says which.
func (a *App) saveRunBook(r planRead, move planMove) {
	saved := ""
	a.askPath(pathQuestion{
		Title: "Save the run book", Verb: "Save", Offer: filepath.Join(reportFolder(), "Run book.html"),
		Hint: "One page that needs nothing beside itself. A name that ends in .md makes Markdown. No secret is in it.",
		Slow: slowFile,
		Do: func(ctx context.Context, path string) error {
			data, err := a.runBook(r, move, path)
			if err != nil {
				return err
			}
			return orGiveUp(ctx, func() error {
				return workspace.WriteFile(path, false, func(w io.Writer) error { _, err := w.Write(data); return err })
			})
		},
		Explain: unsaved,
		Then: func(path string) {
			saved = path
			a.trace("saved:runbook")
			a.world.Log.Info("saved", "runbook", saved)
		},
	})
}

// runBook is the run book in the form that its file's name asks for.
func (a *App) runBook(r planRead, move planMove, path string) ([]byte, error) {
	form, known := map[string]func(*plan.RunBook) ([]byte, error){
		".html": (*plan.RunBook).HTML, ".htm": (*plan.RunBook).HTML, ".md": (*plan.RunBook).Markdown,
	}[strings.ToLower(filepath.Ext(path))]
	if !known {
		return nil, errBookForm
	}
	p, steps, words := move.plan(a, r)
	book := plan.NewRunBook(a.guide(p), steps, a.opts.Now(), fairlead.Version())
	book.Migration = words
	return form(book)
}
