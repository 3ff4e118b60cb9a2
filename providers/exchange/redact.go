package exchange

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fairlead/secret"
)

// leastSecret is the length from which on a password is taken out of texts by
// itself. A shorter one, of one to three letters, stands in every other word.
const leastSecret = 4

// redactor returns a function that takes a password, and what HTTP makes of it
// together with the sign-in name, out of a text: a server may send back what it
// got.
func redactor(name string, password secret.Secret) func(string) string {
	if password.IsEmpty() {
		return func(text string) string { return text }
	}
	// The password leaves its type here to be looked for, and stays in memory.
	forms := written(name + ":" + password.Reveal())
	for _, word := range []string{password.Reveal(), strings.TrimSpace(password.Reveal())} { // headers lose spaces
		if len(word) >= leastSecret {
			forms = append(forms, written(word)...)
		}
	}
	// The longest first, so that no part of a form is left beside a shorter one.
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	pairs := make([]string, 0, 2*len(forms))
	for _, form := range forms {
		pairs = append(pairs, form, secret.Redacted)
	}
	return strings.NewReplacer(pairs...).Replace
}

// written lists the forms in which a server may write a text: as it is, and
// encoded for HTTP, HTML, XML, JSON, a URL and a quoted string.
func written(text string) []string {
	raw := []byte(text)
	var inXML strings.Builder
	_ = xml.EscapeText(&inXML, raw) // a strings.Builder never fails
	inJSON, _ := json.Marshal(text) // nor does a string
	quoted := strconv.Quote(text)
	return []string{
		text, html.EscapeString(text), inXML.String(), string(inJSON[1 : len(inJSON)-1]), quoted[1 : len(quoted)-1],
		url.QueryEscape(text), url.PathEscape(text),
		base64.StdEncoding.EncodeToString(raw), base64.RawStdEncoding.EncodeToString(raw),
		base64.URLEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw),
	}
}
