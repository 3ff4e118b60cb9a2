package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// errNoHome is about accounts that some services run under.
var errNoHome = errors.New("this account has no home folder, so that there is no place for the registry")

// DefaultPath is where the registry is kept on this system:
//
//   - Windows: %LOCALAPPDATA%\Fairlead, which does not roam, as secrets do not
//   - macOS: ~/Library/Application Support/Fairlead
//   - elsewhere: $XDG_DATA_HOME/fairlead or ~/.local/share/fairlead
//     (XDG Base Directory Specification)
func DefaultPath() (string, error) {
	home, _ := os.UserHomeDir() // empty where there is none
	dir, err := dataDir(runtime.GOOS, os.Getenv, home)
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "connectors.db"), nil
}

func dataDir(goos string, getenv func(string) string, home string) (string, error) {
	switch goos {
	case "windows":
		if local := getenv("LOCALAPPDATA"); local != "" {
			return filepath.Join(local, "Fairlead"), nil
		}
		return under(home, "AppData", "Local", "Fairlead")
	case "darwin":
		return under(home, "Library", "Application Support", "Fairlead")
	}
	if data := getenv("XDG_DATA_HOME"); filepath.IsAbs(data) { // a relative one is to be ignored
		return filepath.Join(data, "fairlead"), nil
	}
	return under(home, ".local", "share", "fairlead")
}

func under(home string, elements ...string) (string, error) {
	if home == "" {
		return "", errNoHome
	}
	return filepath.Join(append([]string{home}, elements...)...), nil
}
