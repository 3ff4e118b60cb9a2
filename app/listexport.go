package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"fairlead/workspace"
)

// errEnding says that the name of a file does not say what to write.
var errEnding = errors.New("end the name in .json, or in .csv for a spreadsheet")

// exportPicked writes what is picked into a file, or all where nothing is.
func (s *listScreen) exportPicked() {
	source := s.app.world.Source()
	what := "all connectors"
	if len(s.picks.ids) > 0 {
		source.IDs = s.picked()
		what = count(len(source.IDs), "connector")
	}
	s.write(fileToWrite{
		title: "Export " + what, name: "connectors", ending: ".json", verb: "Export",
		hint: "As JSON, or as CSV for a spreadsheet, as the ending says. Without passwords and keys.",
		done: "Import takes it in elsewhere. Passwords and keys are not in it.",
		write: func(ctx context.Context, path string, w io.Writer) error {
			switch strings.ToLower(filepath.Ext(path)) {
			case ".json":
				return source.Export(ctx, w)
			case ".csv":
				return source.CSV(ctx, w)
			}
			return errEnding
		},
	})
}

// backUp writes everything in the registry into a file.
func (s *listScreen) backUp() {
	source := s.app.world.Source()
	s.write(fileToWrite{
		title: "Back up everything", name: "fairlead-backup", ending: ".json", verb: "Back up",
		hint:  "Connectors, reports, drafts, documents and the trail. Passwords and keys stay in the keyring.",
		done:  "Restore brings it back. Passwords and keys are not in it.",
		write: func(ctx context.Context, _ string, w io.Writer) error { return source.Backup(ctx, w) },
	})
}

// fileToWrite is a file that the list can write.
type fileToWrite struct {
	title, hint, done  string
	name, ending, verb string
	write              func(ctx context.Context, path string, w io.Writer) error
}

// write asks where to, and writes a file.
func (s *listScreen) write(f fileToWrite) {
	name := fmt.Sprintf("%s-%s%s", f.name, s.app.opts.Now().Local().Format(time.DateOnly), f.ending)
	s.app.askPath(pathQuestion{
		Title: f.title, Hint: f.hint, Offer: filepath.Join(reportFolder(), name), Verb: f.verb, Slow: slowFile,
		Do: func(ctx context.Context, path string) error {
			return orGiveUp(ctx, func() error {
				return workspace.WriteFile(path, false, func(w io.Writer) error { return f.write(ctx, path, w) })
			})
		},
		Explain: unsaved,
		Then:    func(path string) { s.app.tell("The file is written", path+"\n\n"+f.done) },
	})
}
