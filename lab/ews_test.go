package lab

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestAnswers asks EWS, as the signed-in account, everything that it knows.
func TestAnswers(t *testing.T) {
	l := start(t, Options{})
	getFolder := func(shape, ids string) string {
		return `<m:GetFolder><m:FolderShape>` + shape + `</m:FolderShape><m:FolderIds>` + ids + `</m:FolderIds></m:GetFolder>`
	}
	const idOnly = `<t:BaseShape>IdOnly</t:BaseShape>`
	inbox := `<t:DistinguishedFolderId Id="inbox"/>`
	of := func(address string) string {
		return `<t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>` + address + `</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`
	}
	annas := folderID(l.world.Load().mailbox(Mailbox), "inbox")
	asAnna := as("PrimarySmtpAddress", Mailbox)

	for _, test := range []struct {
		name, header, body string
		status             int
		want               []string
		not                string
	}{
		{"convert a strange id", version2013, convertIDBody, 200, []string{`ResponseClass="Error"`, "ErrorInvalidIdMalformed", "ServerVersionInfo"}, ""},
		{
			"convert an own id", version2013,
			`<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternateId Format="EwsId" Id="` + annas + `" Mailbox="x"/></m:SourceIds></m:ConvertId>`,
			200,
			[]string{"NoError", `Id="` + annas + `"`, `xsi:type="t:AlternateIdType"`},
			"",
		},
		{"convert to nothing", version2013, `<m:ConvertId DestinationFormat="X"/>`, 500, []string{"ErrorSchemaValidation", "<t:Violation>"}, ""},

		{"own inbox", version2013, getFolder(idOnly, inbox), 200, []string{`ResponseClass="Success"`, "<t:FolderId Id="}, "DisplayName"},
		{"default shape", version2013, inboxBody, 200, []string{"<t:DisplayName>Inbox<", "<t:TotalCount>12<", "<t:UnreadCount>3<"}, "EffectiveRights"},
		{
			"rights of the top", version2013, getFolder(idOnly+
				`<t:AdditionalProperties><t:FieldURI FieldURI="folder:EffectiveRights"/></t:AdditionalProperties>`,
				`<t:DistinguishedFolderId Id="msgfolderroot"/>`), 200, []string{"<t:Read>true</t:Read>"}, "DisplayName",
		},
		{
			"root and calendar", version2013, getFolder(`<t:BaseShape>AllProperties</t:BaseShape>`,
				`<t:DistinguishedFolderId Id="root"/><t:DistinguishedFolderId Id="calendar"/>`),
			200,
			[]string{"<t:CalendarFolder>", "IPF.Appointment"},
			"",
		},
		{"unknown folder", version2013, getFolder(idOnly, `<t:DistinguishedFolderId Id="cellar"/>`), 500, []string{"ErrorSchemaValidation", "cellar"}, ""},
		{"unknown shape", version2013, getFolder(`<t:BaseShape>Round</t:BaseShape>`, inbox), 500, []string{"ErrorSchemaValidation", "Round"}, ""},
		{"unknown property", version2013, getFolder(idOnly+`<t:AdditionalProperties><t:FieldURI FieldURI="item:Smell"/></t:AdditionalProperties>`, inbox), 500, []string{"ErrorSchemaValidation"}, ""},
		{"no folder", version2013, getFolder(idOnly, ""), 500, []string{"ErrorSchemaValidation"}, ""},
		{"malformed folder id", version2013, getFolder(idOnly, `<t:FolderId Id="!"/>`), 200, []string{"ErrorInvalidIdMalformed"}, ""},
		{"somebody's folder by id", version2013, getFolder(idOnly, `<t:FolderId Id="`+annas+`"/>`), 200, []string{"ErrorFolderNotFound"}, ""},
		{"somebody's folder by name", version2013, getFolder(idOnly, of(Mailbox)), 200, []string{"ErrorAccessDenied"}, ""},
		{"nobody's folder", version2013, getFolder(idOnly, of("nobody@contoso.example")), 200, []string{"ErrorNonExistentMailbox"}, ""},
		{"folder by an alias", asAnna, getFolder(idOnly, of("anna.berg@contoso.example")), 200, []string{"ErrorNonPrimarySmtpAddress", `Name="Primary">` + Mailbox}, ""},

		{"as Anna", asAnna, inboxBody, 200, []string{"NoError", annas}, ""},
		{"as Anna, her folder by id", asAnna, getFolder(idOnly, `<t:FolderId Id="`+annas+`"/>`), 200, []string{"NoError", annas}, ""},
		{"as Anna by alias", as("SmtpAddress", "Anna.Berg@contoso.example"), inboxBody, 200, []string{annas}, ""},
		{"as Anna by principal name", as("PrincipalName", Mailbox), inboxBody, 200, []string{annas}, ""},
		{"as Anna by SID", as("SID", "S-1-5-21-1004336348-1177238915-682003330-1132"), inboxBody, 200, []string{annas}, ""},
		{"as an alias called primary", as("PrimarySmtpAddress", "anna.berg@contoso.example"), inboxBody, 500, []string{">a:ErrorNonPrimarySmtpAddress<", `Name="Primary">` + Mailbox}, ""},
		{"as nobody", as("PrimarySmtpAddress", "nobody@contoso.example"), inboxBody, 500, []string{"<e:ResponseCode", ">a:ErrorNonExistentMailbox<"}, "ServerVersionInfo"},
		{"as an empty value", as("PrimarySmtpAddress", ""), inboxBody, 500, []string{"ErrorInvalidExchangeImpersonationHeaderData"}, ""},
		{"as no kind", version2013 + `<t:ExchangeImpersonation/>`, inboxBody, 500, []string{"ErrorInvalidExchangeImpersonationHeaderData"}, ""},
		{"as an unknown kind", as("Nickname", "Anna"), inboxBody, 500, []string{"ErrorSchemaValidation", "Nickname"}, ""},
		{"as no address", as("SmtpAddress", "anna"), inboxBody, 500, []string{"ErrorInvalidSmtpAddress"}, ""},
		{"as no principal name", as("PrincipalName", "anna"), inboxBody, 500, []string{"ErrorInvalidUserPrincipalName"}, ""},
		{"as no SID", as("SID", "anna"), inboxBody, 500, []string{"ErrorInvalidUserSid"}, ""},

		{"resolve an address", version2013, resolveBody, 200, []string{"<t:Name>Anna Berg<", "<t:MailboxType>Mailbox<", `TotalItemsInView="1"`}, ""},
		{"resolve a name", version2013, strings.ReplaceAll(resolveBody, "smtp:"+Mailbox, "ben"), 200, []string{"Ben Okoro"}, ""},
		{"resolve an alias", version2013, strings.ReplaceAll(resolveBody, Mailbox, "anna.berg@contoso.example"), 200, []string{"<t:EmailAddress>" + Mailbox}, ""},
		{"resolve nobody", version2013, strings.ReplaceAll(resolveBody, Mailbox, "nobody@x"), 200, []string{"ErrorNameResolutionNoResults"}, ""},
		{"resolve nothing", version2013, `<m:ResolveNames/>`, 500, []string{"ErrorSchemaValidation"}, ""},

		{
			"a time zone", version2013, `<m:GetServerTimeZones ReturnFullTimeZoneData="false"><m:Ids><t:Id>UTC</t:Id></m:Ids></m:GetServerTimeZones>`,
			200,
			[]string{`<t:TimeZoneDefinition Id="UTC"`},
			"W. Europe",
		},
		{"all time zones", version2013, `<m:GetServerTimeZones/>`, 200, []string{"W. Europe", "US &amp; Canada"}, ""},
		{"too old for time zones", "", `<m:GetServerTimeZones/>`, 500, []string{"ErrorIncorrectSchemaVersion"}, ""},

		{
			"items", asAnna, `<m:FindItem Traversal="Shallow"><m:ItemShape>` + idOnly + `</m:ItemShape>` +
				`<m:IndexedPageItemView MaxEntriesReturned="1" Offset="0" BasePoint="Beginning"/><m:ParentFolderIds>` + inbox + `</m:ParentFolderIds></m:FindItem>`,
			200,
			[]string{`TotalItemsInView="12"`, `IncludesLastItemInRange="false"`, "<t:ItemId"},
			"",
		},
		{
			"the last items", asAnna, `<m:FindItem Traversal="Shallow"><m:ItemShape>` + idOnly + `</m:ItemShape>` +
				`<m:IndexedPageItemView MaxEntriesReturned="10" Offset="11" BasePoint="Beginning"/><m:ParentFolderIds>` + inbox + `</m:ParentFolderIds></m:FindItem>`,
			200,
			[]string{`IndexedPagingOffset="12"`, `IncludesLastItemInRange="true"`, "<t:ItemId"},
			"",
		},
		{"items of nothing", version2013, `<m:FindItem/>`, 500, []string{"ErrorSchemaValidation"}, ""},
		{
			"minus one item", version2013, `<m:FindItem><m:ItemShape/><m:IndexedPageItemView MaxEntriesReturned="-1"/><m:ParentFolderIds>` + inbox + `</m:ParentFolderIds></m:FindItem>`,
			500,
			[]string{"ErrorSchemaValidation"},
			"",
		},

		{
			"password date", version2013, `<m:GetPasswordExpirationDate><m:MailboxSmtpAddress>` + Address + `</m:MailboxSmtpAddress></m:GetPasswordExpirationDate>`,
			200,
			[]string{"<m:PasswordExpirationDate>" + l.world.Load().service().expires.UTC().Format("2006-01-02T15:04:05Z")},
			"ResponseMessages",
		},

		{"an unknown operation", version2013, `<m:MakeCoffee/>`, 500, []string{">a:ErrorInvalidRequest<"}, ""},
		{"an operation in the wrong namespace", version2013, `<GetFolder xmlns="https://schemas.microsoft.com/exchange/services/2006/messages"/>`, 500, []string{"ErrorInvalidRequest"}, ""},
		{"no operation", version2013, "", 500, []string{"ErrorInvalidRequest"}, ""},
		{"a version from the future", `<t:RequestServerVersion Version="V2018_01_08"/>`, convertIDBody, 500, []string{">a:ErrorInvalidServerVersion<"}, ""},
		{"no version", "", inboxBody, 200, []string{"NoError"}, ""},
		{"markup in a value", version2013, strings.ReplaceAll(inboxBody, `Id="inbox"`, `Id="&lt;b&gt;&amp;&quot;"`), 500, []string{"&lt;b&gt;&amp;"}, "<b>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, answer := l.world.Load().answer(l.world.Load().service(), []byte(request(test.header, test.body)))
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			wellFormed(t, answer)
			for _, want := range test.want {
				if !strings.Contains(string(answer), want) {
					t.Errorf("no %q in %s", want, answer)
				}
			}
			if test.not != "" && strings.Contains(string(answer), test.not) {
				t.Errorf("%q in %s", test.not, answer)
			}
		})
	}
}

