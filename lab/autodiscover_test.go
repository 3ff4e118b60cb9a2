package lab

import (
	"bytes"
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

// TestAutodiscoverXML asks the two older forms.
func TestAutodiscoverXML(t *testing.T) {
	pox := func(address string) string {
		return `<Autodiscover xmlns="` + poxRequestNS + `"><Request><EMailAddress>` + address + `</EMailAddress>` +
			`<AcceptableResponseSchema>` + poxOutlookNS + `</AcceptableResponseSchema></Request></Autodiscover>`
	}
	settings := func(address string) string {
		return `<s:Envelope xmlns:s="` + soapNS + `" xmlns:d="` + soapDiscover + `"><s:Body><d:GetUserSettingsRequestMessage><d:Request>` +
			`<d:Users><d:User><d:Mailbox>` + address + `</d:Mailbox></d:User></d:Users>` +
			`<d:RequestedSettings><d:Setting>ExternalEwsUrl</d:Setting><d:Setting>Moon</d:Setting></d:RequestedSettings>` +
			`</d:Request></d:GetUserSettingsRequestMessage></s:Body></s:Envelope>`
	}
	for _, test := range []struct {
		name, path, body, fault string
		want                    []string
	}{
		{"POX", "xml", pox(Mailbox), "", []string{"<Action>settings<", "<EwsUrl>https://mail.contoso.example/EWS/Exchange.asmx<"}},
		{"POX, a stranger", "xml", pox("nobody@contoso.example"), "", []string{"<ErrorCode>500<"}},
		{"POX, nothing", "xml", "<", "", []string{"<ErrorCode>500<"}},
		{"POX, in the cloud", "xml", pox(Mailbox), "mailbox-in-cloud", []string{"<RedirectAddr>anna@contoso.mail.onmicrosoft.com<"}},
		{"SOAP", "svc", settings(Mailbox), "", []string{"<Value>https://mail.contoso.example/EWS/Exchange.asmx<", "<SettingName>Moon<"}},
		{"SOAP, a stranger", "svc", settings("nobody@contoso.example"), "", []string{"<ErrorCode>InvalidUser<"}},
		{"SOAP, nothing", "svc", "<a/>", "", []string{"<ErrorCode>InvalidRequest<"}},
		{"SOAP, in the cloud", "svc", settings(Mailbox), "mailbox-in-cloud", []string{"<ErrorCode>RedirectAddress<", "<RedirectTarget>anna@contoso.mail"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := start(t, Options{})
			if test.fault != "" {
				if err := l.Set(test.fault, true); err != nil {
					t.Fatal(err)
				}
			}
			response, body := newClient(t, l, noAddr).must(signed(post("https://autodiscover.contoso.example/autodiscover/autodiscover."+test.path, test.body)))
			if response.StatusCode != 200 {
				t.Errorf("%s, want 200", response.Status)
			}
			wellFormed(t, []byte(body))
			for _, want := range test.want {
				if !strings.Contains(body, want) {
					t.Errorf("no %q in %s", want, body)
				}
			}
		})
	}
}

// FuzzAutodiscover feeds the two older forms with anything.
func FuzzAutodiscover(f *testing.F) {
	f.Add([]byte(`<Autodiscover xmlns="` + poxRequestNS + `"><Request><EMailAddress>` + Mailbox + `</EMailAddress></Request></Autodiscover>`))
	f.Add([]byte(`<s:Envelope xmlns:s="` + soapNS + `"><s:Body><GetUserSettingsRequestMessage xmlns="` + soapDiscover + `"><Request>` +
		`<Users><User><Mailbox>` + Mailbox + `</Mailbox></User></Users><RequestedSettings><Setting>X</Setting></RequestedSettings>` +
		`</Request></GetUserSettingsRequestMessage></s:Body></s:Envelope>`))
	w := start(f, Options{}).world.Load()
	f.Fuzz(func(t *testing.T, body []byte) {
		question, err := readXML(bytes.NewReader(body))
		if err != nil {
			return
		}
		wellFormed(t, document(w.pox(question)))
		wellFormed(t, document(w.discoverSOAP(question)))
	})
}
