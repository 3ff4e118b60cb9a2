package google

import (
	_ "embed"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"fairlead/lab/front"
)

//go:embed pages.html
var pageText string

var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("pages").Parse(pageText))
})

const (
	delegationPath = "/ac/owl/domainwidedelegation"
	profilePath    = "/ac/accountsettings/profile"
)

// clientForm is a client id of Google's: a long number.
var clientForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]{15,25}$`) })

// entry is what stands in the form for a new entry.
type entry struct {
	Client, Scopes string
	Overwrite      bool
}

// console answers two pages of the Admin console: the profile with the customer
// id, and "Domain-wide delegation". A link may bring the form of the latter filled
// in: clientIdToAdd, clientScopeToAdd, overwriteClientId.
func (g *Google) console(w http.ResponseWriter, r *http.Request) {
	switch path := strings.TrimSuffix(r.URL.Path, "/"); {
	case path == profilePath:
		c := g.customers[0]
		front.Page(w, pages(), http.StatusOK, "profile", map[string]any{"Admin": Admin, "Name": c.name, "ID": c.id, "Domain": c.domain})
	case path != delegationPath:
		front.Page(w, pages(), http.StatusNotFound, "notfound", r.URL.Path)
	case r.Method == http.MethodPost:
		g.change(w, r)
	default:
		g.list(w, http.StatusOK, entry{
			r.Form.Get("clientIdToAdd"), r.Form.Get("clientScopeToAdd"), r.Form.Get("overwriteClientId") == "true",
		}, "")
	}
}

// change does what a button of the page asks for.
func (g *Google) change(w http.ResponseWriter, r *http.Request) {
	contoso := g.customers[0]
	e := entry{strings.TrimSpace(r.PostForm.Get("client")), r.PostForm.Get("scopes"), r.PostForm.Get("overwrite") != ""}
	switch r.PostForm.Get("action") {
	case "authorize":
		scopes, wrong := g.checkEntry(e)
		if wrong != "" {
			g.list(w, http.StatusBadRequest, e, wrong)
			return
		}
		d := &delegation{client: e.Client, scopes: scopes, since: g.now(), pending: g.on("google-second-approval")}
		g.authorise(contoso, d)
	case "approve":
		if d := contoso.delegation(e.Client); d != nil {
			d.pending, d.since = false, g.now()
		}
	case "delete":
		g.remove(contoso, e.Client)
	}
	g.list(w, http.StatusOK, entry{}, "")
}

// checkEntry returns the scopes of a new entry, or what is wrong with it.
func (g *Google) checkEntry(e entry) (list []string, wrong string) {
	for scope := range strings.SplitSeq(e.Scopes, ",") {
		scope = strings.TrimSpace(scope)
		switch {
		case !slices.Contains(scopes(), scope):
			return nil, "Scope " + scope + " is not supported."
		case slices.Contains(list, scope):
			return nil, "Scope " + scope + " stands there twice."
		}
		list = append(list, scope)
	}
	switch {
	case !clientForm().MatchString(e.Client) || e.Client != ServiceClient && !slices.ContainsFunc(g.accounts, func(a *account) bool { return a.clientID == e.Client }):
		return nil, "This client ID is not registered with Google."
	case !e.Overwrite && g.customers[0].delegation(e.Client) != nil:
		return nil, "This client ID already exists. Tick “Overwrite existing client ID” to replace its scopes."
	}
	return list, ""
}

// list shows the page: what is authorised, and the form for a new entry.
func (g *Google) list(w http.ResponseWriter, status int, e entry, wrong string) {
	var rows []any
	for _, d := range g.customers[0].delegations {
		rows = append(rows, map[string]any{"Client": d.client, "Scopes": d.scopes, "Pending": d.pending})
	}
	front.Page(w, pages(), status, "delegation", map[string]any{"Admin": Admin, "Rows": rows, "Entry": e, "Wrong": wrong})
}
