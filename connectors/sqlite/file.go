package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"fairlead/connectors"
)

// smallest is the smallest page of SQLite, and so the smallest file. It would
// take a file of one byte for an empty one, and write over it.
const smallest = 512

// prepare makes sure that there is a file that only the user can read. It
// never opens one that exists: closing it would drop the locks that SQLite
// holds in this process (POSIX fcntl locks, "How To Corrupt An SQLite Database
// File", section 2.2).
func prepare(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("the folder of the registry cannot be made: %w", err)
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = create(path)
		if err == nil {
			info, err = os.Stat(path)
		}
	}
	if err != nil {
		return fmt.Errorf("the registry cannot be opened: %w", err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("the registry cannot be opened: %s is not a file", path)
	}
	if info.Size() > 0 && info.Size() < smallest {
		return fmt.Errorf("%w: %s has %d bytes", connectors.ErrDamaged, path, info.Size())
	}
	if info.Size() == 0 && exists(path+"-wal") {
		// SQLite would take the file for new and throw the log away.
		return fmt.Errorf("%w: %s is empty, though its log is not", connectors.ErrDamaged, path)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return fmt.Errorf("others can read the registry, and that cannot be changed: %w", err)
		}
	}
	return nil
}

// create makes an empty file unless another program has just done so.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// exists reports whether a file is there and not empty.
func exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// address is the data source name of a file with a mode (SQLite's URI
// parameter) and pragmas, which are applied in the order given.
func address(path, mode, lock string, pragmas ...string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("the registry's path cannot be used: %w", err)
	}
	slashed := filepath.ToSlash(absolute)
	if !strings.HasPrefix(slashed, "/") { // C:/…
		slashed = "/" + slashed
	}
	query := url.Values{"mode": {mode}, "_pragma": pragmas, "_error_rc": {"1"}}
	if lock != "" {
		query.Set("_txlock", lock)
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: query.Encode()}).String(), nil
}
