package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fairlead/wizard/page"
)

const (
	signIn = "https://login.example/tenant/authorize?client_id=1"
	ended  = "http://127.0.0.1:5000/?code=once"
)

// fakeBrowser remembers what it was told to open.
type fakeBrowser struct {
	opened []string
	err    error
}

func (b *fakeBrowser) Open(_ context.Context, address string) error {
	b.opened = append(b.opened, address)
	return b.err
}

// consent walks to the page that looks for the server, and does something while
// that tells of a sign-in in the browser.
func consent(t *testing.T, p page.Progress, browser *fakeBrowser, while func(*harness, context.Context) error) *harness {
	t.Helper()
	h := open(t, setup{lab: true})
	if browser != nil {
		h.world.Env.Browser = browser
	}
	h.typePassword()
	h.fake.while = func(ctx context.Context, say func(page.Progress)) error {
		say(p)
		return while(h, ctx)
	}
	return h
}

// browserProgress is what an action tells while somebody is in the browser.
func browserProgress(paste func(string) error) page.Progress {
	return page.Progress{Text: "Waiting for the browser", Until: today.Add(5 * time.Minute), Link: signIn, Paste: paste}
}

func TestProgressOffersTheLinkAgain(t *testing.T) {
	browser := &fakeBrowser{}
	h := consent(t, browserProgress(nil), browser, func(h *harness, _ context.Context) error {
		h.mustSee("Waiting for the browser", "5:00 left")
		if h.canvas.Focused() != fyne.Focusable(h.button("Open again")) {
			t.Errorf("%T has the keyboard, want the button that opens again", h.canvas.Focused())
		}
		h.key(fyne.KeyReturn)
		if len(browser.opened) != 1 || browser.opened[0] != signIn {
			t.Errorf("opened: %v", browser.opened)
		}
		browser.err = errors.New("no program to open a browser with was found")
		h.key(fyne.KeySpace)
		h.mustSee("No program to open a browser with was found. Copy the link and open it yourself.")
		h.key(fyne.KeyTab, fyne.KeyReturn)
		if got := fyne.CurrentApp().Clipboard().Content(); got != signIn {
			t.Errorf("copied: %q", got)
		}
		h.mustSee("Copied")
		h.pass(61 * time.Second)
		h.mustSee("3:59 left")
		h.key(fyne.KeyTab)
		if h.canvas.Focused() != fyne.Focusable(h.button("Cancel")) {
			t.Errorf("%T comes last, want Cancel", h.canvas.Focused())
		}
		return nil
	})
	h.next("page:exchange.server")
	if h.sees("left") || len(h.timers) != 0 {
		t.Errorf("the countdown goes on after the end: %d timers", len(h.timers))
	}
}

func TestProgressTakesThePastedAddress(t *testing.T) {
	var pasted []string
	paste := func(address string) error {
		pasted = append(pasted, address)
		if address != ended {
			return errors.New("this is not the address at the end: it has no code")
		}
		return nil
	}
	h := consent(t, browserProgress(paste), nil, func(h *harness, _ context.Context) error {
		if h.sees("Open again") {
			t.Error("a browser is offered where there is none")
		}
		h.mustSee("No browser here?")
		h.key(fyne.KeyTab) // from Copy link
		h.typed(signIn)
		h.key(fyne.KeyReturn)
		h.mustSee("This is not the address at the end: it has no code.")
		entry := h.entry()
		entry.SetText("")
		h.typed(ended)
		h.pass(time.Second) // the countdown leaves alone what is being typed
		if entry != h.entry() || entry.Text != ended {
			t.Error("the field was taken away while somebody typed in it")
		}
		h.press("Use it")
		h.mustSee("Taken. One moment.")
		if entry.Text != "" {
			t.Errorf("the field still holds %q", entry.Text)
		}
		return nil
	})
	h.next("page:exchange.server")
	if len(pasted) != 2 {
		t.Errorf("pasted: %q", pasted)
	}
}

