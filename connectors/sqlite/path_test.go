package sqlite

import (
	"path/filepath"
	"runtime"
	"testing"
)

func TestDataDir(t *testing.T) {
	tests := []struct {
		goos, home string
		env        map[string]string
		want       string
	}{
		{"linux", "/home/u", nil, "/home/u/.local/share/fairlead"},
		{"linux", "/home/u", map[string]string{"XDG_DATA_HOME": "/data"}, "/data/fairlead"},
		{"linux", "/home/u", map[string]string{"XDG_DATA_HOME": "relative"}, "/home/u/.local/share/fairlead"},
		{"linux", "", map[string]string{"XDG_DATA_HOME": "/data"}, "/data/fairlead"},
		{"linux", "", nil, ""},
		{"freebsd", "/home/u", nil, "/home/u/.local/share/fairlead"},
		{"darwin", "/Users/u", map[string]string{"XDG_DATA_HOME": "/data"}, "/Users/u/Library/Application Support/Fairlead"},
		{"windows", "/Users/u", map[string]string{"LOCALAPPDATA": "/Users/u/AppData/Local"}, "/Users/u/AppData/Local/Fairlead"},
		{"windows", "/Users/u", nil, "/Users/u/AppData/Local/Fairlead"},
		{"windows", "", nil, ""},
	}
	for _, tt := range tests {
		if runtime.GOOS == "windows" && tt.env["XDG_DATA_HOME"] == "/data" && tt.goos != "darwin" {
			continue // no absolute path there
		}
		got, err := dataDir(tt.goos, func(name string) string { return tt.env[name] }, tt.home)
		if filepath.ToSlash(got) != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%s, home %q, %v: %q, %v; want %q", tt.goos, tt.home, tt.env, got, err, tt.want)
		}
	}
	if path, err := DefaultPath(); err == nil && filepath.Base(path) != "connectors.db" {
		t.Errorf("the default is %q", path)
	}
}
