package exchange

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/lab"
	"fairlead/providers/exchange/wire"
)

const (
	poxNamed = `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response ` +
		`xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><Account><Action>settings</Action>` +
		`<Protocol><Type>EXCH</Type><EwsUrl>https://inside.contoso.com/EWS/Exchange.asmx</EwsUrl></Protocol>` +
		`<Protocol><Type>EXPR</Type><EwsUrl>https://mail.contoso.com/EWS/Exchange.asmx</EwsUrl></Protocol></Account></Response></Autodiscover>`
	soapNamed = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage ` +
		`xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover"><Response><ErrorCode>NoError</ErrorCode><UserResponses>` +
		`<UserResponse><ErrorCode>NoError</ErrorCode><UserSettings>` +
		`<UserSetting><Name>InternalEwsUrl</Name><Value>https://inside.contoso.com/EWS/Exchange.asmx</Value></UserSetting>` +
		`<UserSetting><Name>ExternalEwsUrl</Name><Value>https://mail.contoso.com/EWS/Exchange.asmx</Value></UserSetting>` +
		`</UserSettings></UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`
)

// poxSays and soapSays are answers that lead elsewhere or fail.
func poxSays(inside string) string {
	return `<Autodiscover><Response>` + inside + `</Response></Autodiscover>`
}

