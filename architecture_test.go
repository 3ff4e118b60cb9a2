package fairlead_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
)

// layers are the folders from the bottom up. A folder imports only folders
// that stand before it, so that dependencies point one way.
var layers = []string{
	"fairlead/secret", "fairlead/logfile", "fairlead/markdown", "fairlead/network", "fairlead/dns", "fairlead/oauth", "fairlead/check", "fairlead/assets",
	"fairlead/keyring", "fairlead/wizard/page", "fairlead/connectors", "fairlead/lab", "fairlead/reminders",
	"fairlead/providers", "fairlead/domain", "fairlead/cli/screen", "fairlead/report", "fairlead/plan", "fairlead/wizard", "fairlead/workspace",
	"fairlead/doctor", "fairlead/cli", "fairlead/app", "fairlead/cmd",
}

// toolkit is the window's. Its folder app needs cgo and a display.
const toolkit = "fyne.io/fyne/v2"

// only says which folders may import a package that belongs in few places.
var only = map[string][]string{
	toolkit + "/app":                {"fairlead/cmd/fairlead"},
	toolkit:                         {"fairlead/app", "fairlead/cmd/fairlead"},
	"github.com/spf13/cobra":        {"fairlead/cli"},
	"modernc.org/sqlite":            {"fairlead/connectors"},
	"github.com/jackc/pgx/v5":       {"fairlead/connectors"},
	"github.com/zalando/go-keyring": {"fairlead/keyring"},
	"github.com/pkg/browser":        {"fairlead/oauth"},
	"charm.land":                    {"fairlead/cli/form"},
}

// layer returns the place of a package in the layers; the longest name counts.
func layer(pkg string) int {
	best := -1
	for i, name := range layers {
		if under(pkg, name) && (best < 0 || len(name) > len(layers[best])) {
			best = i
		}
	}
	return best
}

func under(pkg, folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }

func TestDependenciesPointOneWay(t *testing.T) {
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" ||
			d.Name() == "node_modules" || d.Name() == "tmp" || d.Name() == "bin"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := path.Join("fairlead", path.Dir(name))
		for _, spec := range file.Imports {
			checkImport(t, name, pkg, strings.Trim(spec.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkImport(t *testing.T, file, pkg, imported string) {
	t.Helper()
	for restricted, folders := range only {
		if !under(imported, restricted) {
			continue
		}
		allowed := false
		for _, folder := range folders {
			allowed = allowed || under(pkg, folder)
		}
		if !allowed {
			t.Errorf("%s imports %s, which belongs in %s", file, imported, strings.Join(folders, ", "))
		}
	}
	if !under(imported, "fairlead") || imported == "fairlead" {
		return
	}
	from, to := layer(pkg), layer(imported)
	if from < 0 {
		t.Errorf("%s: the folder %s has no place in the layers", file, pkg)
	}
	if to > from {
		t.Errorf("%s imports %s, which stands above it", file, imported)
	}
}
