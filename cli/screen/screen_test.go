package screen

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fairlead/check"
	"fairlead/wizard/page"
)

var update = flag.Bool("update", false, "write the golden files anew")

func plainScreen() (*Screen, *bytes.Buffer) {
	var out bytes.Buffer
	return New(&out, func(string) string { return "" }), &out
}

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "a b\nc", "a b\nc"},
		{"colours", "\x1b[31mred", "\uFFFD[31mred"},
		{"return", "good\rbad", "good\uFFFDbad"},
		{"Windows line", "a\r\nb", "a\nb"},
		{"tab", "a\tb", "a    b"},
		{"C1", "a\u009b31mb", "a\uFFFD31mb"},
		{"direction", "abc\u202edef\u2066", "abcdef"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
		{"accents", "Zürich ✓", "Zürich ✓"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Clean(test.in); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"short", "one two", "- one two\n"},
		{"long", "one two three four five", "- one two\n  three four\n  five\n"},
		{"a word that does not fit", "a incomprehensibilities b", "- a\n  incomprehensibilities\n  b\n"},
		{"lines stay", "one\n\ntwo", "- one\n\n  two\n"},
		{"empty", "", "-\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := wrap(test.in, 13, "- ", "  "); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestMarkdown(t *testing.T) {
	s, out := plainScreen()
	s.Markdown("  ", "# Turn it on\n\nOn **each** server, run this in the\n*Management Shell* (see [the page](https://x.example/a)):\n\n"+
		"```powershell\nSet-WebServicesVirtualDirectory -Identity \"EX01\\EWS*\" -BasicAuthentication $true -WhatIf:$false -Confirm\n\tindented\n```\n"+
		"- first `*code*` here\n- second, which is long enough to go over the end of the line and so must hang under itself\n1. one\n")
	want := `  Turn it on

  On each server, run this in the Management Shell (see the page
  (https://x.example/a)):

      Set-WebServicesVirtualDirectory -Identity "EX01\EWS*" -BasicAuthentication $true -WhatIf:$false -Confirm
          indented
  - first ` + "`*code*`" + ` here
  - second, which is long enough to go over the end of the line and so must hang
    under itself
  1. one
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func report() check.Report {
	return check.Report{Took: 1240 * time.Millisecond, Checks: []check.Result{
		{ID: "name", Title: "Name", Verdict: check.Pass, Summary: "203.0.113.7 and 203.0.113.8", Took: 300 * time.Microsecond},
		{
			ID: "certificate", Title: "Certificate", Verdict: check.Warn, Took: 12 * time.Millisecond,
			Summary: "public authority, but only 9 days are left of it and that is not long", Evidence: "CN=mail\nnot after: soon",
			Diagnoses: []check.Diagnosis{{Code: "certificate-ends-soon", Title: "The certificate ends in 9 days", Verdict: check.Warn, Remedy: "Renew it."}},
		},
		{
			ID: "basic", Title: "Basic sign-in", Verdict: check.Fail, Took: 1200 * time.Millisecond, Summary: "offers NTLM \x1b[31m",
			Diagnoses: []check.Diagnosis{{
				Code: "basic-not-offered", Title: "Basic sign-in is not offered", Verdict: check.Fail,
				Likely: []string{"It is switched off on the server that answered, which may be another one than you think.", "A proxy takes it out."},
				Remedy: "Run:\n\n```\nSet-WebServicesVirtualDirectory -BasicAuthentication $true\n```", Look: "The IIS log.",
			}},
		},
		{ID: "mailbox", Title: "Mailbox check", Verdict: check.Skip, Summary: "skipped: needs Basic sign-in"},
	}}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(file, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReport(t *testing.T) {
	s, out := plainScreen()
	s.Verdicts(report())
	s.Diagnosis(report())
	s.Evidence(report())
	golden(t, "report.txt", out.String())
	for line := range strings.Lines(out.String()) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > MaxWidth {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Error("an escape sequence went through")
	}
}

func TestRowsStream(t *testing.T) {
	var out bytes.Buffer
	s := &Screen{w: &out, width: MaxWidth, live: true}
	rows := s.Rows([]check.Row{{ID: "a", Title: "Name"}, {ID: "b", Title: "Port"}})
	rows.Show(check.Event{ID: "a"})
	rows.Show(check.Event{ID: "b"})
	rows.Show(check.Event{ID: "a", Result: &check.Result{ID: "a", Title: "Name", Verdict: check.Pass}})
	if want := clearLine + "… Name" + clearLine + "… Name, Port" + clearLine + "✓ pass  Name    <1 ms\n" + clearLine + "… Port"; out.String() != want {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
}

func TestColour(t *testing.T) {
	var out bytes.Buffer
	s := &Screen{w: &out, width: MaxWidth, colour: true}
	s.Say(check.Fail, "It leaks.")
	if want := "\x1b[31m✕\x1b[0m It leaks.\n"; out.String() != want {
		t.Errorf("got %q", out.String())
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{"```", "`a", "**", "- ", "[a](b", "\x1b[2J", "1. a\n```\n\tb", strings.Repeat("x ", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, out := plainScreen()
		s.Markdown("  ", text)
		if strings.ContainsAny(out.String(), "\x1b\r\a") || !utf8.Valid(out.Bytes()) {
			t.Errorf("%q became %q", text, out)
		}
	})
}

// TestErrand: what is to be selected stands alone on its line, and moves nothing.
func TestErrand(t *testing.T) {
	long := "https://login.example/?" + strings.Repeat("scope=openid&", 20)
	s, out := plainScreen()
	s.Errand(page.Errand{Link: long, Code: "GK7\x1b[2J", Paste: true})
	want := "\nOpen this address in a browser, unless it is open there already:\n" + long +
		"\n\nType this code there:\nGK7\uFFFD[2J\n"
	if out.String() != want {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
	s, out = plainScreen()
	s.Errand(page.Errand{})
	s.Block("  ", "a \n\n  b\x1b[2J\n")
	if want := "  a\n\n    b\uFFFD[2J\n"; out.String() != want {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
}
