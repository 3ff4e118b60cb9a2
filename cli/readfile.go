package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// readFile reads a file that an option names, at most a number of bytes and one
// more, so that the caller can tell when there are too many. A pipe or a device
// is refused: it could keep the program waiting for ever.
func readFile(option, name string, most int64) ([]byte, error) {
	wrong := func(err error) error { return badInput("Correct "+option+".", "%s: %v", option, err) }
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, badInput("Name a file that is there.", "%s: %s is not there", option, name)
	}
	if err != nil {
		return nil, wrong(err)
	}
	if !info.Mode().IsRegular() {
		return nil, badInput("Give a file.", "%s: %s is not a regular file", option, name)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, wrong(err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return nil, wrong(err)
	}
	return data, nil
}
