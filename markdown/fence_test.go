package markdown

import (
	"strings"
	"testing"
)

func TestSplitCode(t *testing.T) {
	for _, c := range []struct {
		markdown string
		want     []fenced
	}{
		{"just text", []fenced{{false, "just text"}}},
		{"before\n\n```powershell\nGet-Thing\n```\n\nafter", []fenced{{false, "before"}, {true, "Get-Thing"}, {false, "after"}}},
		{"1. Do:\n   ```\n   one\n     two\n   ```\n2. Then", []fenced{{false, "1. Do:"}, {true, "one\n  two"}, {false, "2. Then"}}},
		{"never closed\n```\ncode", []fenced{{false, "never closed"}, {true, "code"}}},
		{"```\n```", nil},
		{"", nil},
	} {
		got := splitCode(c.markdown)
		if len(got) != len(c.want) {
			t.Errorf("%q becomes %v", c.markdown, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q becomes %v, want %v", c.markdown, got[i], c.want[i])
			}
		}
	}
}

// FuzzSplitCode wants every word of a text back, in one block or another.
func FuzzSplitCode(f *testing.F) {
	for _, seed := range []string{"a\n```\nb\n```\nc", "```", "\t```x\n\ty", "a\r\n```\r\nb", "``` ```\n```"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		var all strings.Builder
		for _, b := range splitCode(markdown) {
			all.WriteString(b.text + "\n")
		}
		for line := range strings.Lines(markdown) {
			if strings.HasPrefix(strings.TrimLeft(line, " \t"), "```") {
				continue // a fence
			}
			for _, word := range strings.Fields(line) {
				if !strings.Contains(all.String(), word) {
					t.Errorf("%q loses %q", markdown, word)
				}
			}
		}
	})
}
