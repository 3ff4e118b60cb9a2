package entra

import (
	"bytes"
	_ "embed"
	"html/template"
	"sync"
)

//go:embed pages.html
var pageText string

var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("pages").Parse(pageText))
})

// page shows one of the pages in pages.html. They have no scripts, and their
// forms go to the address that they came from.
func (v *visit) page(status int, name string, data map[string]any) {
	var b bytes.Buffer
	if data == nil {
		data = map[string]any{}
	}
	data["Host"] = v.host
	if v.user != nil {
		data["Account"] = v.user.address
	}
	if err := pages().ExecuteTemplate(&b, name, data); err != nil {
		panic(err) // a mistake in pages.html
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b.Bytes())
}

// Name, Address and Role are for the pages.
func (u *user) Name() string    { return u.name }
func (u *user) Address() string { return u.address }
func (u *user) Role() string    { return u.role }

// Name and Publisher are for the pages.
func (a *application) Name() string      { return a.name }
func (a *application) Publisher() string { return a.publisher }