func soapSays(code, target string) string {
	return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage><Response>` +
		`<ErrorCode>NoError</ErrorCode><UserResponses><UserResponse><ErrorCode>` + code + `</ErrorCode><RedirectTarget>` + target +
		`</RedirectTarget></UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`
}

// TestReadXML reads what the two older forms may answer.
func TestReadXML(t *testing.T) {
	const mail, next = "https://mail.contoso.com/EWS/Exchange.asmx", "https://x.contoso.com/autodiscover/autodiscover.xml"
	for _, test := range []struct {
		name           string
		form           form
		body           string
		url, next, err string
	}{
		{"POX", poxForm, poxNamed, mail, "", ""},
		{"POX by its other name", poxForm, poxSays(`<Account><Protocol><Type>EXHTTP</Type><ASUrl>` + mail + `</ASUrl></Protocol></Account>`), mail, "", ""},
		{"POX sends on", poxForm, poxSays(`<Account><Action>redirectUrl</Action><RedirectUrl>` + next + `</RedirectUrl></Account>`), "", next, ""},
		{"POX to another address", poxForm, poxSays(`<Account><Action>redirectAddr</Action><RedirectAddr>a@fabrikam.com</RedirectAddr></Account>`), "", "", `"a@fabrikam.com"`},
		{"POX to the cloud", poxForm, poxSays(`<Account><Action>redirectAddr</Action><RedirectAddr>a@contoso.mail.onmicrosoft.com</RedirectAddr></Account>`), "", "", "Exchange Online"},
		{"POX, an error", poxForm, poxSays(`<Error><ErrorCode>500</ErrorCode><Message>Who?</Message></Error>`), "", "", `error 500, "Who?"`},
		{"POX without settings", poxForm, poxSays(`<Account/>`), "", "", "names no address"},
		{"POX over http", poxForm, strings.ReplaceAll(poxNamed, "https://m", "http://m"), "", "", "not encrypted"},
		{"POX, a web site", poxForm, "<html><p>Welcome</html>", "", "", "not Autodiscover"},
		{"SOAP", soapForm, soapNamed, mail, "", ""},
		{"SOAP from inside alone", soapForm, strings.Replace(soapNamed, "ExternalEwsUrl", "Moon", 1), "https://inside.contoso.com/EWS/Exchange.asmx", "", ""},
		{"SOAP sends on", soapForm, soapSays("RedirectUrl", next), "", next, ""},
		{"SOAP to another address", soapForm, soapSays("RedirectAddress", "a@fabrikam.com"), "", "", `"a@fabrikam.com"`},
		{"SOAP to the cloud", soapForm, soapSays("RedirectAddress", "a@contoso.onmicrosoft.com"), "", "", "Exchange Online"},
		{"SOAP, a stranger", soapForm, soapSays("InvalidUser", ""), "", "", "InvalidUser"},
		{"SOAP, busy", soapForm, strings.Replace(soapNamed, "NoError", "ServerBusy", 1), "", "", "ServerBusy"},
		{"SOAP, a fault", soapForm, `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault/></s:Body></s:Envelope>`, "", "", "not Autodiscover"},
		{"SOAP, a web site", soapForm, "<html/>", "", "", "not Autodiscover"},
	} {
		t.Run(test.name, func(t *testing.T) {
			says, err := test.form.read(&wire.Answer{Status: 200, Body: []byte(test.body)})
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("the error is %v", err)
				}
				return
			}
			if err != nil || says.next != test.next || test.url != "" && says.url.String() != test.url {
				t.Errorf("got %+v, %v", says, err)
			}
		})
	}
}

// olderExchange wants a sign-in for all but what the path names.
func olderExchange(r *http.Request) string {
	if strings.Contains(r.URL.Path, ".json") {
		return webPage(404, "Not found")
	}
	return challenge401
}

// TestFindFallsBack asks where the second version is missing.
func TestFindFallsBack(t *testing.T) {
	only := func(end, answer string) func(*http.Request) string {
		return func(r *http.Request) string {
			if strings.HasSuffix(r.URL.Path, end) {
				return answer
			}
			return webPage(404, "Not found")
		}
	}
	srv := func(target string, port, priority, weight uint16) *net.SRV {
		return &net.SRV{Target: target, Port: port, Priority: priority, Weight: weight}
	}
	sendsOn := func(where string) func(*http.Request) string {
		return func(*http.Request) string { return sentTo(where) }
	}
	for _, test := range []struct {
		name                 string
		first, second, plain func(*http.Request) string
		records              []*net.SRV
		url, source          string
		guess                bool
		err                  string
	}{
		{name: "POX answers", first: only(".xml", soap(200, poxNamed)), url: "mail.contoso.com", source: "Autodiscover (POX) at autodiscover.contoso.com"},
		{name: "SOAP answers", first: only(".svc", soap(200, soapNamed)), url: "mail.contoso.com", source: "Autodiscover (SOAP) at autodiscover.contoso.com"},
		{name: "named before guessed", first: olderExchange, second: only(".svc", soap(200, soapNamed)), url: "mail.contoso.com", source: "Autodiscover (SOAP) at contoso.com"},
		{name: "a sign-in is wanted", first: olderExchange, url: "autodiscover.contoso.com", source: "Autodiscover (POX) at autodiscover.contoso.com asks for a sign-in", guess: true},
		{name: "a sign-in is wanted at the second", second: olderExchange, url: "contoso.com", source: "Autodiscover (POX) at contoso.com asks for a sign-in", guess: true},
		{name: "for SOAP alone", first: only(".svc", challenge401), url: "autodiscover.contoso.com", source: "Autodiscover (SOAP) at autodiscover.contoso.com asks", guess: true},
		{
			name: "sent on to a sign-in", first: only(".xml", sentTo("https://contoso.com/autodiscover/autodiscover.xml")), second: only(".xml", challenge401),
			url: "contoso.com", source: "Autodiscover (POX) at contoso.com, where autodiscover.contoso.com sends on to, asks for a sign-in", guess: true,
		},
		{name: "sent on to another file", first: only(".xml", sentTo("https://contoso.com/autodiscover/x")), err: "may not send"},
		{name: "sent on to http", first: only(".xml", sentTo("http://contoso.com/autodiscover/autodiscover.xml")), err: "may not send"},
		{name: "plain http", first: only("x", ""), plain: sendsOn("https://mail.contoso.com/Autodiscover/Autodiscover.xml"), url: "mail.contoso.com", source: "http://autodiscover.contoso.com sends on to mail.contoso.com, over a connection that is not encrypted.", guess: true},
		{name: "plain http to http", first: only("x", ""), plain: sendsOn("http://mail.contoso.com/autodiscover/autodiscover.xml"), err: "may not send"},
		{name: "plain http to the cloud", first: only("x", ""), plain: sendsOn("https://outlook.office365.com/autodiscover/autodiscover.xml"), err: "in Exchange Online"},
		{name: "plain http does not send on", first: only("x", ""), plain: sendsOn(""), err: "may not send"},
		{name: "plain http, a page", first: only("x", ""), plain: func(*http.Request) string { return webPage(200, "Welcome") }, err: "the answer is 200 OK"},
		{name: "a record", records: []*net.SRV{srv("b.contoso.com.", 443, 10, 1), srv("c.contoso.com.", 443, 1, 1), srv("A.contoso.com.", 443, 1, 9)}, url: "a.contoso.com", source: "The DNS record _autodiscover._tcp.contoso.com names a.contoso.com.", guess: true},
		{name: "a record of another port", records: []*net.SRV{srv("b.contoso.com.", 80, 1, 1)}, err: "no host on port 443"},
		{name: "a record of nothing", records: []*net.SRV{srv(".", 443, 1, 1)}, err: "there is none"},
		{name: "the usual record of nothing", records: []*net.SRV{srv(".", 0, 0, 0)}, err: "there is none"},
		{name: "a record of the cloud", records: []*net.SRV{srv("outlook.office365.com.", 443, 1, 1)}, err: "in Exchange Online"},
		{name: "no guess for a mailbox in the cloud", first: func(r *http.Request) string {
			if strings.Contains(r.URL.Path, ".json") {
				return sentTo("https://outlook.office365.com/autodiscover/autodiscover.json/v1.0/anna@contoso.com?Protocol=EWS")
			}
			return challenge401
		}, err: "in Exchange Online"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := discoveryWorld(t, test.first, test.second)
				found, err := Find(t.Context(), discovering(w, test.plain, test.records), "anna@contoso.com")
				if test.err != "" {
					if _, ok := errors.AsType[*NotFound](err); !ok || !strings.Contains(err.Error(), test.err) {
						t.Errorf("found %v; the error is %v", found.URL, err)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if found.URL.String() != "https://"+test.url+servicePath || !strings.HasPrefix(found.Source, test.source) {
					t.Errorf("found %v by %s", found.URL, found.Source)
				}
				if found.Guess != test.guess {
					t.Errorf("guessed is %v", found.Guess)
				}
			})
		})
	}
}

// TestFindDoesNotWaitForJSON: where the second version does not answer, the
// older forms are asked after three seconds; a guess of theirs waits for one that
// names an address, to the end.
func TestFindDoesNotWaitForJSON(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := discoveryWorld(t, func(r *http.Request) string {
			if strings.Contains(r.URL.Path, ".json") {
				time.Sleep(time.Minute)
			}
			return olderExchange(r)
		}, nil)
		start := time.Now()
		found, err := Find(t.Context(), discovering(w, nil, nil), "anna@contoso.com")
		if took := time.Since(start); err != nil || !found.Guess || took != waitDiscovery {
			t.Errorf("after %v: %v, %v", took, found.Source, err)
		}
	})
}

// TestHintPastASilentAddress: over plain http too, one address that says nothing
// leaves time for the next.
func TestHintPastASilentAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := discoveryWorld(t, nil, nil)
		w.names["contoso.com"] = []netip.Addr{there, here}
		n := discovering(w, func(*http.Request) string { return sentTo("https://mail.contoso.com/autodiscover/autodiscover.xml") }, nil)
		answers := n.Dial
		n.Dial = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
			if to.Addr() == there {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return answers(ctx, to)
		}
		ctx, cancel := context.WithTimeout(t.Context(), waitDiscovery)
		defer cancel()
		if found, err := hintByRedirect(ctx, n, "contoso.com"); err != nil || found.url.Host != "mail.contoso.com" {
			t.Errorf("found %v, %v", found.url, err)
		}
	})
}

// TestFindSaysAll: the error names every place with what came of it.
func TestFindSaysAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := discoveryWorld(t, func(*http.Request) string { return webPage(404, "Not found") }, nil)
		_, err := Find(t.Context(), discovering(w, nil, nil), "anna@contoso.com")
		for _, want := range []string{
			"JSON, POX and SOAP at autodiscover.contoso.com: the answer is 404 Not Found", "JSON, POX and SOAP at contoso.com: no such host",
			"plain http at autodiscover.contoso.com: dial tcp: connection refused", "DNS at _autodiscover._tcp.contoso.com: lookup",
			"Get-WebServicesVirtualDirectory",
		} {
			if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), "lookup contoso.com: ", ""), want) {
				t.Errorf("no %q in %v", want, err)
			}
		}
	})
}

// TestLabFindFallsBack switches the forms of the lab off, one after the other.
func TestLabFindFallsBack(t *testing.T) {
	l := startLab(t)
	const discover, mail = "https://autodiscover.contoso.example" + servicePath, "https://mail.contoso.example" + servicePath
	for _, step := range []struct {
		off, url, source string
		guess            bool
	}{
		{"", mail, "Autodiscover (JSON) at autodiscover.contoso.example", false},
		{"autodiscover-without-json", discover, "Autodiscover (POX) at autodiscover.contoso.example asks for a sign-in", true},
		{"autodiscover-without-pox", discover, "Autodiscover (SOAP) at autodiscover.contoso.example asks for a sign-in", true},
		{"autodiscover-without-soap", mail, "http://autodiscover.contoso.example sends on to mail.contoso.example", true},
		{"autodiscover-without-redirect", mail, "The DNS record _autodiscover._tcp.contoso.example names mail.contoso.example", true},
		{"autodiscover-without-record", "", "", false},
	} {
		if step.off != "" {
			if err := l.Set(step.off, true); err != nil {
				t.Fatal(err)
			}
		}
		found, err := Find(t.Context(), l.Network(), lab.Address)
		if step.url == "" {
			missing, ok := errors.AsType[*NotFound](err)
			if !ok || len(missing.Tried) != 3 {
				t.Errorf("without anything: %v, %v", found.URL, err)
			}
			continue
		}
		if err != nil || found.URL.String() != step.url || !strings.HasPrefix(found.Source, step.source) || found.Guess != step.guess {
			t.Errorf("%s: %v by %q, %v", step.off, found.URL, found.Source, err)
		}
	}
	if accepted, failed := l.SignIns(); accepted+failed != 0 {
		t.Error("Autodiscover signed in")
	}
}

func FuzzReadPOX(f *testing.F) {
	for _, seed := range []string{poxNamed, poxSays(`<Error/>`), poxSays(`<Account><Action>redirectUrl</Action></Account>`), "<a", ""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) { isSound(t, poxForm, body) })
}

func FuzzReadSOAP(f *testing.F) {
	for _, seed := range []string{soapNamed, soapSays("RedirectUrl", "https://x/autodiscover/autodiscover.svc"), soapSays("RedirectAddress", "a@b"), "<a", ""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) { isSound(t, soapForm, body) })
}

// isSound demands that an answer comes to an address that may be proposed, to
// one to ask instead, or to an error.
func isSound(t *testing.T, f form, body []byte) {
	says, err := f.read(&wire.Answer{Status: 200, Body: body})
	switch {
	case says.guarded || err != nil && (says.url != nil || says.next != ""):
		t.Fatalf("got %+v and %v", says, err)
	case says.url != nil && (says.url.Scheme != "https" || says.url.User != nil || isOnline(says.url.Hostname())):
		t.Fatalf("got %v", says.url)
	}
}
