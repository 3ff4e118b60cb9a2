package exchange

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"sync"

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
// that matter, and the title of a web page. What may be the password is taken
// out first: reading on, or shortening, would change its form.
func (s *test) evidence(a *wire.Answer) string {
	if a == nil {
		return ""
	}
	lines := []string{"HTTP " + s.redact(a.Line)}
	for _, name := range shownHeaders {
		for _, value := range a.Header.Values(name) {
			lines = append(lines, name+": "+s.redact(value))
		}
	}
	for _, value := range a.Header.Values("WWW-Authenticate") {
		for _, challenge := range challenges([]string{s.redact(value)}) {
			lines = append(lines, "WWW-Authenticate: "+challenge.String())
		}
	}
	for _, cookie := range a.Header.Values("Set-Cookie") {
		name, _, _ := strings.Cut(s.redact(cookie), "=")
		lines = append(lines, "Set-Cookie: "+name+"=…")
	}
	if title := title(s.redact(string(a.Body))); title != "" {
		lines = append(lines, "Title of the page: "+title)
	}
	lines = append(lines, fmt.Sprintf("%d bytes, after %d ms", len(a.Body), a.Took.Milliseconds()))
	for i, line := range lines {
		lines[i] = plain(line)
	}
	return strings.Join(lines, "\n")
}

var titleForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
})

// title is the title of a web page, or empty.
func title(body string) string {
	if found := titleForm().FindStringSubmatch(body); found != nil {
		return html.UnescapeString(found[1])
	}
	return ""
}
