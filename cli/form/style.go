package form

import (
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"fairlead/cli/screen"
)

// styles use the terminal's own palette, as package screen does, so that both dark and
// light grounds work. A state is never shown by colour alone: what is chosen has a
// mark, where one stands has an arrow.
func (a Asker) styles() *huh.Styles {
	t := huh.ThemeBase(false)
	t.Focused.Base = lipgloss.NewStyle()
	t.Focused.Card, t.Blurred.Base, t.Blurred.Card = t.Focused.Base, t.Focused.Base, t.Focused.Base
	t.Focused.SelectSelector = t.Focused.SelectSelector.SetString("› ")
	t.Focused.MultiSelectSelector = t.Focused.MultiSelectSelector.SetString("› ")
	t.Focused.SelectedPrefix = lipgloss.NewStyle().SetString("[x] ")
	t.Focused.UnselectedPrefix = lipgloss.NewStyle().SetString("[ ] ")
	t.Focused.ErrorIndicator = lipgloss.NewStyle()
	t.Focused.ErrorMessage = lipgloss.NewStyle().SetString(screen.Fail)
	t.Focused.TextInput.Prompt = lipgloss.NewStyle()
	if !a.Colour {
		plain(t)
		return t
	}
	accent, fails := lipgloss.Cyan, lipgloss.Red
	t.Focused.Title = t.Focused.Title.Bold(true)
	t.Focused.Description = t.Focused.Description.Faint(true)
	t.Focused.SelectSelector = t.Focused.SelectSelector.Foreground(accent)
	t.Focused.MultiSelectSelector = t.Focused.MultiSelectSelector.Foreground(accent)
	t.Focused.SelectedPrefix = t.Focused.SelectedPrefix.Foreground(accent)
	t.Focused.ErrorMessage = t.Focused.ErrorMessage.Foreground(fails)
	t.Focused.TextInput.Placeholder = lipgloss.NewStyle().Faint(true)
	buttons(t)
	faint := lipgloss.NewStyle().Faint(true)
	t.Help.ShortKey, t.Help.ShortDesc, t.Help.ShortSeparator = faint, faint, faint
	t.Blurred = t.Focused
	return t
}

// plain leaves all colour out, for NO_COLOR.
func plain(t *huh.Styles) {
	t.Focused.TextInput.Placeholder = lipgloss.NewStyle()
	buttons(t)
	t.Help.ShortKey, t.Help.ShortDesc, t.Help.ShortSeparator = lipgloss.NewStyle(), lipgloss.NewStyle(), lipgloss.NewStyle()
	t.Blurred = t.Focused
}

// buttons shows the one that has the keyboard reversed, which every palette can, and
// with an arrow.
func buttons(t *huh.Styles) {
	t.Focused.FocusedButton = t.Focused.FocusedButton.UnsetBackground().UnsetForeground().Reverse(true).SetString("›")
	t.Focused.BlurredButton = t.Focused.BlurredButton.UnsetBackground().UnsetForeground()
}
