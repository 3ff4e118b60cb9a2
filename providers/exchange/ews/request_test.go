package ews

import (
	"encoding/xml"
	"strings"
	"testing"
)

// TestRequests: the calls are XML, name what they are for, and nothing that is
// typed can become markup.
func TestRequests(t *testing.T) {
	for _, test := range []struct{ call, operation, mailbox string }{
		{ConvertID(Exchange2013), "ConvertId", ""},
		{GetInbox(Exchange2013, "anna@contoso.com"), "GetFolder", "anna@contoso.com"},
		{GetInbox(Exchange2013, `o'hara&<b>"x"@contoso.com`), "GetFolder", `o'hara&<b>"x"@contoso.com`},
		{GetOwnInbox(Exchange2013), "GetFolder", ""},
		{PasswordExpires(Exchange2013), "GetPasswordExpirationDate", ""},
		{Resolve(Exchange2013, "anna@contoso.com"), "ResolveNames", ""},
	} {
		var e struct {
			XMLName xml.Name `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
			Header  struct {
				Version struct {
					Value string `xml:"Version,attr"`
				} `xml:"http://schemas.microsoft.com/exchange/services/2006/types RequestServerVersion"`
				Mailbox string `xml:"ExchangeImpersonation>ConnectingSID>PrimarySmtpAddress"`
			} `xml:"Header"`
			Body struct {
				Call struct{ XMLName xml.Name } `xml:",any"`
			} `xml:"Body"`
		}
		if err := xml.Unmarshal([]byte(test.call), &e); err != nil {
			t.Errorf("%s: %v", test.call, err)
			continue
		}
		if e.Body.Call.XMLName != (xml.Name{Space: messagesNS, Local: test.operation}) ||
			e.Header.Version.Value != "Exchange2013" || e.Header.Mailbox != test.mailbox {
			t.Errorf("%s is read as %+v", test.call, e)
		}
		if strings.Contains(test.call, "https://") {
			t.Errorf("%s has a namespace that servers do not know", test.call)
		}
	}
}
