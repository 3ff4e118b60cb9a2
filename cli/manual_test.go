package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestManual(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "man")
	p := &program{in: strings.NewReader(""), out: &bytes.Buffer{}, errOut: &bytes.Buffer{}, getenv: func(string) string { return "" }}
	if status := p.run([]string{"manual", folder}); status != 0 {
		t.Fatalf("status %d: %s", status, p.errOut)
	}
	pages := 0
	for _, cmd := range append(newRoot(&program{}).Commands(), newRoot(&program{})) {
		if cmd.Hidden {
			continue
		}
		pages++
		text, err := os.ReadFile(filepath.Join(folder, strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1"))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, want := range []string{".TH ", ".SH NAME", ".SH SYNOPSIS"} {
			if !bytes.Contains(text, []byte(want)) {
				t.Errorf("the page of %s has no %q", cmd.CommandPath(), want)
			}
		}
	}
	if pages < 15 {
		t.Errorf("only %d commands", pages)
	}
}

func TestQuiet(t *testing.T) {
	var out, errOut bytes.Buffer
	p := &program{in: strings.NewReader(""), out: &out, errOut: &errOut, getenv: func(string) string { return "" }}
	if status := p.run([]string{"list", "--quiet", "--lab", "--data", t.TempDir()}); status != 0 || out.Len()+errOut.Len() > 0 {
		t.Errorf("status %d, said %q and %q", status, &out, &errOut)
	}
	p = &program{in: strings.NewReader(""), out: &out, errOut: &errOut, getenv: func(string) string { return "" }}
	if status := p.run([]string{"show", "nobody", "-q", "--lab", "--data", t.TempDir()}); status != 1 || out.Len() > 0 || !strings.Contains(errOut.String(), "nobody") {
		t.Errorf("status %d, said %q and %q", status, &out, &errOut)
	}
}
