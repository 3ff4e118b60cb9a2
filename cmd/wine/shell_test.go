//go:build wine

package wine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestShell redirects what the console program says by wine's cmd: completions for
// PowerShell, and text that is UTF-8 whatever the code page of the console is.
func TestShell(t *testing.T) {
	t.Parallel()
	b := newBottle(t, "")
	ctl := "Z:" + strings.ReplaceAll(filepath.Join(programs(t), "fairleadctl.exe"), "/", `\`)
	for _, c := range []struct{ args, wants string }{
		{"completion powershell", "Register-ArgumentCompleter -CommandName 'fairleadctl'"},
		{"test --help", "fairleadctl test NAME…"},
	} {
		for _, page := range []string{"437", "65001"} {
			file := filepath.Join(b.home, "said.txt")
			b.must(b.command(nil, "cmd", "/c", "chcp "+page+" >nul & "+ctl+" "+c.args+` > Z:`+strings.ReplaceAll(file, "/", `\`)))
			data, err := os.ReadFile(file)
			if err != nil || !strings.Contains(string(data), c.wants) {
				t.Errorf("with code page %s, %s does not say %q: %v\n%.400s", page, c.args, c.wants, err, data)
			}
		}
	}
}
