//go:build wine

package wine

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead"
)

// TestInstaller installs the MSI without a question, runs what it installed,
// and removes it again.
func TestInstaller(t *testing.T) {
	t.Parallel()
	b := newBottle(t, "")
	msi := packaged(t)
	folder := install(b, msi)
	if said := b.must(b.command(nil, filepath.Join(folder, "fairleadctl.exe"), "version")); !strings.Contains(said, fairlead.Version()) {
		t.Errorf("fairleadctl.exe says %q", said)
	}
	if !inMenu(t, b.prefix()) {
		t.Error("the menu has no Fairlead")
	}
	listed := func() bool {
		said := b.must(b.command(nil, "reg", "query", `HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall`, "/s"))
		return strings.Contains(said, "Fairlead")
	}
	if !listed() {
		t.Error("the list of programs has no Fairlead")
	}
	b.must(b.command(nil, "msiexec", "/x", msi, "/qn"))
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the folder was not removed: %v", err)
	}
	if inMenu(t, b.prefix()) {
		t.Error("the menu still has Fairlead")
	}
	if listed() {
		t.Error("the list of programs still has Fairlead")
	}
}

// inMenu looks for the shortcut, which wine puts into the menu of one user.
func inMenu(t *testing.T, prefix string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(filepath.Join(prefix, "drive_c"), func(path string, _ fs.DirEntry, err error) error {
		found = found || strings.HasSuffix(path, "/Start Menu/Programs/Fairlead.lnk")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestSoftware opens the installed window where there is no OpenGL but Mesa's,
// which came with the installer.
func TestSoftware(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "-extension", "GLX")
	d.env = append(d.env, overrides+";opengl32=n") // wine takes its own for any of that name, wherever it lies
	folder := install(d.bottle, packaged(t))
	said := d.must(d.command(nil, filepath.Join(folder, "fairlead.exe"), "--try-opengl", "--software"))
	if !strings.Contains(said, "softpipe") {
		t.Errorf("%q draws", said)
	}
	d.walk(filepath.Join(folder, "fairlead.exe"), "windows-software-list", "windows-software-services")
}

// packaged is the installer to try.
func packaged(t *testing.T) string {
	t.Helper()
	msi := os.Getenv("FAIRLEAD_MSI")
	if msi == "" {
		t.Fatal("FAIRLEAD_MSI names no installer; make packages builds one and sets it")
	}
	return `Z:` + msi
}

// install installs, and returns the folder with the programs.
func install(b *bottle, msi string) string {
	b.t.Helper()
	b.must(b.command(nil, "msiexec", "/i", msi, "/qn"))
	return filepath.Join(b.prefix(), "drive_c/Program Files/Fairlead")
}
