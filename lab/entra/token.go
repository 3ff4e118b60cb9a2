package entra

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"fairlead/lab/front"
)

// tokenLife is how long access and id tokens are good.
const tokenLife = time.Hour

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

// token is the token endpoint, for public clients.
func (v *visit) token() {
	v.form = v.r.PostForm
	if v.on("token-html") {
		front.Stray(v.w)
		return
	}
	if t, wrong := v.misplaced(); wrong {
		v.refuse(t)
		return
	}
	v.app = v.application(v.form.Get("client_id"))
	_, _, basic := v.r.BasicAuth()
	secret := basic || v.form.Has("client_secret") || v.form.Has("client_assertion")
	grants := map[string]func(){
		"authorization_code": v.redeem, "refresh_token": v.refresh, deviceGrant: v.poll,
	}
	answer, known := grants[v.form.Get("grant_type")]
	switch {
	case v.form.Get("client_id") == "" && !basic || v.form.Get("grant_type") == "":
		v.refuse(v.trouble("900144"))
	case secret && (v.app == nil || v.app.public):
		v.refuse(v.trouble("700025"))
	case v.app == nil:
		v.refuse(v.trouble("700016"))
	case !v.app.public && secret:
		v.refuse(v.trouble("7000215")) // the lab gives no secrets out
	case !v.app.public:
		v.refuse(v.trouble("7000218"))
	case !known:
		v.refuse(v.trouble("70003"))
	default:
		answer()
	}
}

// redeem takes an authorization code.
func (v *visit) redeem() {
	if t, on := v.switched(atToken); on {
		v.refuse(t)
		return
	}
	c := v.codes[v.form.Get("code")]
	switch {
	case c == nil:
		v.refuse(v.trouble("70000"))
	case c.app != v.app:
		v.refuse(v.trouble("700023"))
	case v.tenant != nil && v.tenant != c.tenant || c.issuedByHost != v.host:
		v.refuse(v.trouble("70000"))
	case c.used:
		v.refuse(v.trouble("54005"))
	case !v.now().Before(c.expires):
		v.refuse(v.trouble("70008"))
	case c.redirect != v.form.Get("redirect_uri"):
		v.refuse(v.trouble("50011"))
	case !matches(c.challenge, v.form.Get("code_verifier")):
		v.refuse(v.trouble("501481"))
	default:
		c.used = true
		v.give(c.session)
	}
}

// matches compares a verifier with the challenge (RFC 7636, section 4.6).
func matches(challenge, verifier string) bool {
	if challenge == "" {
		return verifier == ""
	}
	sum := sha256.Sum256([]byte(verifier))
	return subtle.ConstantTimeCompare([]byte(encode(sum[:])), []byte(challenge)) == 1
}

// refresh takes a refresh token and gives another one.
func (v *visit) refresh() {
	s, known := v.refreshes[v.form.Get("refresh_token")]
	if !known || s.app != v.app {
		v.refuse(v.trouble("70000"))
		return
	}
	delete(v.refreshes, v.form.Get("refresh_token"))
	s.nonce = ""
	v.give(s)
}

// give sends tokens.
func (v *visit) give(s session) {
	object := map[string]any{
		"token_type": "Bearer", "expires_in": int(tokenLife.Seconds()), "ext_expires_in": int(tokenLife.Seconds()),
	}
	names := s.asked.names
	if s.asked.settled {
		for _, n := range s.app.needs {
			if n.resource.ID == s.asked.resource && s.tenant.principalOf(s.app.id).granted(n, s.user.id) {
				names = append(slices.Clone(names), n.grant.Name)
			}
		}
	}
	object["scope"], object["access_token"] = scopeText(names), v.accessToken(s, names)
	if s.asked.openID && !v.on("id-token-missing") {
		object["id_token"] = v.idToken(s)
	}
	if s.offline {
		name := encode([]byte(uuid.NewString() + uuid.NewString()))
		v.refreshes[name] = s
		object["refresh_token"] = name
	}
	v.json(http.StatusOK, object)
}
