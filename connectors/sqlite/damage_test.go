package sqlite

import (
	"bytes"
	"errors"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/connectors"
)

func TestWhatIsNoRegistryIsRefusedAndKept(t *testing.T) {
	good := read(t, filled(t))
	header := good[:100]
	files := map[string][]byte{
		"text":            []byte("name,tenant\nContoso,contoso.com\n"),
		"one byte":        {0},
		"zero bytes":      make([]byte, 8192),
		"random":          randomBytes(1, 20_000),
		"header only":     header,
		"header and junk": append(bytes.Clone(header), randomBytes(2, 20_000)...),
		"cut short":       good[:len(good)/2/4096*4096],
		"odd length":      good[:len(good)/2+17],
		"pages zeroed":    overwrite(good, 4096, make([]byte, 5*4096)),
		"pages scrambled": overwrite(good, 3*4096, randomBytes(3, 4*4096)),
	}
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "connectors.db")
			write(t, path, data)
			if err := refused(t, path, connectors.ErrDamaged); !strings.Contains(err.Error(), path) {
				t.Errorf("the error does not name the file: %v", err)
			}
		})
	}
}

func randomBytes(seed uint64, n int) []byte {
	random := rand.New(rand.NewPCG(seed, 0))
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return data
}

func overwrite(data []byte, at int, with []byte) []byte {
	data = bytes.Clone(data)
	copy(data[at:], with)
	return data
}

// TestDamageNeverSpreads damages single places at random. Some are harmless;
// the others are refused, at the opening or when they are read.
func TestDamageNeverSpreads(t *testing.T) {
	good := read(t, filled(t))
	random := rand.New(rand.NewPCG(7, 7))
	refusals := 0
	for range 40 {
		dir := t.TempDir()
		path := filepath.Join(dir, "connectors.db")
		at := random.IntN(len(good) - 64)
		write(t, path, overwrite(good, at, randomBytes(random.Uint64(), 64)))
		before := contents(t, dir)
		r, err := Open(t.Context(), path)
		if err != nil {
			refusals++
			if !errors.Is(err, connectors.ErrDamaged) && !errors.Is(err, connectors.ErrNewerSchema) {
				t.Errorf("damaged at %d: %v", at, err)
			}
			if !maps.Equal(before, contents(t, dir)) {
				t.Errorf("damaged at %d: the file was changed", at)
			}
			continue
		}
		if _, err := r.List(t.Context()); err != nil && !errors.Is(err, connectors.ErrDamaged) {
			t.Errorf("damaged at %d, read: %v", at, err)
		}
		if err := r.Close(); err != nil {
			t.Errorf("damaged at %d, close: %v", at, err)
		}
	}
	if refusals == 0 {
		t.Error("no damage was found")
	}
}
