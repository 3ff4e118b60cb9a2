//go:build postgres && linux

package postgres

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/registrytest"
	"fairlead/keyring"
	"fairlead/secret"
)

// smallDisk is a disk of the server's own, of so many bytes. Only who may mount
// has one: where that is refused, as in a container without the right, the test
// cannot be made, and says so.
func smallDisk(t *testing.T, size int) string {
	t.Helper()
	path, err := server.Folder("small")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(path) })
	switch err := syscall.Mount("none", path, "tmpfs", 0, fmt.Sprintf("size=%d,mode=0700", size)); {
	case errors.Is(err, syscall.EPERM), errors.Is(err, syscall.EACCES):
		t.Skipf("a full disk needs a small one, and nobody here may mount it: %v", err)
	case err != nil:
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(path, 0); err != nil {
			t.Error(err)
		}
	})
	below := filepath.Join(path, "pg") // a tablespace is an empty folder of the server's
	if err := errors.Join(os.Mkdir(below, 0o700), server.Own(path), server.Own(below)); err != nil {
		t.Fatal(err)
	}
	return below
}

// occupy fills a disk but for little, and returns what makes room again.
func occupy(t *testing.T, folder string) (room func()) {
	t.Helper()
	path := filepath.Join(folder, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(f, zeros{})
	if closed := f.Close(); !errors.Is(err, syscall.ENOSPC) || closed != nil {
		t.Fatalf("the disk does not become full: %v, %v", err, closed)
	}
	const little = 512 << 10
	if at, err := os.Stat(path); err != nil || os.Truncate(path, at.Size()-little) != nil {
		t.Fatal("no little room can be left", err)
	}
	return func() {
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

// unpackable is a text that no compression makes shorter than half.
func unpackable(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, n)
	for i := range text {
		text[i] = byte('0' + random.IntN(75))
	}
	return string(text)
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestTheDiskIsFull lets the database's disk become full while a keeper creates,
// rotates and deletes. What was acknowledged stays, what was refused leaves
// nothing, and the error says why and what to do.
func TestTheDiskIsFull(t *testing.T) {
	disk := smallDisk(t, 48<<20)
	execute(t, "postgres", "CREATE TABLESPACE small LOCATION '"+disk+"'")
	defer execute(t, "postgres", "DROP TABLESPACE small")
	execute(t, "postgres", "CREATE DATABASE full_disk TABLESPACE small")
	defer execute(t, "postgres", "DROP DATABASE full_disk")
	r := openAt(t, overTCP("full_disk", server.Port))
	defer func() { _ = r.Close() }()
	k := &connectors.Keeper{Registry: r, Keyring: keyring.Memory(), Session: keyring.Memory(), Holder: "me"}
	told := func(err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "the disk of the registry's database is full; make room and try again") {
			t.Errorf("got %v", err)
		}
		secretFree(t, fmt.Sprint(err))
	}
	made := map[string]string{}
	register := func(name string) (connectors.Connector, error) {
		in := registrytest.Exchange(name)
		in.Description = strings.Repeat("x", 900)
		c, err := k.Register(t.Context(), in, secret.New("of "+name))
		if err == nil {
			made[c.ID] = "of " + name
		}
		return c, err
	}
	first, err := register("first")
	if err != nil {
		t.Fatal(err)
	}
	room := occupy(t, filepath.Dir(disk))
	var full error
	for n := 0; full == nil && n < 2000; n++ {
		_, full = register(fmt.Sprint("c", n))
	}
	told(full)
	report := check.Report{Checks: []check.Result{{ID: "x", Title: "X", Verdict: check.Pass}}}
	report.Checks[0].Evidence = unpackable(200_000)
	_, err = k.Rotate(t.Context(), first, secret.New("new"), report)
	told(err)
	told(k.RecordTest(t.Context(), first.ID, report))

	if got, err := k.Get(t.Context(), first.ID); err != nil || got.Version != first.Version {
		t.Errorf("while the disk is full it reads version %d, %v", got.Version, err)
	}
	room()
	registrytest.RoomAgain(t, k, made)
}
