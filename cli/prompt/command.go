package prompt

import (
	"bytes"

	"fairlead/cli/answers"
	"fairlead/wizard/page"
)

// sums reports whether a page sums up what was answered, so that it can be shown as a
// file of answers.
func (w *Wizard) sums(view page.View) bool {
	return w.Command != "" && view.Page.Action != nil && view.Page.Action.Commit
}

// asCommand shows the same as a command: the line, and the file of answers for it.
func (w *Wizard) asCommand() error {
	var file bytes.Buffer
	if err := answers.Write(&file, w.Journey, w.Command); err != nil {
		return err
	}
	w.Screen.Blank()
	w.Screen.Title("The same as a command")
	w.Screen.Text("Keep these lines as answers.yaml, and run the command in the second of them. No secret is in the file.")
	w.Screen.Blank()
	w.Screen.Block("", file.String())
	return nil
}
