package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// window shows an object in a window of a size.
func window(t *testing.T, o fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme())
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

func key(w fyne.Window, names ...fyne.KeyName) {
	for _, name := range names {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// ringShown reports whether a widget wears the focus ring: the last rectangle
// that it draws.
func ringShown(w fyne.Widget) bool {
	objects := test.WidgetRenderer(w).Objects()
	ring := objects[len(objects)-1].(*canvas.Rectangle)
	return ring.Visible() && ring.StrokeWidth == 2
}

func TestEverythingThatTakesTheKeyboardWearsARing(t *testing.T) {
	for name, w := range map[string]interface {
		fyne.Widget
		fyne.Focusable
	}{
		"button": NewButton("Go", Primary, nil), "small button": NewSmallButton("Copy", nil),
		"entry": NewEntry(), "password": NewPassword(), "choice": NewChoice(Radio, ChoiceText{Label: "One"}),
		"step": NewStep(StepLook{Text: "One"}, func() {}), "item": NewItem(ItemLook{Title: "One"}, true, nil),
		"picker": NewPicker([]string{"One", "Two"}, func(int) {}),
	} {
		t.Run(name, func(t *testing.T) {
			win := window(t, Inset(20, 20, 20, 20, w), 300, 120)
			if ringShown(w) {
				t.Error("it wears the ring without the keyboard")
			}
			win.Canvas().Focus(w)
			if !ringShown(w) {
				t.Error("it wears no ring with the keyboard")
			}
			win.Canvas().Unfocus()
			if ringShown(w) {
				t.Error("it keeps the ring")
			}
		})
	}
}

func TestButton(t *testing.T) {
	pressed := 0
	b := NewButton("Go", Primary, func() { pressed++ })
	w := window(t, b, 100, 40)
	w.Canvas().Focus(b)
	key(w, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace)
	test.Tap(b)
	if pressed != 4 {
		t.Errorf("pressed %d times, want 4", pressed)
	}
	b.Disable()
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Tap(b)
	if pressed != 4 {
		t.Error("a button that is switched off can be pressed")
	}
	if b.Cursor() != desktop.DefaultCursor {
		t.Error("a button that is switched off looks as if it could be pressed")
	}
}

// TestEntryHandsOnShortcuts is what Fyne's own entry does not do.
func TestEntryHandsOnShortcuts(t *testing.T) {
	e := NewEntry()
	var got fyne.Shortcut
	e.Keys = func(s fyne.Shortcut) bool {
		_, custom := s.(*desktop.CustomShortcut)
		if custom {
			got = s
		}
		return custom
	}
	w := window(t, e, 200, 40)
	w.Canvas().Focus(e)
	back := &desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}
	e.TypedShortcut(back)
	if got != fyne.Shortcut(back) {
		t.Error("the window does not get its shortcut")
	}
	test.Type(e, "abc")
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	if e.SelectedText() != "abc" {
		t.Error("the field does not get its own")
	}
}

func TestForget(t *testing.T) {
	e := NewPassword()
	told := ""
	e.OnChanged = func(text string) { told = text }
	w := window(t, e, 200, 40)
	w.Canvas().Focus(e)
	test.Type(e, "secret")
	test.Tap(e.show)
	if e.Password {
		t.Fatal("Show does not show")
	}
	e.Forget()
	if e.Text != "" || !e.Password || told != "secret" {
		t.Errorf("after Forget the field holds %q, hidden %v; the last news was %q", e.Text, e.Password, told)
	}
	e.TypedShortcut(&fyne.ShortcutUndo{})
	if e.Text == "secret" {
		t.Error("undo brings the password back")
	}
}

func TestDialog(t *testing.T) {
	under := NewButton("Under", Secondary, nil)
	w := window(t, under, 600, 400)
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			Escape(w.Canvas())
		}
	})
	w.Canvas().Focus(under)
	cancelled, done := 0, 0
	show := func() {
		var d *Dialog
		d = ShowDialog(w.Canvas(), DialogText{
			Title: "Sure?", Content: Plain("It goes."), Cancel: func() { cancelled++ },
			Buttons: []*Button{NewButton("No", Secondary, nil), NewButton("Yes", Primary, func() { d.Close(); done++ })},
		})
	}
	show()
	key(w, fyne.KeyEscape)
	if cancelled != 1 || w.Canvas().Overlays().Top() != nil {
		t.Error("Esc does not close the dialog")
	}
	if w.Canvas().Focused() != fyne.Focusable(under) {
		t.Error("the keyboard does not go back to where it was")
	}
	show()
	key(w, fyne.KeyReturn) // the last button has the keyboard
	if done != 1 || cancelled != 1 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("after Enter: done %d, cancelled %d", done, cancelled)
	}
	if Escape(w.Canvas()) {
		t.Error("Escape says that it closed a dialog where there is none")
	}
}

func TestShapesHaveFiles(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range []Shape{
		ShapePass, ShapeWarn, ShapeFail, ShapeSkip, ShapeTodo, ShapeNow, ShapeRunning, ShapeAttention, ShapeInfo, ShapeBarred,
		ShapeLater, ShapeMore, ShapeDown, ShapeUp, ShapeRight, ShapeRadioOff, ShapeRadioOn, ShapeBoxOff, ShapeBoxOn,
	} {
		if len(s.Resource(Ink).Content()) == 0 {
			t.Errorf("the shape %q has no file", s)
		}
	}
	if a, b := ShapePass.Resource(Works).Name(), ShapePass.Resource(Fails).Name(); a == b {
		t.Error("a shape has one name in two colours, so that Fyne would mix them up")
	}
}

func TestPaste(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"a word":           {"word", "word"},
		"a line":           {"word\r\n", "word"},
		"spaces at an end": {" word \n", " word "},
		"a file":           {strings.Repeat("ä", 1<<20), strings.Repeat("ä", mostPasted)},
		"a short file":     {strings.Repeat("a", 5000), strings.Repeat("a", mostPasted)},
	} {
		t.Run(name, func(t *testing.T) {
			e := NewEntry()
			w := window(t, e, 200, 40)
			w.Canvas().Focus(e)
			clipboard := fyne.CurrentApp().Clipboard()
			clipboard.SetContent(c.content)
			e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
			if e.Text != c.want {
				t.Errorf("the field holds %d bytes, want %d", len(e.Text), len(c.want))
			}
		})
	}
}
