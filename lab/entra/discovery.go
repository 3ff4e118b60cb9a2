package entra

import (
	"net/http"

	"fairlead/lab/front"
)

// configuration is OpenID Connect Discovery 1.0, with what Microsoft adds about
// the cloud. For a tenant of a federated cloud it leads there.
func (v *visit) configuration() {
	if t, wrong := v.misplaced(); wrong && t.code != "90038" {
		v.refuse(t)
		return
	}
	if v.on("discovery-html") {
		front.Stray(v.w)
		return
	}
	cloud, authority, issuer := v.clouds[0], v.authority, "{tenantid}"
	for _, c := range v.clouds {
		if c.Login == v.host {
			cloud = c
			break
		}
	}
	object := map[string]any{"tenant_region_scope": nil}
	if v.tenant != nil {
		cloud, issuer = v.tenant.cloud, v.tenant.id
		authority = v.tenant.id
		object["tenant_region_scope"] = "EU"
		if cloud.Scope != "" {
			object["tenant_region_scope"], object["tenant_region_sub_scope"] = "NA", cloud.Scope
		}
	}
	base := "https://" + cloud.Login + "/" + authority
	for key, value := range map[string]any{
		"issuer":                                "https://" + cloud.Login + "/" + issuer + "/v2.0",
		"authorization_endpoint":                base + "/oauth2/v2.0/authorize",
		"token_endpoint":                        base + "/oauth2/v2.0/token",
		"device_authorization_endpoint":         base + "/oauth2/v2.0/devicecode",
		"jwks_uri":                              base + "/discovery/v2.0/keys",
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "private_key_jwt", "client_secret_basic"},
		"response_modes_supported":              []string{"query", "fragment", "form_post"},
		"response_types_supported":              []string{"code", "id_token", "code id_token", "id_token token"},
		"subject_types_supported":               []string{"pairwise"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"scopes_supported":                      []string{"openid", "profile", "email", "offline_access"},
		"claims_supported":                      []string{"sub", "iss", "aud", "exp", "iat", "nonce", "name", "preferred_username", "tid", "ver"},
		"request_uri_parameter_supported":       false,
		"cloud_instance_name":                   cloud.Login[len("login."):],
		"msgraph_host":                          cloud.Graph,
	} {
		object[key] = value
	}
	v.json(http.StatusOK, object)
}

func (v *visit) publishedKeys() {
	t, wrong := v.misplaced()
	switch {
	case wrong:
		v.refuse(t)
	case v.on("keys-missing"):
		http.Error(v.w, "LAB: the keys cannot be read now", http.StatusServiceUnavailable)
	default:
		v.json(http.StatusOK, v.keys().published("https://"+v.host+"/{tenantid}/v2.0"))
	}
}
