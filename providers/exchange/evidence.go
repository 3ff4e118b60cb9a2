package exchange

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"fairlead/providers/exchange/wire"
)

// shownHeaders are the headers that tell something about the answer and nothing
// about the caller. Cookies are shown by name alone, schemes without what
// follows them.
var shownHeaders = []string{
	"Date", "Server", "Via", "Content-Type", "Location", "Retry-After", "X-Powered-By", "X-FEServer", "X-BEServer",
	"X-OWA-Version", "X-CalculatedBETarget", "X-BackEndHttpStatus", "X-CasErrorCode", "X-DiagInfo", "request-id",
	"client-request-id",
}

// evidence writes down an answer for support: the status line, the headers
// that matter, and the title of a web page.
func (s *test) evidence(a *wire.Answer) string {
	if a == nil {
		return ""
	}
	lines := []string{"HTTP " + a.Line}
	for _, name := range shownHeaders {
		for _, value := range a.Header.Values(name) {
			lines = append(lines, name+": "+value)
		}
	}
	for _, challenge := range challenges(a.Header.Values("WWW-Authenticate")) {
		lines = append(lines, "WWW-Authenticate: "+challenge.String())
	}
	for _, cookie := range a.Header.Values("Set-Cookie") {
		name, _, _ := strings.Cut(cookie, "=")
		lines = append(lines, "Set-Cookie: "+name+"=…")
	}
	if title := title(a.Body); title != "" {
		lines = append(lines, "Title of the page: "+title)
	}
	lines = append(lines, fmt.Sprintf("%d bytes", len(a.Body)))
	for i, line := range lines {
		lines[i] = plain(s.redact(line)) // in this order: plain shortens
	}
	return strings.Join(slices.Compact(lines), "\n")
}

var titleForm = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// title is the title of a web page, or empty.
func title(body []byte) string {
	if found := titleForm.FindSubmatch(body); found != nil {
		return html.UnescapeString(string(found[1]))
	}
	return ""
}
