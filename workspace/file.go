package workspace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"fairlead"
	"fairlead/connectors/transfer"
)

// ErrUnwritten says that a file could not be written where it was wanted. Its
// cause is wrapped beside it.
var ErrUnwritten = errors.New("the file cannot be written")

// WriteFile writes a file that only its owner can read. It appears whole or not
// at all, and whole on the disk. One that is there already is replaced only where
// that is asked for, else the error is an [fs.ErrExist]; a folder never is.
// Errors of write come back as they are.
func WriteFile(path string, replace bool, write func(io.Writer) error) (err error) {
	if info, statErr := os.Stat(path); statErr == nil && (info.IsDir() || !replace) {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".fairlead-*")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnwritten, err)
	}
	defer os.Remove(file.Name()) //nolint:errcheck // it is gone already where it was renamed
	if err := write(file); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("%w: %w", ErrUnwritten, err)
	}
	if !replace {
		if err := os.Link(file.Name(), path); err == nil {
			return nil
		} else if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s: %w", path, fs.ErrExist)
		} // else the file system has no hard links
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("%w: %w", ErrUnwritten, err)
	}
	return nil
}

// Source is the registry, to be written into a file.
func (w *Workspace) Source() transfer.Source {
	return transfer.Source{Registry: w.Keeper.Registry, By: w.Keeper.Holder, Program: fairlead.Version(), Now: w.Keeper.Now()}
}
