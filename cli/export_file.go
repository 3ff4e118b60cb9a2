package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func forceFlag(cmd *cobra.Command, force *bool) {
	cmd.Flags().BoolVar(force, "force", false, "replace a file that is there already")
}

// newFile writes a file that only its owner can read. It appears whole or not at
// all, and whole on the disk.
func newFile(path string, replace bool, write func(io.Writer) error) (err error) {
	if info, statErr := os.Stat(path); statErr == nil && (info.IsDir() || !replace) {
		return badInput("Choose another name, or add --force to replace a file.", "%s is there already", path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".fairlead-*")
	if err != nil {
		return unwritten(path, err)
	}
	defer os.Remove(file.Name()) //nolint:errcheck // it is gone already where it was renamed
	if err := write(file); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return unwritten(path, err)
	}
	if !replace {
		if err := os.Link(file.Name(), path); err == nil {
			return nil
		} else if errors.Is(err, fs.ErrExist) {
			return badInput("Choose another name, or add --force to replace it.", "%s is there already", path)
		} // else the file system has no hard links
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return unwritten(path, err)
	}
	return nil
}

func unwritten(path string, err error) error {
	return cannot("Choose a folder that is there and that you may write to.", fmt.Errorf("%s cannot be written: %w", path, err))
}
