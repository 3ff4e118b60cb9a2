package fairlead_test

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// forbidden are functions of the toolkit that do harm on Windows.
var forbidden = map[string]string{
	"SendNotification": "it runs a PowerShell script that its text becomes a part of",
	"OpenURL":          "it cuts long addresses; oauth.SystemBrowser does not",
}

// TestForbiddenCalls holds the window to what the toolkit does well.
func TestForbiddenCalls(t *testing.T) {
	for _, folder := range []string{"app", "cmd"} {
		err := fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(name, ".go") {
				return err
			}
			src, err := fs.ReadFile(os.DirFS(folder), name)
			if err != nil {
				return err
			}
			files := token.NewFileSet()
			var s scanner.Scanner
			s.Init(files.AddFile(name, -1, len(src)), src, nil, 0)
			for {
				at, tok, text := s.Scan()
				if tok == token.EOF {
					return nil
				}
				if why := forbidden[text]; tok == token.IDENT && why != "" {
					t.Errorf("%s/%s: %s: %s", folder, files.Position(at), text, why)
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
