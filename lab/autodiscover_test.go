package lab

import (
	"strings"
	"testing"
)

func TestAutodiscover(t *testing.T) {
	l := start(t, Options{})
	c := newClient(t, l, noAddr)
	const found = `{"Protocol":"EWS","Url":"https://mail.contoso.example/EWS/Exchange.asmx"}`
	for _, test := range []struct {
		name, url string
		status    int
		want      string
	}{
		{"by path", "/v1.0/anna@contoso.example?Protocol=EWS", 200, found},
		{"with a redirect count", "/v1.0/anna@contoso.example?Protocol=EWS&RedirectCount=1", 200, found},
		{"by query", "?Email=anna%40contoso.example&Protocol=EWS", 200, found},
		{"names in other letters", "?email=ANNA@contoso.example&protocol=EWS", 200, found},
		{"the service account", "/v1.0/" + Address + "?Protocol=EWS", 200, found},
		{"an alias", "/v1.0/anna.berg@contoso.example?Protocol=EWS", 200, found},
		{"the protocol as it was asked for", "/v1.0/anna@contoso.example?Protocol=ews", 200, `"Protocol":"ews"`},
		{"ActiveSync", "/v1.0/anna@contoso.example?Protocol=ActiveSync", 200, "/Microsoft-Server-ActiveSync"},
		{"the older Autodiscover", "/v1.0/anna@contoso.example?Protocol=AutodiscoverV1", 200, "autodiscover.xml"},
		{"an unknown protocol", "/v1.0/anna@contoso.example?Protocol=Gopher", 400, `"ErrorCode":"ProtocolNotSupported"`},
		{"no protocol", "/v1.0/anna@contoso.example", 400, `"ErrorCode":"MandatoryParameterMissing"`},
		{"an empty protocol", "/v1.0/anna@contoso.example?Protocol=", 400, `"ErrorCode":"MissingProtocol"`},
		{"no address", "?Protocol=EWS", 400, `"ErrorCode":"MandatoryParameterMissing"`},
		{"no proper address", "/v1.0/anna?Protocol=EWS", 400, `"ErrorCode":"MandatoryParameterMissing"`},
		{"a stranger", "/v1.0/nobody@contoso.example?Protocol=EWS", 404, `"ErrorCode":"UserNotFound"`},
		{"quotes", `/v1.0/anna@contoso.example?Protocol=%22%3Cb%3E`, 400, `"ErrorCode":"ProtocolNotSupported"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			response, body := c.must(get("https://autodiscover.contoso.example/Autodiscover/Autodiscover.json" + test.url))
			if response.StatusCode != test.status || !strings.Contains(body, test.want) {
				t.Errorf("%s %s, want %d and %s", response.Status, body, test.status, test.want)
			}
			if got := response.Header.Get("Content-Type"); got != "application/json; charset=utf-8" {
				t.Errorf("content type %q", got)
			}
		})
	}
}
