package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func TestParagraphs(t *testing.T) {
	for _, c := range []struct{ prose, want string }{
		{"one line", "one line"},
		{"two\nlines\n\nand more", "two lines|and more"},
		{"text\n- a\n- b\n  goes on\n\nmore", "text|•0 a, •0 b goes on|more"},
		{"1. a\n2) b\n   - deeper", "1.0 a, 2)0 b, •1 deeper"},
		{"- a\n\n- b", "•0 a, •0 b"},
		{"# Head\ntext", "HEAD|text"},
		{"-no list\n*nor this*", "-no list *nor this*"},
		{"a\r\nb", "a b"},
		{"\n \n", ""},
	} {
		var groups []string
		for _, g := range paragraphs(c.prose) {
			var entries []string
			for _, p := range g {
				text := p.text
				if p.bold {
					text = strings.ToUpper(text)
				}
				if p.mark != "" {
					text = p.mark + string(rune('0'+p.indent)) + " " + text
				}
				entries = append(entries, text)
			}
			groups = append(groups, strings.Join(entries, ", "))
		}
		if got := strings.Join(groups, "|"); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.prose, got, c.want)
		}
	}
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
		var spans []string
		for _, s := range inline(c.text, false) {
			switch {
			case s.Bold:
				s.Text = "B:" + s.Text
			case s.Italic:
				s.Text = "I:" + s.Text
			case s.Mono:
				s.Text = "M:" + s.Text
			}
			spans = append(spans, s.Text)
		}
		if got := strings.Join(spans, "|"); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}

// FuzzMarkdown draws whatever a server may say.
func FuzzMarkdown(f *testing.F) {
	test.NewTempApp(f).Settings().SetTheme(NewTheme())
	for _, seed := range []string{
		"- [ ] ![x](http://192.0.2.1/x.png)", "**bold** `code`\n```\nx\n```", "1. a\n\t* b", "| a |\n|---|", "# \n", "`", "*", "[](",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		o := Markdown(markdown)
		box := container.NewWithoutLayout(o)
		o.Resize(fyne.NewSize(300, 300))
		if box.MinSize().Height < 0 {
			t.Errorf("%q has no height", markdown)
		}
	})
}
