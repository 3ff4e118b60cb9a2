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

// ErrEnding says that the form cannot be told from a file's name.
var ErrEnding = errors.New("the name of a report's file ends in .html, .txt or .json")

// ErrFolder says that a folder stands where the file should be.
var ErrFolder = errors.New("this is a folder")

// Known reports whether a file's name says in which form it is written; if not,
// the error is [ErrEnding].
func Known(path string) error {
	_, err := formOf(path)
	return err
}

func formOf(path string) (func(Document) ([]byte, error), error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm":
		return Document.HTML, nil
	case ".txt":
		return func(d Document) ([]byte, error) { return []byte(d.Text()), nil }, nil
	case ".json":
		return Document.JSON, nil
	}
	return nil, ErrEnding
}

// CanWrite returns what would keep [Write] from writing a file, as far as that
// can be told before. It tries the folder out and leaves nothing there.
func CanWrite(path string, replace bool) error {
	if err := Known(path); err != nil {
		return err
	}
	if err := free(path, replace); err != nil {
		return err
	}
	f, err := temporary(path)
	if err != nil {
		return fmt.Errorf("%w: %w", errWrite, err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// free reports whether a name can be taken.
func free(path string, replace bool) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s: %w", path, ErrFolder)
	case err == nil && !replace:
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	return nil
}

var errWrite = errors.New("the report cannot be written")

// Write writes a report to a file that only its owner can read, in the form that
// the name's ending says. A file that is there already is replaced only if that
// is asked for, else the error is an [fs.ErrExist].
//
// The file appears whole or not at all, and whole on the disk. Only on a file
// system without hard links, such as FAT or some network shares, a new file is
// empty for a moment, and stays so if the computer stops just then. A stop may
// also leave a hidden file, .fairlead-report-…, beside it.
func Write(path string, d Document, replace bool) error {
	form, err := formOf(path)
	if err != nil {
		return err
	}
	data, err := form(d)
	if err != nil {
		return err
	}
	if err := free(path, replace); err != nil {
		return err
	}
	if err := write(path, data, replace); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w: %w", errWrite, err)
	} else if err != nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	return nil
}

// write makes the file under another name first.
func write(path string, data []byte, replace bool) error {
	f, err := temporary(path)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it is gone already where it was renamed
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if replace {
		return os.Rename(f.Name(), path)
	}
	if err := os.Link(f.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return renameTo(f.Name(), path)
}

// renameTo gives a file a name that is free, where there are no hard links.
// Taking the name first fails where it is taken; a rename would not.
func renameTo(file, path string) error {
	taken, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = taken.Close(); err == nil {
		err = os.Rename(file, path)
	}
	if err != nil {
		_ = os.Remove(path) // it is empty
	}
	return err
}

// temporary makes a file beside another, which only its owner can read.
func temporary(path string) (*os.File, error) {
	return os.CreateTemp(filepath.Dir(path), ".fairlead-report-*")
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

// Save writes what another page of Fairlead's holds to a file, as [Write] does a
// report.
func Save(path string, data []byte, replace bool) error {
	if err := free(path, replace); err != nil {
		return err
	}
	return write(path, data, replace)
}