// TestBadRequests sends what is no EWS request at all.
func TestBadRequests(t *testing.T) {
	l := start(t, Options{})
	c := newClient(t, l, noAddr)
	bomb := `<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><b>&b;</b>`
	for _, test := range []struct {
		name, contentType, body string
		status                  int
		want                    string
	}{
		{"empty", "text/xml", "", 500, "ErrorSchemaValidation"},
		{"binary", "text/xml", "\x00\xff\xfe", 500, "ErrorSchemaValidation"},
		{"cut short", "text/xml", request(version2013, inboxBody)[:300], 500, "ErrorSchemaValidation"},
		{"two documents", "text/xml", "<a/><b/>", 500, "ErrorSchemaValidation"},
		{"an entity bomb", "text/xml", bomb, 500, "DTD is prohibited"},
		{"too deep", "text/xml", strings.Repeat("<a>", 100), 500, "too many elements"},
		{"too many elements", "text/xml", "<a>" + strings.Repeat("<b/>", maxElements) + "</a>", 500, "too many elements"},
		{"another root", "text/xml; charset=utf-8", "<a/>", 500, "is not a SOAP 1.1 envelope"},
		{"SOAP 1.2", "text/xml", strings.ReplaceAll(request(version2013, inboxBody), soapNS, "http://www.w3.org/2003/05/soap-envelope"), 500, "is not a SOAP 1.1 envelope"},
		{"JSON", "application/json", "{}", 415, ""},
		{"no type", "", "x", 415, ""},
		{"too large", "text/xml", strings.Repeat(" ", maxRequest+1), 413, "Request Entity Too Large"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := signed(post(l.URL(), test.body))
			r.Header.Set("Content-Type", test.contentType)
			response, body := c.must(r)
			if response.StatusCode != test.status || !strings.Contains(body, test.want) {
				t.Errorf("%s, want %d and %q in %s", response.Status, test.status, test.want, body)
			}
		})
	}
}

