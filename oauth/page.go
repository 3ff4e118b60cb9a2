package oauth

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// Text is what the receiver's page says, in the administrator's language.
type Text struct {
	// Language is the page's, such as "en" or "de".
	Language string
	// Title is the name of the program.
	Title string
	// Done, Failed, Again and Old each say what happened and what to do next: the
	// answer arrived, it arrived and says no, it had arrived before, it belongs to
	// another attempt.
	Done, Failed, Again, Old Message
}

// Message is one headline with the sentence below it.
type Message struct{ Heading, Next string }

// situation chooses one of the messages.
type situation int

const (
	done situation = iota
	failed
	again
	old
)

const (
	style = `body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;` +
		`color:#17212b;background:#fafbfc}h1{font-size:1.4rem}` +
		`@media(prefers-color-scheme:dark){body{color:#e8eef3;background:#12181e}}`
	// The code leaves the address bar, and with it what a bookmark, a screenshot
	// or the browser's history would keep.
	script = `history.replaceState(null,"",location.pathname)`
)

var document = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><title>{{.Title}}</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>` + style + `</style><script>` + script + `</script></head>
<body><h1>{{.Message.Heading}}</h1><p>{{.Message.Next}}</p></body></html>
`))
})

type page struct {
	text   Text
	policy string
}

func newPage(text Text) page {
	return page{text, "default-src 'none'; img-src data:; style-src " + hashSource(style) + "; script-src " + hashSource(script) +
		"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}
}

// hashSource allows one inline block, and no other, in a content security policy.
func hashSource(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (p page) headers(h http.Header) {
	h.Set("Content-Security-Policy", p.policy)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}

func (p page) write(w http.ResponseWriter, status int, s situation) {
	message := [...]Message{done: p.text.Done, failed: p.text.Failed, again: p.text.Again, old: p.text.Old}[s]
	var body strings.Builder
	if err := document().Execute(&body, struct {
		Text
		Message Message
	}{p.text, message}); err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	// With the length known, the browser has the whole page before the receiver closes.
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body.String()))
}
