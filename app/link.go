package app

import (
	"context"
	"errors"
	"net/url"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
)

// link is a web address with a button that opens it in the system's browser, if
// there is one, and a button that copies it.
type link struct {
	box   *fyne.Container
	first *kit.Button
}

// newLink returns the buttons of an address inside the part of a page that
// scrolls.
func (a *App) newLink(words, address string, body *kit.Body) *link {
	l := &link{}
	open := kit.NewButton(words, kit.Secondary, nil)
	copying := kit.NewCopyButton("Copy link", address)
	buttons := kit.Row(kit.Middle, kit.Gap2, []float32{-1, -1, 0}, open, copying, kit.Column(0))
	field := kit.NewField("", "", "", buttons)
	l.box, l.first = field.Box, open
	if a.world.Env.Browser == nil {
		open.Hide()
		l.first = copying
	}
	open.OnPress = func() {
		a.browse(address, func(err error) {
			problem := ""
			if err != nil {
				problem = kit.Sentence(err.Error()) + " Copy the link and open it yourself."
			}
			field.Say(problem, "")
			body.Settle()
			body.Reveal(l.box)
		})
	}
	for _, b := range []*kit.Button{open, copying} {
		b.OnFocus = func() { body.Reveal(l.box) }
	}
	return l
}

// browse opens a web address in the system's browser, and then says how that
// went. Nothing but a web address is opened: the system would run a program.
func (a *App) browse(address string, then func(error)) {
	if u, err := url.Parse(address); err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		then(errors.New("this is no web address"))
		return
	}
	here := a.here()
	a.opts.Spawn(func() {
		err := a.world.Env.Browser.Open(a.ctx, address)
		a.opts.UI(func() {
			if here() && !errors.Is(err, context.Canceled) {
				then(err)
			}
		})
	})
}