func TestProgressShowsTheCode(t *testing.T) {
	p := browserProgress(nil)
	p.Code = "GK7-QX2"
	h := consent(t, p, &fakeBrowser{}, func(h *harness, ctx context.Context) error {
		h.mustSee("GK7-QX2", "Open in the browser")
		h.press("Copy code")
		if got := fyne.CurrentApp().Clipboard().Content(); got != "GK7-QX2" {
			t.Errorf("copied: %q", got)
		}
		h.shot("light-progress")
		h.press("Cancel")
		return ctx.Err()
	})
	h.next("done:exchange.account")
	if h.sees("GK7-QX2") || h.sees("That did not work") {
		t.Error("what was cancelled is still shown")
	}
}

func TestOnlyWebAddressesAreOpened(t *testing.T) {
	for _, address := range []string{"file:///etc/passwd", "calc.exe", "javascript:alert(1)", "https:", "--help"} {
		p := browserProgress(nil)
		p.Link = address
		browser := &fakeBrowser{}
		h := consent(t, p, browser, func(h *harness, _ context.Context) error {
			h.press("Open again")
			h.mustSee("This is no web address.")
			return nil
		})
		h.next("page:exchange.server")
		if len(browser.opened) != 0 {
			t.Errorf("opened: %v", browser.opened)
		}
	}
}

// TestWaitingIsCalm: what somebody else must do first is no failure. The window
// looks again by itself, and whoever leaves finds a draft.
func TestWaitingIsCalm(t *testing.T) {
	looks := 0
	h := consent(t, browserProgress(nil), &fakeBrowser{}, func(h *harness, _ context.Context) error {
		if looks++; looks < 4 {
			return &page.Waiting{Since: today, Every: 5 * time.Minute, Why: errors.New("nobody has granted the permissions yet")}
		}
		return nil
	})
	h.next("done:exchange.account")
	h.mustSee("Waiting since 12:00", "Nobody has granted the permissions yet.", "It is checked every 5 minutes", "You may close this")
	if h.sees("That did not work") {
		t.Error("a wait is shown as a failure")
	}
	h.shot("light-waiting")
	h.press("Look again")
	h.at("done:exchange.account")
	h.pass(5 * time.Minute)
	if looks != 3 {
		t.Errorf("looked %d times, want 3", looks)
	}
	h.pass(5 * time.Minute)
	h.at("page:exchange.server")
	if looks != 4 || len(h.timers) != 0 {
		t.Errorf("looked %d times; %d timers are left", looks, len(h.timers))
	}
}

func TestWaitingGoesOnWithoutThePage(t *testing.T) {
	h := consent(t, browserProgress(nil), &fakeBrowser{}, func(*harness, context.Context) error {
		return &page.Waiting{Since: today.Add(-24 * time.Hour), Every: time.Minute, Why: errors.New("nobody has granted it yet")}
	})
	h.next("done:exchange.account")
	h.mustSee("Waiting since 23 November, 12:00")
	h.press("Save and quit")
	h.at("list:loaded")
	h.pass(time.Hour)
	h.at("list:loaded")
	if n := h.drafts(); n != 1 {
		t.Errorf("%d drafts, want 1", n)
	}
	h.key(fyne.KeyReturn) // goes on with the same wizard
	h.at("page:exchange.account")
	h.mustSee("Waiting since 23 November, 12:00")
}

// TestADraftIsWaitedForInTheBackground: what was typed stays in memory while the
// window is open, and the list says when to go on.
func TestADraftIsWaitedForInTheBackground(t *testing.T) {
	looks := 0
	h := consent(t, browserProgress(nil), &fakeBrowser{}, func(h *harness, _ context.Context) error {
		if looks++; looks < 3 {
			return &page.Waiting{Since: today, Every: 5 * time.Minute, Why: errors.New("nobody has granted the permissions yet")}
		}
		return nil
	})
	h.next("done:exchange.account")
	h.press("Save and quit")
	h.at("list:loaded")
	h.mustSee("Waiting since 12:00")
	h.pass(5 * time.Minute)
	h.at("list:loaded")
	h.pass(5 * time.Minute)
	h.at("draft:ready")
	h.mustSee("Ready to go on")
	if looks != 3 {
		t.Errorf("looked %d times", looks)
	}
	h.pass(time.Hour)
	if looks != 3 {
		t.Error("it looks again although it is ready")
	}
	h.key(fyne.KeyReturn)
	h.at("page:exchange.server")
}

