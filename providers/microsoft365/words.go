package microsoft365

import (
	"errors"
	"strings"
	"unicode"

	"fairlead/oauth"
)

// plain makes text from outside fit for one line that is not endless.
func plain(text string) string {
	const most = 600
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if runes := []rune(strings.TrimSpace(text)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return strings.TrimSpace(text)
}

// evidence is what Entra itself said, for support. The package oauth has taken
// out of it what must not be seen.
func evidence(err error) string {
	e, ok := errors.AsType[*oauth.Error](err)
	if !ok {
		return ""
	}
	return strings.TrimSpace(e.Description + "\n" + diagnose(err).Help())
}