// TestWireForm looks at the headers that clients and tests rely on.
func TestWireForm(t *testing.T) {
	l := start(t, Options{})
	c := newClient(t, l, noAddr)
	anonymous, _ := c.must(post(l.URL(), request(version2013, inboxBody)))
	if got, want := fmt.Sprint(anonymous.Header.Values("WWW-Authenticate")), `[Negotiate NTLM Basic realm="mail.contoso.example"]`; got != want {
		t.Errorf("offers %s, want %s", got, want)
	}
	r := signed(post("https://mail.contoso.example/ews/EXCHANGE.asmx", request(version2013, inboxBody)))
	r.Header.Set("client-request-id", "7b2f")
	r.Header.Set("return-client-request-id", "true")
	answer, _ := c.must(r)
	for name, want := range map[string]string{
		"Content-Type": "text/xml; charset=utf-8", "Server": "Microsoft-IIS/10.0", "X-Powered-By": "ASP.NET",
		"X-FEServer": "EX01", "X-OWA-Version": "15.2.2562.37", "client-request-id": "7b2f", "X-BEServer": "EX01",
	} {
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if first, second := anonymous.Header.Get("request-id"), answer.Header.Get("request-id"); len(first) != 36 || first == second {
		t.Errorf("request ids %q and %q", first, second)
	}
}

// TestPages asks for what is not an EWS call.
func TestPages(t *testing.T) {
	l := start(t, Options{})
	c := newClient(t, l, noAddr)
	request := func(method, path string, sign bool) *http.Request {
		r := get("https://mail.contoso.example" + path)
		r.Method = method
		if sign {
			signed(r)
		}
		return r
	}
	for _, test := range []struct {
		method, path string
		sign         bool
		status       int
		want         string // in the body or the Location
	}{
		{"GET", "/EWS/Exchange.asmx", false, 401, ""},
		{"GET", "/ews/exchange.ASMX", true, 200, "You have created a service"},
		{"HEAD", "/EWS/Exchange.asmx", true, 200, ""},
		{"PUT", "/EWS/Exchange.asmx", true, 405, "405"},
		{"GET", "/EWS/Services.wsdl", false, 200, "wsdl:definitions"},
		{"GET", "/", false, 302, "/owa/"},
		{"GET", "/owa/", false, 302, "/owa/auth/logon.aspx?url="},
		{"GET", "/owa/auth/logon.aspx", false, 200, `type="password"`},
		{"GET", "/nowhere", false, 404, "404 - File or directory not found."},
		{"GET", "/EWS/", true, 404, "404"},
		{"GET", "/autodiscover/autodiscover.xml", false, 401, ""},
		{"GET", "/autodiscover/else", false, 404, "404"},
	} {
		t.Run(test.method+test.path, func(t *testing.T) {
			response, body := c.must(request(test.method, test.path, test.sign))
			if response.StatusCode != test.status || !strings.Contains(body+response.Header.Get("Location"), test.want) {
				t.Errorf("%s, want %d and %q in %s", response.Status, test.status, test.want, body)
			}
		})
	}
}

// TestSlow measures the fault in simulated time.
func TestSlow(t *testing.T) {
	l := start(t, Options{Faults: []string{"slow"}})
	late := l.world.Load().after[0]
	synctest.Test(t, func(t *testing.T) {
		v := &visit{Request: httptest.NewRequest(http.MethodPost, ewsPath, nil), world: l.world.Load()}
		began := time.Now()
		if late(v) {
			t.Error("the request was answered by the delay itself")
		}
		if got := time.Since(began); got != 3*time.Second {
			t.Errorf("took %v, want 3s", got)
		}
	})
}

func wellFormed(t *testing.T, document []byte) {
	t.Helper()
	for decoder := xml.NewDecoder(bytes.NewReader(document)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not well-formed: %v in %q", err, document)
		}
	}
}

// FuzzRequest feeds EWS with anything: it must answer, and answer in XML.
func FuzzRequest(f *testing.F) {
	for _, body := range []string{convertIDBody, inboxBody, resolveBody, "<m:GetServerTimeZones/>", ""} {
		f.Add([]byte(request(as("PrimarySmtpAddress", Mailbox), body)))
		f.Add([]byte(request(version2013, body)))
	}
	f.Add([]byte("<!DOCTYPE x><x/>"))
	f.Add([]byte("\xff\xfe<"))
	l := start(f, Options{})
	w := l.world.Load()
	f.Fuzz(func(t *testing.T, body []byte) {
		status, answer := w.answer(w.service(), body)
		if status != http.StatusOK && status != http.StatusInternalServerError {
			t.Errorf("status %d", status)
		}
		wellFormed(t, answer)
	})
}
