package page

import (
	"errors"
	"fmt"
	"time"
)

// Progress is what a running action or test tells of itself. The zero value takes
// back what was told.
type Progress struct {
	Text  string    // what is going on, one line
	Until time.Time // shown as a countdown; zero means none
	Link  string    // a web address that the person may open again or copy; empty means none
	Code  string    // a short code to type there, as for a device; empty means none
	// Paste, when set, offers a field for the final address that the browser
	// shows ("No browser here?"). It hands in what was pasted and returns what
	// is wrong with it. It is quick, and may be called from any goroutine for as
	// long as the action runs, and after.
	Paste func(string) error
}

// Errand is what a progress asks the person to do elsewhere. Front ends compare
// it to see whether they have to draw it anew.
type Errand struct {
	Link, Code string
	Paste      bool // there is an address to bring back
}

// Errand returns what is to be done elsewhere; the zero value is nothing.
func (p Progress) Errand() Errand { return Errand{Link: p.Link, Code: p.Code, Paste: p.Paste != nil} }

// Left says how much of the time is left, such as "4:32 left", or nothing where
// no end is known.
func (p Progress) Left(now time.Time) string {
	if p.Until.IsZero() {
		return ""
	}
	left := max(0, p.Until.Sub(now).Round(time.Second))
	return fmt.Sprintf("%d:%02d left", left/time.Minute, left%time.Minute/time.Second)
}

// Waiting is the error of an action where nothing is wrong, but somebody else
// must do something first, or time must pass. Front ends show it calmly, with
// the verb to look again. The draft can be resumed days later, so that Changes
// that come with it are taken in, where those of other errors are dropped.
type Waiting struct {
	Since time.Time // when the wait began
	// Every is how often the window looks again by itself until it is closed, also
	// once the page was left; zero means never.
	Every time.Duration
	Field string // the key of the field whose answer ends the wait; may be empty
	Why   error  // what is waited for: "an administrator has to grant the permissions"
}

func (w *Waiting) Error() string { return w.Why.Error() }

// Headline says since when: "Waiting since 14:02", with the day where that is
// not today.
func (w *Waiting) Headline(now time.Time) string {
	since := w.Since.Local()
	form := "15:04"
	if day := "2006-01-02"; since.Format(day) != now.Local().Format(day) {
		form = "2 January, 15:04"
	}
	return "Waiting since " + since.Format(form)
}

func (w *Waiting) Unwrap() error { return w.Why }

// waiting returns the [Waiting] in an error, or nil.
func waiting(err error) *Waiting {
	w, _ := errors.AsType[*Waiting](err)
	return w
}
