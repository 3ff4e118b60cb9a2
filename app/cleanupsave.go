package app

import (
	"context"
	"path/filepath"

	"fairlead/report"
	"fairlead/workspace/cleanup"
)

// save asks where to, and writes a list there for whoever does it.
func (s *cleanUpScreen) save(list *cleanup.Checklist) {
	s.app.askPath(pathQuestion{
		Title: "Save the list", Hint: "The ending says how: .html is a page to print, .md is Markdown for a ticket or a wiki.",
		Offer: filepath.Join(reportFolder(), report.FileName("clean-up "+list.Connector, s.app.opts.Now(), ".html")),
		Verb:  "Save", Slow: slowFile,
		Do: func(ctx context.Context, path string) error {
			now, err := s.app.world.CleanUps().Get(ctx, list.ID) // others may rest on it by now
			if err != nil {
				return err
			}
			data, err := now.File(path)
			if err != nil {
				return err
			}
			return report.Save(path, data, false)
		},
		Explain: unsaved,
		Then:    func(path string) { s.app.tell("The list is written", path) },
	})
}
