package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fairlead/app/kit"
	"fairlead/assets"
	"fairlead/lab"
)

// The widths of what stands at the left: of the window, and of a wizard.
const (
	sideWidth float32 = 180
	railWidth float32 = 220
)

// sideBar stands at the left of everything but a wizard. It lists the places
// that there are.
func (a *App) sideBar(place string) fyne.CanvasObject {
	mark := canvas.NewImageFromResource(fyne.NewStaticResource("icon.svg", assets.Icon()))
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(20))
	brand := kit.Row(kit.Middle, kit.Gap2, []float32{20, 0}, mark, kit.Heading("Fairlead"))
	places := kit.Column(kit.Gap1,
		kit.Inset(kit.Gap1, 0, kit.Gap3, kit.Gap3, brand),
		kit.NewStep(kit.StepLook{Text: "Connectors", Current: place == "connectors"}, func() { a.showList("") }),
	)
	return kit.Inset(kit.Gap4, kit.Gap3, kit.Gap3, kit.Gap3, kit.Ends(places, a.labBox(false)))
}

// labBox says that nothing here is real, and in a wizard what a newcomer may
// type. Outside the lab it is empty.
func (a *App) labBox(sample bool) fyne.CanvasObject {
	if a.world.Lab == nil {
		return kit.Column(0)
	}
	line := func(text string, bold bool) fyne.CanvasObject {
		span := kit.SmallSpan(text, kit.Warns)
		span.Bold = bold
		return kit.NewText(span)
	}
	text := kit.Column(0, line("LAB", true), line("Simulated Exchange. Nothing leaves this computer.", false))
	if sample {
		text.Add(kit.Inset(kit.Gap1, 0, 0, 0, kit.Column(0,
			line("Account", true), line(lab.Address, false),
			line("Password", true), line(lab.Password, false),
			line("Mailbox", true), line(lab.Mailbox, false),
		)))
	}
	return kit.Outline(kit.Warns, kit.Inset(kit.Gap2, kit.Gap3, kit.Gap2, kit.Gap3, text))
}
