package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"fairlead/workspace"
)

func forceFlag(cmd *cobra.Command, force *bool) {
	cmd.Flags().BoolVar(force, "force", false, "replace a file that is there already")
}

// newFile is [workspace.WriteFile] with errors that say what to do here.
func newFile(path string, replace bool, write func(io.Writer) error) error {
	err := workspace.WriteFile(path, replace, write)
	switch {
	case errors.Is(err, fs.ErrExist):
		return badInput("Choose another name, or add --force to replace a file.", "%s is there already", path)
	case errors.Is(err, workspace.ErrUnwritten):
		return cannot("Choose a folder that is there and that you may write to.", fmt.Errorf("%s cannot be written: %w", path, err))
	}
	return err
}
