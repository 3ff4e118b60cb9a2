package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fairlead/check"
)

// little is the room below which a disk counts as nearly full, in bytes.
const little = 200 << 20

// folderCheck asks whether the registry's folder can be written to.
var folderCheck = check.Check[*examination]{
	ID: "folder", Title: "Folder for connectors",
	Ask: func(_ context.Context, s *examination) (check.Finding, error) {
		folder, err := s.World.Folder()
		if err != nil {
			return check.Finding{}, err
		}
		s.Folder = folder
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return check.Finding{}, err
		}
		file, err := os.CreateTemp(folder, ".fairlead-doctor-*")
		if err != nil {
			return check.Finding{}, err
		}
		if err := errors.Join(file.Close(), os.Remove(file.Name())); err != nil {
			return check.Finding{}, err
		}
		if s.Free, err = freeBytes(folder); err != nil {
			return check.Finding{}, fmt.Errorf("ask how much room is left: %w", err)
		}
		return check.Finding{Summary: fmt.Sprintf("%s, %d MB free", folder, s.Free>>20)}, nil
	},
	Causes: []*check.Cause[*examination]{
		folderDenied,
		diskFull,
		{
			Code: "folder-unusable", Title: "The folder for connectors cannot be used", Verdict: check.Fail,
			When:   check.Otherwise(folderDenied, diskFull),
			Likely: []string{"the drive is not there", "a file stands where the folder should be", "the account has no home folder"},
			Remedy: "Choose a folder on a local disk with `--data FOLDER`.",
		},
		{
			Code: "disk-nearly-full", Title: "The disk is nearly full", Verdict: check.Warn,
			When:   func(s *examination, err error) bool { return err == nil && s.Free < little },
			Likely: []string{"the disk of {{.Folder}} fills up"},
			Remedy: "Make room. On a full disk, nothing that was registered is lost, and nothing new can be registered.",
		},
	},
}

var folderDenied = &check.Cause[*examination]{
	Code: "folder-denied", Title: "The folder for connectors cannot be written to", Verdict: check.Fail,
	When:   check.Met[*examination](fs.ErrPermission),
	Likely: []string{"the folder belongs to another account", "the disk is mounted for reading only"},
	Remedy: "Give your account the right to write in `{{.Folder}}`, or choose another folder with `--data FOLDER`.",
}

var diskFull = &check.Cause[*examination]{
	Code: "disk-full", Title: "The disk is full", Verdict: check.Fail,
	When:   check.Met[*examination](errDiskFull),
	Likely: []string{"the disk of {{.Folder}} has no room left"},
	Remedy: "Make room. Nothing that was registered is lost, and nothing new can be registered until then.",
}
