package sqlite

import (
	"maps"
	"path/filepath"
	"testing"
)

// FuzzOpen opens files of any content. One that is refused stays as it is.
func FuzzOpen(f *testing.F) {
	good := read(f, filled(f))[:3*4096]
	for _, seed := range [][]byte{nil, {0}, []byte("SQLite format 3\x00"), good, good[:100], good[:4096], make([]byte, 1024)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, "connectors.db")
		write(t, path, data)
		before := contents(t, dir)
		r, err := Open(t.Context(), path)
		if err == nil {
			if err := r.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			return
		}
		if !maps.Equal(before, contents(t, dir)) {
			t.Errorf("the file was refused and changed: %v", err)
		}
	})
}
