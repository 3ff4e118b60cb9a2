package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
	plain "fairlead/cli/screen"
)

// remedy is what stands below an opened row: for each diagnosis what is wrong,
// what to do, why it may be so and where to look; then what the server said.
// titled says that the first diagnosis stands at the top of the page already.
func remedy(r check.Result, titled bool, body *kit.Body) fyne.CanvasObject {
	column := kit.Column(kit.Gap3)
	for i, d := range r.Diagnoses {
		if i > 0 {
			column.Add(kit.Hairline())
		}
		column.Add(diagnosis(d, i > 0 || !titled))
	}
	if r.Evidence != "" {
		column.Add(evidence(r, body))
	}
	l := lookOfVerdict(r.Verdict)
	return kit.Inset(0, kit.Gap2, kit.Gap2, 36,
		kit.Edge(l.colour, kit.Inset(kit.Gap2, kit.Gap3, kit.Gap2, kit.Gap4, column)))
}

func diagnosis(d check.Diagnosis, title bool) fyne.CanvasObject {
	column := kit.Column(kit.Gap2)
	if title {
		column.Add(kit.Heading(d.Title))
	}
	if d.Remedy != "" {
		column.Add(kit.Markdown(d.Remedy))
	}
	if len(d.Likely) > 0 {
		var list strings.Builder
		for i, why := range d.Likely {
			fmt.Fprintf(&list, "%d. %s\n", i+1, kit.Sentence(why))
		}
		column.Add(kit.Column(2, kit.Heading("Why it may be so, the most likely first"), kit.Markdown(list.String())))
	}
	if d.Look != "" {
		column.Add(kit.Column(2, kit.Heading("Where to look"), kit.Markdown(d.Look)))
	}
	return column
}

// evidence is what the server said, hidden behind a button where there is a
// remedy to read first.
func evidence(r check.Result, body *kit.Body) fyne.CanvasObject {
	text := kit.Evidence(plain.Clean(strings.TrimSpace(r.Evidence)))
	if len(r.Diagnoses) == 0 {
		return kit.Column(kit.Gap1, kit.Small("What was seen"), text)
	}
	text.Hide()
	var button *kit.Button
	button = kit.NewSmallButton("Show what the server said", func() {
		words := map[bool]string{false: "Show what the server said", true: "Hide what the server said"}
		show(text, !text.Visible())
		button.SetText(words[text.Visible()])
		body.Settle()
		body.Reveal(text)
	})
	return kit.Column(kit.Gap1, kit.Row(kit.Top, 0, []float32{-1, 0}, kit.Inset(0, 0, 0, -kit.Gap2, button), kit.Column(0)), text)
}
