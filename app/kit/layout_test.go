package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// TestTextGetsTheHeightOfItsWidth lays a column out once, and wants everything
// to stand where it belongs.
func TestTextGetsTheHeightOfItsWidth(t *testing.T) {
	long := strings.Repeat("word ", 60)
	one, two := Quiet(long), Plain("short")
	column := Column(Gap2, Card(Inset(Gap2, Gap2, Gap2, Gap2, one)), two)
	window(t, container.NewWithoutLayout(column), 300, 800)
	column.Resize(fyne.NewSize(300, 800))
	lines := one.MinSize().Height / two.MinSize().Height
	if lines < 4 {
		t.Errorf("a long text takes %.1f lines", lines)
	}
	if want := one.MinSize().Height + 2*Gap2 + 2 + Gap2; two.Position().Y != want {
		t.Errorf("what follows stands at %v, want %v", two.Position().Y, want)
	}
	column.Resize(fyne.NewSize(600, 800))
	if got := one.MinSize().Height / two.MinSize().Height; got >= lines {
		t.Errorf("twice as wide, the text takes %.1f lines, and took %.1f", got, lines)
	}
}

func TestRowShares(t *testing.T) {
	a, b, c := Plain("a"), Plain("b"), NewButton("Go", Primary, nil)
	row := Row(Middle, 10, []float32{50, 0, -1}, a, b, c)
	window(t, container.NewWithoutLayout(row), 400, 100)
	row.Resize(fyne.NewSize(300, 36))
	if a.Size().Width != 50 || c.Size().Width != c.MinSize().Width || c.Position().X+c.Size().Width != 300 {
		t.Errorf("widths %v %v %v", a.Size(), b.Size(), c.Size())
	}
	a.Hide()
	row.Refresh()
	if b.Position().X != 0 {
		t.Errorf("the place of what is hidden stays empty: %v", b.Position())
	}
}

func TestBodyRevealsWhatHasTheKeyboard(t *testing.T) {
	column := Column(0)
	var last *Button
	for range 40 {
		last = NewButton("Go", Secondary, nil)
		column.Add(last)
	}
	b := NewBody(column)
	w := window(t, b, 200, 300)
	b.Reveal(last)
	bottom := fyne.CurrentApp().Driver().AbsolutePositionForObject(last).Y + last.Size().Height
	if bottom > 300 {
		t.Errorf("the last button ends at %v of 300", bottom)
	}
	b.Page(false)
	b.Page(false)
	b.Reveal(column.Objects[0])
	if b.scroll.Offset.Y != 0 {
		t.Errorf("the first button is out of sight by %v", b.scroll.Offset.Y)
	}
	b.Page(true)
	if b.scroll.Offset.Y == 0 {
		t.Error("Page down does not move")
	}
	b.Reveal(NewButton("elsewhere", Secondary, nil)) // not inside: nothing happens
	_ = w
}

// TestBodyFollowsTheKeyboard down and up to whatever takes it, without a word to the
// body, also to what was put in later, and is at the top for the first.
func TestBodyFollowsTheKeyboard(t *testing.T) {
	column, inner := Column(0, Plain("Above")), Column(0)
	password := NewPassword()
	for i := range 40 {
		inner.Add(NewButton("Go", Secondary, nil))
		if i == 20 {
			inner.Add(password)
		}
	}
	tabs := NewTabs([]string{"One", "Two"}, func(int) {})
	column.Add(tabs.Box)
	column.Add(Card(inner))
	b := NewBody(column)
	w := window(t, b, 200, 300)
	late := NewButton("Late", Secondary, nil)
	inner.Add(late)
	b.Settle()
	seen := func(what string, o fyne.CanvasObject) {
		t.Helper()
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
		if y < 0 || y+o.Size().Height > 300 {
			t.Errorf("%s stands at %v", what, y)
		}
	}
	Focus(late)
	seen("what came late", late)
	Focus(password.show)
	seen("the button of a password", password.show)
	for range 45 {
		w.Canvas().FocusNext()
		seen("what Tab leads to", w.Canvas().Focused().(fyne.CanvasObject))
	}
	Focus(late)
	tabs.Focus(1)
	seen("a tab", tabs.tabs[1])
	Focus(late)
	if !FocusFirst(column) || w.Canvas().Focused() != fyne.Focusable(tabs.tabs[0]) {
		t.Errorf("%T is the first", w.Canvas().Focused())
	}
	if b.scroll.Offset.Y != 0 {
		t.Errorf("the first leaves %v above out of sight", b.scroll.Offset.Y)
	}
	if FocusFirst(nil) || FocusFirst(Column(0, Plain("Nothing"))) {
		t.Error("what holds nothing gives something the keyboard")
	}
}

func TestClampLines(t *testing.T) {
	fits := func(line string) bool { return len([]rune(line)) <= 10 }
	for _, c := range []struct {
		text string
		want []string
	}{
		{"short", []string{"short"}},
		{"", []string{""}},
		{"two lines fit", []string{"two lines", "fit"}},
		{"three lines do not fit at all", []string{"three", "lines do…"}},
		{"unbreakableword", []string{"unbreakab…"}},
		{"unbreakableword more", []string{"unbreakab…", "more"}},
	} {
		if got := clampLines(c.text, 10, fits); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}

func TestCode(t *testing.T) {
	o := Code("Get-Thing")
	window(t, o, 300, 60)
	button := o.(*Panel).content.(*fyne.Container).Objects[0].(*fyne.Container).Objects[1].(*Button)
	test.Tap(button)
	if got := fyne.CurrentApp().Clipboard().Content(); got != "Get-Thing" || button.Text() != "Copied" {
		t.Errorf("the clipboard holds %q, the button says %q", got, button.Text())
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "this is wrong": "This is wrong.", "Done.": "Done.", "why?": "Why?", "über": "Über.",
	} {
		if got := Sentence(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestStepStaysInItsRail has a text that is too long for where it stands.
func TestStepStaysInItsRail(t *testing.T) {
	s := NewStep(StepLook{Text: strings.Repeat("long ", 20), Shape: ShapeTodo, Mark: Muted}, nil)
	window(t, container.NewWithoutLayout(s), 400, 100)
	s.Resize(fyne.NewSize(196, 32))
	for _, o := range test.WidgetRenderer(s).Objects() {
		if label, ok := o.(*canvas.Text); ok && label.Position().X+label.MinSize().Width > 196 {
			t.Errorf("%q is wider than the rail", label.Text)
		}
	}
}
