package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fairlead/app/kit"
	"fairlead/assets"
	"fairlead/lab"
	"fairlead/lab/entra"
	simulated "fairlead/lab/google"
	"fairlead/providers"
	"fairlead/providers/exchange"
	"fairlead/providers/google"
	"fairlead/providers/microsoft365"
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
		kit.NewStep(kit.StepLook{Text: "Plan", Current: place == "plan"}, func() { a.showPlan(planSpot{}) }),
		kit.NewStep(kit.StepLook{Text: "Set-up", Current: place == "setup"}, func() { a.showSetup("") }),
		kit.NewStep(kit.StepLook{Text: "Clean-up", Current: place == "clean-up"}, a.showCleanUps),
	)
	return kit.Inset(kit.Gap4, kit.Gap3, kit.Gap3, kit.Gap3, kit.Ends(places, a.labBox(nil)))
}

// labBox says that nothing here is real, and in a wizard what a newcomer may type
// on the road to a platform. Outside the lab it is empty.
func (a *App) labBox(samples []providers.Detail) fyne.CanvasObject {
	if a.world.Lab == nil {
		return kit.Column(0)
	}
	line := func(text string, bold bool) fyne.CanvasObject {
		span := kit.SmallSpan(text, kit.Warns)
		span.Bold = bold
		return kit.NewText(span)
	}
	text := kit.Column(0, line("LAB", true), line("Simulated Exchange, Entra and Google. Nothing leaves this computer.", false))
	if len(samples) > 0 {
		list := kit.Column(0)
		for _, s := range samples {
			list.Add(line(s.Label, true))
			list.Add(line(s.Value, false))
		}
		text.Add(kit.Inset(kit.Gap1, 0, 0, 0, list))
	}
	return kit.Outline(kit.Warns, kit.Inset(kit.Gap2, kit.Gap3, kit.Gap2, kit.Gap3, text))
}

// labSamples are what works in the lab on the road to a platform. What is too long
// to type stands in the fields themselves.
func labSamples(provider string) []providers.Detail {
	switch provider {
	case exchange.ID:
		return []providers.Detail{{Label: "Account", Value: lab.Address}, {Label: "Password", Value: lab.Password}, {Label: "Mailbox", Value: lab.Mailbox}}
	case microsoft365.ID:
		tenant := entra.Tenants()[0]
		return []providers.Detail{{Label: "Tenant", Value: tenant.Domain}, {Label: "Administrator", Value: entra.Admin + "@" + tenant.Domain}}
	case google.ID:
		return []providers.Detail{{Label: "Customer ID", Value: simulated.CustomerID}, {Label: "Mailbox", Value: simulated.Mailbox}}
	}
	return nil
}
