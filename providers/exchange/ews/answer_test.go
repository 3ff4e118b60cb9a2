package ews

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// The answers below have the shape that Microsoft documents and that public
// logs of servers show: prefixes differ, a fault's code is prefixed.
const (
	success = `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>
<h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="1748" MinorBuildNumber="43" Version="V2017_07_11"
 xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"/></s:Header>
<s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<m:GetFolderResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
 xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages>
<m:GetFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>
<m:Folders><t:Folder><t:FolderId Id="AQ==" ChangeKey="AQ=="/></t:Folder></m:Folders>
</m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse></s:Body></s:Envelope>`

	denied = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:ErrorImpersonateUserDenied</faultcode>
<faultstring xml:lang="en-US">The account does not have permission to impersonate the requested user.</faultstring>
<detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">ErrorImpersonateUserDenied</e:ResponseCode>
<e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">The account does not have permission to impersonate the requested user.</e:Message>
</detail></s:Fault></s:Body></s:Envelope>`

	busy = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
<faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:ErrorServerBusy</faultcode>
<faultstring>The server cannot service this request right now. Try again later.</faultstring>
<detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">ErrorServerBusy</e:ResponseCode>
<t:MessageXml xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><t:Value Name="BackOffMilliseconds">297749</t:Value></t:MessageXml>
</detail></s:Fault></s:Body></s:Envelope>`

	hidden = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
<m:GetFolderResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><m:ResponseMessages>
<m:GetFolderResponseMessage ResponseClass="Error"><m:MessageText>An internal server error occurred.</m:MessageText>
<m:ResponseCode>ErrorInternalServerError</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>
<m:MessageXml><t:Value xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" Name="InnerErrorMessageText">x</t:Value>
<t:Value xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" Name="InnerErrorResponseCode">ErrorServerBusy</t:Value></m:MessageXml>
</m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse></soap:Body></soap:Envelope>`

	expires = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<m:GetPasswordExpirationDateResponse ResponseClass="Success" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
<m:ResponseCode>NoError</m:ResponseCode><m:PasswordExpirationDate>2027-01-21T08:30:00Z</m:PasswordExpirationDate>
</m:GetPasswordExpirationDateResponse></s:Body></s:Envelope>`

	resolved = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<m:ResolveNamesResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
 xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages>
<m:ResolveNamesResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>
<m:ResolutionSet TotalItemsInView="1" IncludesLastItemInRange="true"><t:Resolution><t:Mailbox><t:Name>Anna</t:Name>
<t:EmailAddress>anna@contoso.com</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType>
</t:Mailbox></t:Resolution></m:ResolutionSet></m:ResolveNamesResponseMessage></m:ResponseMessages></m:ResolveNamesResponse>
</s:Body></s:Envelope>`

	bare = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
<faultcode>soap:ErrorSchemaValidation</faultcode><faultstring>The request failed schema validation.</faultstring></s:Fault></s:Body></s:Envelope>`
)

func TestRead(t *testing.T) {
	tests := []struct {
		name, body string
		want       Answer
		values     map[string]string
	}{
		{"success", success, Answer{Code: "NoError", Server: Server{"15.2.1748.43", "V2017_07_11"}}, nil},
		{"fault", denied, Answer{
			Code: "ErrorImpersonateUserDenied", Fault: true,
			Message: "The account does not have permission to impersonate the requested user.",
		}, nil},
		{"fault with a value", busy, Answer{
			Code: "ErrorServerBusy", Fault: true,
			Message: "The server cannot service this request right now. Try again later.",
		}, map[string]string{"BackOffMilliseconds": "297749"}},
		{"an error inside another", hidden, Answer{
			Code: "ErrorInternalServerError", Inner: "ErrorServerBusy", Message: "An internal server error occurred.",
		}, map[string]string{"InnerErrorMessageText": "x", "InnerErrorResponseCode": "ErrorServerBusy"}},
		{"a fault without detail", bare, Answer{
			Code: "ErrorSchemaValidation", Fault: true, Message: "The request failed schema validation.",
		}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Read([]byte(test.body))
			if err != nil {
				t.Fatal(err)
			}
			if got.Code != test.want.Code || got.Message != test.want.Message || got.Fault != test.want.Fault ||
				got.Inner != test.want.Inner || got.Server != test.want.Server {
				t.Errorf("got %+v, want %+v", *got, test.want)
			}
			for name, want := range test.values {
				if got.Values[name] != want {
					t.Errorf("value %s is %q, want %q", name, got.Values[name], want)
				}
			}
			if (got.Err() == nil) != (test.want.Code == "NoError") {
				t.Errorf("Err() is %v", got.Err())
			}
		})
	}
}

func TestReadMore(t *testing.T) {
	a, err := Read([]byte(expires))
	if want := time.Date(2027, 1, 21, 8, 30, 0, 0, time.UTC); err != nil || !a.OK() || !a.Expires.Equal(want) {
		t.Errorf("the password expires %v, %v", a, err)
	}
	for date, want := range map[string]string{
		"9999-12-31T23:59:59.9999999": "9999-12-31T23:59:59Z", "2027-01-21T08:30:00": "2027-01-21T08:30:00Z",
		"2027-01-21T08:30:00+01:00": "2027-01-21T07:30:00Z", "soon": "0001-01-01T00:00:00Z",
	} {
		a, err := Read([]byte(strings.Replace(expires, "2027-01-21T08:30:00Z", date, 1)))
		if err != nil || a.Expires.UTC().Format(time.RFC3339) != want {
			t.Errorf("%s: the password expires %v, %v", date, a.Expires, err)
		}
	}
	if a, err = Read([]byte(resolved)); err != nil || a.Entry == nil || *a.Entry != (Entry{"anna@contoso.com", "Mailbox"}) {
		t.Errorf("the address resolves to %+v, %v", a, err)
	}
	two := strings.Replace(resolved, "</t:Resolution>", "</t:Resolution><t:Resolution/>", 1)
	if a, err = Read([]byte(two)); err != nil || a.Entry != nil {
		t.Errorf("of two entries one was chosen: %+v, %v", a, err)
	}
	if !NeverExpires(time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)) || NeverExpires(time.Now()) {
		t.Error("never is not the last date of .NET")
	}
}

func TestReadRefuses(t *testing.T) {
	bomb := `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>` + success[len(`<?xml version="1.0" encoding="utf-8"?>`):]
	tests := map[string]string{
		"nothing":           "",
		"a web page":        "<!DOCTYPE html><html><body>Sign in</body></html>",
		"an entity bomb":    bomb,
		"endless depth":     strings.Repeat("<a>", 100000),
		"half an answer":    success[:len(success)/2],
		"another envelope":  strings.ReplaceAll(success, "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"),
		"an empty body":     `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>`,
		"no response code":  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault/></s:Body></s:Envelope>`,
		"binary":            "\x00\x01\x02\xff\xfe",
		"an unknown entity": strings.Replace(success, "NoError", "&file;", 1),
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := Read([]byte(body)); !errors.Is(err, ErrNotSOAP) {
				t.Errorf("got %+v and error %v, want ErrNotSOAP", got, err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{success, denied, busy, hidden, bare, expires, resolved, ConvertID(Exchange2013), "<a", ""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := Read(body)
		if (a == nil) == (err == nil) {
			t.Fatalf("answer %v and error %v", a, err)
		}
		if err != nil && !errors.Is(err, ErrNotSOAP) {
			t.Fatalf("error %v is no ErrNotSOAP", err)
		}
		if a != nil && a.Code == "" {
			t.Fatal("an answer without a code")
		}
	})
}
