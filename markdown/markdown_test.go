package markdown

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"one line", "one line"},
		{"two\nlines\n\nand more", "two lines|and more"},
		{"text\n- a\n- b\n  goes on\n\nmore", "text|•0 a, •0 b goes on|more"},
		{"1. a\n2) b\n   - deeper", "1.0 a, 2)0 b, •1 deeper"},
		{"- a\n\n- b", "•0 a, •0 b"},
		{"# Head\ntext", "HEAD|text"},
		{"text\n# Head", "text|HEAD"},
		{"-no list\n*nor this*", "-no list |I:nor this"},
		{"a\r\nb", "a b"},
		{"\n \n", ""},
		{"say\n\n```powershell\nGet-X |\n  Format-List\n```\nthen", "say|```Get-X |\n  Format-List|then"},
		{"- do\n  ```\n  Get-X\n  ```", "•0 do|```Get-X"},
		{"```\nnever closed", "```never closed"},
	} {
		var blocks []string
		for _, b := range Parse(c.text) {
			blocks = append(blocks, show(b))
		}
		if got := strings.Join(blocks, "|"); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}

func show(b Block) string {
	switch {
	case b.Code != "":
		return "```" + b.Code
	case b.Heading:
		return strings.ToUpper(showSpans(b.Spans))
	case b.Entries == nil:
		return showSpans(b.Spans)
	}
	var entries []string
	for _, e := range b.Entries {
		entries = append(entries, e.Mark+string(rune('0'+e.Indent))+" "+showSpans(e.Spans))
	}
	return strings.Join(entries, ", ")
}

func showSpans(spans []Span) string {
	styles := map[Style]string{Bold: "B:", Italic: "I:", Code: "M:"}
	var texts []string
	for _, s := range spans {
		texts = append(texts, styles[s.Style]+s.Text)
	}
	return strings.Join(texts, "|")
}

func TestInline(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"plain", "plain"},
		{"a **bold** and *stressed* word", "a |B:bold| and |I:stressed| word"},
		{"type `Get-Thing -X *` here", "type |M:Get-Thing -X *| here"},
		{"[the guide](https://example.com/a) says", "the guide (https://example.com/a)| says"},
		{"![x](http://192.0.2.1/x.png)", "x (http://192.0.2.1/x.png)"},
		{"2 * 3 * 4", "2 * 3 * 4"},
		{"**open", "**open"},
		{"", ""},
	} {
		if got := showSpans(Inline(c.text)); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}

// FuzzParse takes whatever a server may say: no block is empty.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"- [ ] ![x](http://192.0.2.1/x.png)", "**bold** `code`\n```\nx\n```", "1. a\n\t* b", "# \n", "`", "*", "[]("} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, b := range Parse(text) {
			if b.Code == "" && b.Entries == nil && b.Spans == nil {
				t.Errorf("%q has an empty block", text)
			}
		}
	})
}
