package entra

import (
	_ "embed"
	"html/template"
	"sync"

	"fairlead/lab/front"
)

//go:embed pages.html
var pageText string

var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("pages").Parse(pageText))
})

// page shows one of the pages in pages.html.
func (v *visit) page(status int, name string, data map[string]any) {
	if data == nil {
		data = map[string]any{}
	}
	data["Host"] = v.host
	if v.user != nil {
		data["Account"] = v.user.address
	}
	front.Page(v.w, pages(), status, name, data)
}

// Name, Address and Role are for the pages.
func (u *user) Name() string    { return u.name }
func (u *user) Address() string { return u.address }
func (u *user) Role() string    { return u.role }

// Name and Publisher are for the pages.
func (a *application) Name() string      { return a.name }
func (a *application) Publisher() string { return a.publisher }
