package exchange

import (
	"fmt"

	"fairlead/providers"
	"fairlead/wizard/page"
)

func serverPage(env providers.Env) page.Page {
	return page.Page{
		ID:    "exchange.server",
		Step:  "Server",
		Title: "Is this the right server?",
		Why:   "The password will be sent to this server and to no other, and only after its certificate was checked.",
		Next:  "Use this server",
		Fields: func(a *page.Answers) []page.Field {
			return []page.Field{
				foundNote(a),
				{
					Key: keyURL, Kind: page.URL, Label: "Exchange Web Services URL", Confirm: true,
					Placeholder: "https://mail.example.com/EWS/Exchange.asmx",
					Validate:    func(value string) error { _, err := ParseURL(value); return err },
				},
				{
					Key: keyMode, Kind: page.Choice, Label: "Security mode",
					Suggest: func(*page.Answers) string { return string(Strict) },
					Options: []page.Option{
						{
							Value: string(Strict), Label: "Strict",
							Note: "The certificate must be valid, carry the server's name and come from a public authority.",
						},
						{
							Value: string(Relaxed), Label: "Relaxed",
							Note: "A self-signed certificate or an incomplete chain is accepted. Name, dates and TLS 1.2 still count.",
						},
					},
				},
			}
		},
	}
}

// foundNote says where the URL comes from, so that it is confirmed knowingly.
func foundNote(a *page.Answers) page.Field {
	note := page.Field{Key: "exchange.found", Kind: page.Note, Tone: page.Heed}
	url, where, guessed := a.Text(keyFoundURL), a.Text(keyFoundWhere), a.On(keyFoundGuess)
	switch {
	case url == "":
		note.Label, note.Hint = "Not found: type it", where
	case url != a.Text(keyURL) && guessed:
		note.Label, note.Hint = "Not what was guessed", fmt.Sprintf("The guess was %s. %s", url, where)
	case url != a.Text(keyURL):
		note.Label, note.Hint = "Not what Autodiscover says", fmt.Sprintf("%s named %s.", where, url)
	case guessed:
		note.Label, note.Hint = "A guess: check it", where+" Compare it with what Exchange shows: "+showURL
	default:
		note.Tone, note.Label, note.Hint = page.Good, "Found by Autodiscover", fmt.Sprintf("%s named it. Check that it is yours.", where)
	}
	return note
}
