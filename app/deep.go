package app

import (
	"fairlead/app/kit"
	"fairlead/providers"
)

// deepWords are on the button of the test in depth.
const deepWords = "Test in depth"

// deepQuestions says what a test in depth asks, since an administrator has to
// agree to it.
var deepQuestions = []string{
	"Whether old versions of TLS are still on.",
	"Whether NTLM takes the password too, also with the channel binding of Extended Protection.",
	"Whether 20 connections with several calls each reach the same server.",
	"Whether the account has a mailbox of its own, and when its password ends.",
}

// askDeep says what a test in depth does and runs it. Where leave is true, it
// asks for leave to fetch missing certificates as well.
func (a *App) askDeep(leave bool, run func(providers.TestOptions)) {
	o := providers.TestOptions{Deep: true}
	content := kit.Column(kit.Gap2, kit.Plain("The test asks more, and takes a little longer:"))
	for _, question := range deepQuestions {
		content.Add(kit.Plain("•  " + question))
	}
	content.Add(kit.Plain("The password is sent a few times more, to the same server. At most one sign-in may fail."))
	if leave {
		box := kit.NewChoice(kit.Box, kit.ChoiceText{
			Label: "Fetch certificates that the server left out",
			Note:  "From the address in its own certificate, over plain HTTP. It tells a missing certificate from an unknown authority.",
		})
		box.OnToggle = func() {
			o.FetchIssuers = !o.FetchIssuers
			box.Choose(o.FetchIssuers)
		}
		content.Add(kit.Choices(box))
	}
	var d *kit.Dialog
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: "Test in depth?", Content: content, Width: 560,
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }),
			kit.NewButton(deepWords, kit.Primary, func() {
				d.Close()
				run(o)
			}),
		},
	})
	a.trace("dialog:deep")
}
