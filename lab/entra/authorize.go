package entra

import (
	"net/http"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
)

// code is an authorization code that was sent to a client.
type code struct {
	session
	redirect, challenge string
	expires             time.Time
	used                bool
}

// session is who signed in to what, and for which scopes.
type session struct {
	tenant       *tenant
	user         *user
	app          *application
	asked        request
	nonce        string
	offline      bool
	issuedByHost string
}

// codeLife is how long a code is good.
const codeLife = 10 * time.Minute

var challengeForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)
})

// authorize is the authorization endpoint (RFC 6749, section 4.1.1, with PKCE).
func (v *visit) authorize() {
	if !v.begin() {
		return
	}
	asked, known := v.scopes(v.form.Get("scope"))
	challenge := v.form.Get("code_challenge")
	switch {
	case v.form.Get("response_type") != "code":
		v.back(v.trouble("70005"))
		return
	case v.form.Get("scope") == "":
		v.back(v.trouble("900144"))
		return
	case !known:
		v.back(v.trouble("70011"))
		return
	case (challenge != "" || v.form.Get("code_challenge_method") != "") &&
		(v.form.Get("code_challenge_method") != "S256" || !challengeForm().MatchString(challenge)):
		v.back(v.trouble("50147"))
		return
	case v.form.Get("prompt") == "none":
		v.back(v.trouble("50058"))
		return
	}
	if !v.signIn() || !v.consent(v.missing(asked.needs, v.form.Get("prompt") == "consent"), false) {
		return
	}
	name := encode([]byte(uuid.NewString() + uuid.NewString() + uuid.NewString()))
	if !v.on("code-not-known") {
		v.codes[name] = &code{
			session:  session{v.tenant, v.user, v.app, asked, v.form.Get("nonce"), asked.offline, v.host},
			redirect: v.form.Get("redirect_uri"), challenge: challenge, expires: v.now().Add(codeLife),
		}
	}
	v.redirect("code", name, "session_state", uuid.NewString())
}

// begin looks at what has to be right before anything may be sent to the
// redirect address. If it is not, it has answered with a page.
func (v *visit) begin() bool {
	if t, wrong := v.misplaced(); wrong {
		return v.stop(t)
	}
	if t, on := v.switched(atStart); on {
		return v.stop(t)
	}
	id := v.form.Get("client_id")
	if id == "" {
		return v.stop(v.trouble("900144"))
	}
	v.app = v.application(id)
	switch {
	case v.app == nil || v.app.single && v.tenant != nil && v.tenant.id != v.app.home:
		return v.stop(v.trouble("700016"))
	case v.app.single && v.shared():
		return v.stop(v.trouble("50194"))
	case v.form.Get("redirect_uri") == "":
		return v.stop(v.trouble("900971"))
	case !v.app.accepts(v.form.Get("redirect_uri")):
		return v.stop(v.trouble("50011"))
	}
	return true
}

// stop shows a trouble on a page that leads nowhere.
func (v *visit) stop(t trouble) bool {
	v.page(http.StatusBadRequest, "error", map[string]any{"Description": v.describe(t)})
	return false
}

// signIn finds out who it is. Without an answer to that yet it shows the
// accounts and returns false, as it does when the account may not sign in.
func (v *visit) signIn() bool {
	v.user = v.account(v.host, v.r.PostForm.Get("account"))
	if v.user == nil {
		v.page(http.StatusOK, "accounts", map[string]any{
			"Accounts": v.choice(), "Hint": v.form.Get("login_hint"), "Application": v.app,
		})
		return false
	}
	personal := v.user.tenant.id == personalTenant
	switch {
	case v.tenant == nil && personal:
		return v.stop(v.trouble("500208"))
	case v.tenant == nil:
		v.tenant = v.user.tenant
	case v.user.tenant != v.tenant:
		return v.stop(v.trouble("50020"))
	}
	if t, on := v.switched(atSignIn); on {
		return v.stop(t)
	}
	return true
}

// choice lists the accounts to pick from, those of the tenant before the rest.
func (v *visit) choice() []*user {
	list := v.accounts(v.host)
	slices.SortStableFunc(list, func(a, b *user) int {
		switch {
		case (a.tenant == v.tenant) == (b.tenant == v.tenant):
			return 0
		case a.tenant == v.tenant:
			return -1
		}
		return 1
	})
	return list
}