// TestNotesCopyAndOpen: a remark can offer a text to copy and a page to open.
func TestNotesCopyAndOpen(t *testing.T) {
	h := open(t, setup{})
	browser := &fakeBrowser{}
	h.world.Env.Browser = browser
	h.fake.notes = []page.Field{{
		Key: "exchange.security", Kind: page.Note, Label: "For the security officer", Hint: "What will be asked for.",
		Copy: "We ask for Mail.Read,\nand for nothing else.", Link: signIn, LinkLabel: "Open the admin centre",
	}}
	h.press("New connector")
	h.key(fyne.KeySpace)
	h.next("page:provider")
	h.next("page:exchange.prepare")
	h.mustSee("We ask for Mail.Read,", "and for nothing else.")
	h.shot("light-note")
	h.press("Copy")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "We ask for Mail.Read,\nand for nothing else." {
		t.Errorf("copied: %q", got)
	}
	h.key(fyne.KeyTab, fyne.KeyReturn)
	if len(browser.opened) != 1 || browser.opened[0] != signIn {
		t.Errorf("opened: %v", browser.opened)
	}
	h.key(fyne.KeyTab, fyne.KeyReturn)
	if got := fyne.CurrentApp().Clipboard().Content(); got != signIn {
		t.Errorf("copied: %q", got)
	}
}

// TestNotesLeadBack: a remark on what was answered elsewhere leads there.
func TestNotesLeadBack(t *testing.T) {
	h := open(t, setup{})
	h.fake.notes = []page.Field{{
		Key: "exchange.heed", Kind: page.Note, Tone: page.Heed, Label: "Recorded, not verified",
		Hint: "Nothing was named: name it before.", Edit: "services",
	}}
	h.press("New connector")
	h.key(fyne.KeySpace)
	h.next("page:provider")
	h.next("page:exchange.prepare")
	h.mustSee("Nothing was named: name it before.")
	h.press("Go to Services")
	h.at("page:services")
}

// TestAfterTheEnd goes on to the next tenant and to the next service.
func TestAfterTheEnd(t *testing.T) {
	for words, at := range map[string]string{
		"Same service, next tenant": "page:exchange.prepare", "Same tenant, next service": "page:services",
	} {
		t.Run(words, func(t *testing.T) {
			h := open(t, setup{})
			h.fake.cloud = true
			h.toSummary()
			h.next("page:created")
			if h.canvas.Focused() != fyne.Focusable(h.button("Done")) {
				t.Errorf("%T has the keyboard, want Done", h.canvas.Focused())
			}
			h.shot("light-after")
			h.press(words)
			h.at(at)
			if at == "page:services" {
				h.key(fyne.KeyDown, fyne.KeySpace)
				h.next("page:provider")
				h.next("page:exchange.prepare")
			}
			h.next("page:exchange.account")
			want := map[string]string{"page:services": address}[at]
			if got := h.app.screen.(*wizardScreen).journey.Answers().Text("exchange.address"); got != want {
				t.Errorf("the tenant is %q, want %q", got, want)
			}
		})
	}
}

func TestProgressPicture(t *testing.T) {
	p := browserProgress(func(string) error { return nil })
	p.Code = "GK7-QX2"
	h := consent(t, p, &fakeBrowser{}, func(h *harness, _ context.Context) error {
		test.AssertRendersToMarkup(t, "progress.xml", h.canvas)
		return nil
	})
	h.next("page:exchange.server")
}

// TestCountdownInTheBar: what needs no card counts down beside Cancel.
func TestCountdownInTheBar(t *testing.T) {
	p := page.Progress{Text: "Waiting until the permissions show", Until: today.Add(2 * time.Minute)}
	h := consent(t, p, nil, func(h *harness, _ context.Context) error {
		h.mustSee("Waiting until the permissions show … 2:00 left")
		h.pass(150 * time.Second)
		h.mustSee("Waiting until the permissions show … 0:00 left")
		if h.canvas.Focused() != fyne.Focusable(h.button("Cancel")) {
			t.Errorf("%T has the keyboard, want Cancel", h.canvas.Focused())
		}
		return nil
	})
	h.next("page:exchange.server")
}
