package app

import "fairlead/app/kit"

// deepWords are on the button of the test in depth.
const deepWords = "Test in depth"

// deepAsks is what a test in depth of a provider asks; nothing where there is no
// such test.
func (a *App) deepAsks(provider string) []string {
	if p := a.world.Provider(provider); p != nil {
		return p.Info().Deep
	}
	return nil
}

// askDeep says what a test in depth asks, and runs it once that is agreed to.
func (a *App) askDeep(provider string, run func()) {
	content := kit.Column(kit.Gap2, kit.Plain("The test asks more, and takes a little longer:"))
	for _, question := range a.deepAsks(provider) {
		content.Add(kit.Plain("•  " + question))
	}
	var d *kit.Dialog
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: "Test in depth?", Content: content, Width: 560,
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }),
			kit.NewButton(deepWords, kit.Primary, func() {
				d.Close()
				run()
			}),
		},
	})
	a.trace("dialog:deep")
}
