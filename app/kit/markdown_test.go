package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

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
