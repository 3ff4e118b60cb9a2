package entra

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"
)

// back leads the browser back with an error. That of admin consent says
// admin_consent=True nevertheless, as the real one does.
func (v *visit) back(t trouble) {
	answer := []string{"error", t.oauth, "error_description", v.describe(t), "error_uri", "https://" + v.host + "/error?code=" + t.code}
	if t.code == "65004" {
		answer = append(answer, "error_subcode", "cancel")
	}
	if strings.HasSuffix(v.r.URL.Path, "adminconsent") {
		answer = append(answer, "admin_consent", "True")
	}
	v.redirect(answer...)
}

// redirect leads the browser back with parameters, given as names and values.
func (v *visit) redirect(parameters ...string) {
	if v.on("redirect-never") {
		v.page(http.StatusOK, "nowhere", nil)
		return
	}
	answer := url.Values{}
	for i := 0; i < len(parameters); i += 2 {
		answer.Set(parameters[i], parameters[i+1])
	}
	if state := v.form.Get("state"); state != "" {
		answer.Set("state", state)
	}
	if v.on("redirect-wrong-state") {
		answer.Set("state", uuid.NewString())
	}
	if v.on("redirect-wrong-issuer") {
		answer.Set("iss", "https://"+v.host+"/"+stableID("tenant of somebody else")+"/v2.0")
	}
	to, err := url.Parse(v.form.Get("redirect_uri"))
	if err != nil {
		panic(err) // it was compared with those that are registered
	}
	if to.Path == "" {
		to.Path = "/" // an address without a path comes back with one
	}
	switch v.form.Get("response_mode") {
	case "form_post":
		v.page(http.StatusOK, "formpost", map[string]any{"To": to.String(), "Answer": answer})
		return
	case "fragment":
		to.RawFragment, to.Fragment = answer.Encode(), ""
		v.location(strings.TrimSuffix(to.String(), "#") + "#" + answer.Encode())
		return
	}
	query := to.Query()
	for name, values := range answer {
		query[name] = values
	}
	to.RawQuery = query.Encode()
	v.location(to.String())
}

func (v *visit) location(address string) {
	v.w.Header().Set("Location", address)
	v.w.Header().Set("Referrer-Policy", "strict-origin-when-cross-origin")
	v.w.WriteHeader(http.StatusFound)
}
