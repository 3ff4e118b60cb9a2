package lab

import (
	"encoding/json"
	"net/http"
	"strings"
)

// The paths of the three forms.
const (
	jsonPath = "/autodiscover/autodiscover.json"
	poxPath  = "/autodiscover/autodiscover.xml"
	soapPath = "/autodiscover/autodiscover.svc"
)

// autodiscover answers the JSON form ("v2"), for which nobody signs in. The two
// older forms want a sign-in first.
func (v *visit) autodiscover() {
	rest, isJSON := strings.CutPrefix(v.path, jsonPath)
	switch {
	case isJSON && v.world.silentForms[jsonPath] || v.world.silentForms[v.path]:
		v.send(http.StatusNotFound, "text/html", notFoundPage)
	case isJSON && (rest == "" || rest[0] == '/'):
		v.autodiscoverJSON(rest)
	case v.path == poxPath:
		v.autodiscoverXML((*world).pox)
	case v.path == soapPath:
		v.autodiscoverXML((*world).discoverSOAP)
	default:
		v.send(http.StatusNotFound, "text/html", notFoundPage)
	}
}

// protocols are those that Autodiscover knows, by their names in lower case.
func (w *world) protocols() map[string]string {
	return map[string]string{
		"activesync":     "https://" + mailHost + "/Microsoft-Server-ActiveSync",
		"autodiscoverv1": "https://" + discoverHost + "/autodiscover/autodiscover.xml",
		"ews":            w.ewsURL,
		"rest":           "https://" + mailHost + "/api",
	}
}

// autodiscoverJSON answers /v1.0/ADDRESS?Protocol=… and the older
// ?Email=ADDRESS&Protocol=….
func (v *visit) autodiscoverJSON(rest string) {
	query := map[string]string{} // ASP.NET reads names in any case
	for name, values := range v.URL.Query() {
		query[strings.ToLower(name)] = values[0]
	}
	address := query["email"]
	if inPath, ok := strings.CutPrefix(rest, "/v1.0/"); ok {
		address = inPath
	}
	protocol, given := query["protocol"]
	url := v.world.protocols()[strings.ToLower(protocol)]
	m := v.world.mailbox(address)
	switch {
	case !addressForm().MatchString(address):
		v.refuseJSON(http.StatusBadRequest, "MandatoryParameterMissing", "A valid smtp address must be provided")
	case !given:
		v.refuseJSON(http.StatusBadRequest, "MandatoryParameterMissing", "A valid value must be provided for the query parameter 'Protocol'")
	case protocol == "":
		v.refuseJSON(http.StatusBadRequest, "MissingProtocol", "The query parameter 'Protocol' is empty")
	case url == "":
		v.refuseJSON(http.StatusBadRequest, "ProtocolNotSupported", "The given protocol value '"+protocol+
			"' is invalid. Supported values are 'ActiveSync,AutodiscoverV1,EWS,REST'")
	case m == nil:
		v.refuseJSON(http.StatusNotFound, "UserNotFound", "The given user is not found")
	case m.inCloud:
		v.redirect("https://" + cloudHost + "/autodiscover/autodiscover.json/v1.0/" + address + "?Protocol=" + protocol)
	default:
		v.sendJSON(http.StatusOK, map[string]string{"Protocol": protocol, "Url": url})
	}
}

func (v *visit) refuseJSON(status int, code, text string) {
	v.sendJSON(status, map[string]string{"ErrorCode": code, "ErrorMessage": text})
}

func (v *visit) sendJSON(status int, object map[string]string) {
	body, _ := json.Marshal(object) // strings always fit
	v.send(status, "application/json; charset=utf-8", string(body))
}
