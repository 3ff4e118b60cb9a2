package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Endings are those of the files that a report can be written to.
func Endings() []string { return []string{".html", ".txt", ".json"} }

// ErrEnding says that the form cannot be told from a file's name.
var ErrEnding = errors.New("the name of a report's file ends in .html, .txt or .json")

// Known reports whether a file's name says in which form it is written; if not,
// the error is [ErrEnding].
func Known(path string) error {
	_, err := Document{}.bytes(path)
	return err
}

func (d Document) bytes(path string) ([]byte, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm":
		return d.HTML()
	case ".txt":
		return []byte(d.Text()), nil
	case ".json":
		return d.JSON()
	}
	return nil, ErrEnding
}

// Write writes a report to a file that only its owner can read, in the form that
// the name's ending says. A file that is there already is replaced only if that
// is asked for, else the error is an [fs.ErrExist]; a file is there whole or not
// at all.
func Write(path string, d Document, replace bool) error {
	data, err := d.bytes(path)
	if err != nil {
		return err
	}
	if err := write(path, data, replace); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the report cannot be written: %w", err)
	} else if err != nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	return nil
}

// write makes the file under another name first.
func write(path string, data []byte, replace bool) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".fairlead-report-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it is gone already where all went well
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if !replace {
		// Taking the name first fails where it is taken; a rename would not.
		taken, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		if err := taken.Close(); err != nil {
			return err
		}
	}
	if err := os.Rename(f.Name(), path); err != nil {
		if !replace {
			_ = os.Remove(path) // the empty file that took the name
		}
		return err
	}
	return nil
}

var notInName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[^\pL\pN.]+`)
})

// FileName is a name that sorts by date and says whose report it is.
func FileName(name string, started time.Time, ending string) string {
	plain := strings.Trim(notInName().ReplaceAllString(strings.ToLower(name), "-"), "-.")
	if plain == "" {
		plain = "report"
	}
	return fmt.Sprintf("fairlead-%s-%s%s", plain, started.Local().Format("2006-01-02-150405"), ending)
}
