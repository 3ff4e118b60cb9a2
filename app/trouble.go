package app

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/keyring"
)

// trouble is an error as a person reads it: what happened, the likely cause,
// what to do, and the raw cause for support.
type trouble struct {
	What, Cause, Do string
	Details         string
	Verb            string // on a button that leads to where it is mended; may be empty
	Then            func() // what that button does
}

// explain puts an error into words. What says what did not happen, as a
// sentence.
func explain(what string, err error) trouble {
	t := trouble{What: what, Details: err.Error()}
	if rule, ok := errors.AsType[*connectors.RuleError](err); ok {
		t.Cause, t.Do, t.Details = rule.Reason, rule.Hint, ""
		return t
	}
	for _, known := range []struct {
		kind      error
		cause, do string
	}{
		{
			connectors.ErrNewerSchema, "A newer version of Fairlead wrote the registry.",
			"Start the newer version. This one leaves the registry as it is.",
		},
		{
			connectors.ErrDamaged, "The registry's file is damaged, or is not a registry.",
			"Put a copy from a backup in its place, or move it away to begin with an empty registry. Fairlead never overwrites it.",
		},
		{
			connectors.ErrUnreachable, "The registry's database does not answer.",
			"See that it runs and that the network reaches it, then try again.",
		},
		{
			connectors.ErrNotFound, "It is not there any more: another window or the terminal has deleted it.",
			"Go back to the list; it is read anew.",
		},
		{
			connectors.ErrSecretLeft, "The keyring did not let go of the password.",
			"Nothing: Fairlead removes it at its next start, once the keyring can be used.",
		},
		{keyring.ErrLocked, "The keyring is locked.", "Unlock it, then try again."},
		{
			keyring.ErrTimeout, "The keyring did not answer. It may be waiting for a password in another window.",
			"Look for that window, then try again.",
		},
		{keyring.ErrDenied, "The keyring refused access.", "Allow Fairlead to use it, then try again."},
		{
			keyring.ErrUnavailable, "No keyring can be reached from this session.",
			"Start the keyring, or sign in to a desktop session, then try again.",
		},
		{context.DeadlineExceeded, "There was no answer in time.", "Try again."},
		{context.Canceled, "It was stopped.", "Try again."},
	} {
		if errors.Is(err, known.kind) {
			t.Cause, t.Do = known.cause, known.do
			return t
		}
	}
	t.Cause = kit.Sentence(err.Error())
	t.Do = "Try again. If it stays so, send the details to whoever looks after this computer."
	return t
}

// showTrouble shows an error in a dialog.
func (a *App) showTrouble(t trouble) {
	var d *kit.Dialog
	shut := func() { d.Close() }
	buttons := []*kit.Button{kit.NewButton("Close", kit.Primary, shut)}
	if t.Verb != "" {
		buttons = []*kit.Button{kit.NewButton("Close", kit.Secondary, shut), kit.NewButton(t.Verb, kit.Primary, func() {
			shut()
			t.Then()
		})}
	}
	if t.Details != "" {
		copyAll := kit.NewButton("Copy details", kit.Subtle, func() {
			fyne.CurrentApp().Clipboard().SetContent(t.What + "\n" + t.Cause + "\n" + t.Details)
		})
		buttons = append([]*kit.Button{copyAll}, buttons...)
	}
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{Title: t.What, Content: t.content(), Buttons: buttons})
	a.trace("dialog:trouble")
}

// content is what stands below the title of a trouble.
func (t trouble) content() fyne.CanvasObject {
	column := kit.Column(kit.Gap2, kit.Plain(t.Cause))
	if t.Do != "" {
		column.Add(kit.Plain(t.Do))
	}
	if t.Details != "" && kit.Sentence(t.Details) != t.Cause {
		column.Add(kit.Column(kit.Gap1, kit.Small("Details"), kit.Evidence(t.Details)))
	}
	return column
}
