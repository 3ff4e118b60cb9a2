package exchange

import (
	"errors"
	"strings"
	"testing"

	"fairlead/providers"
)

func TestParseURL(t *testing.T) {
	const usual = "https://mail.contoso.com/EWS/Exchange.asmx"
	for _, test := range []struct{ raw, want, says string }{
		{usual, usual, ""},
		{"  " + usual + "\n", usual, ""},
		{"https://mail.contoso.com", usual, ""},
		{"https://mail.contoso.com/", usual, ""},
		{"HTTPS://MAIL.contoso.com/ews/exchange.ASMX", "https://mail.contoso.com/ews/exchange.ASMX", ""},
		{"https://mail.contoso.com:8443", "https://mail.contoso.com:8443/EWS/Exchange.asmx", ""},
		{"https://mail.contoso.com./EWS/Exchange.asmx", usual, ""},
		{"https://203.0.113.7/EWS/Exchange.asmx", "https://203.0.113.7/EWS/Exchange.asmx", ""},
		{"https://[2001:DB8::7]:444", "https://[2001:db8::7]:444/EWS/Exchange.asmx", ""},
		{"https://post.müller.de", "https://post.xn--mller-kva.de/EWS/Exchange.asmx", ""},
		{"https://ex_01.contoso.com", "https://ex_01.contoso.com/EWS/Exchange.asmx", ""},
		{"https://ex01", "https://ex01/EWS/Exchange.asmx", ""},

		{"", "", "is empty"},
		{"   ", "", "is empty"},
		{"mail.contoso.com", "", "type " + usual},
		{"mail.contoso.com/ews/exchange.asmx", "", "type https://mail.contoso.com/ews/exchange.asmx"},
		{"http://mail.contoso.com", "", "type " + usual},
		{"http://mail.contoso.com:80/EWS/Exchange.asmx", "", "type " + usual},
		{"ftp://mail.contoso.com", "", "begin with https://"},
		{"file:///etc/passwd", "", "begin with https://"},
		{"https:mail.contoso.com", "", "https:// is missing"},
		{"https://", "", "name of the server is missing"},
		{"https:///EWS/Exchange.asmx", "", "name of the server is missing"},
		{"https://me:secret@mail.contoso.com", "", "take it out"},
		{"https://me@mail.contoso.com", "", "take it out"},
		{"http://me:secret@mail.contoso.com", "", "take it out"},
		{usual + "?wsdl", "", "from the ? on"},
		{usual + "?", "", "from the ? on"},
		{usual + "#top", "", "from the # on"},
		{usual + "#", "", "from the # on"},
		{"https://mail contoso.com", "", "there is a space"},
		{"https://mail.contoso.com:99999", "", "1 to 65535"},
		{"https://mail.contoso.com:0", "", "1 to 65535"},
		{"https://mail.contoso.com:", "", "take the colon out"},
		{"https://mail.contoso.com:https", "", "not a web address"},
		{"https://mail..contoso.com", "", "is not the name of a server"},
		{"https://-mail.contoso.com", "", "is not the name of a server"},
		{"https://mail.contoso.com\x00/", "", "cannot be typed"},
		{"https://ma\xffil.contoso.com/", "", "cannot be typed"},
		{"https://mail%00.contoso.com/", "", "not a web address"},
		{"https://mail.con*toso.com", "", "is not the name of a server"},
		{"https://203.0.113", "", "not a complete IP address"},
		{"https://[fe80::1%25eth0]/", "", "network card"},
		{"https://" + strings.Repeat("a", 64) + ".com", "", "is not the name of a server"},
		{"https://" + strings.Repeat("a", 3000), "", "too long"},
	} {
		u, err := ParseURL(test.raw)
		if test.says == "" {
			if err != nil || u.String() != test.want {
				t.Errorf("%q: got %v and %v, want %s", test.raw, u, err, test.want)
			}
			continue
		}
		if u != nil || err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q: got %v and %v, want %q", test.raw, u, err, test.says)
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the password is repeated in %v", test.raw, err)
		}
		if _, ok := errors.AsType[*providers.Problem](err); !ok {
			t.Errorf("%q: the error is a %T", test.raw, err)
		}
	}
}

func FuzzParseURL(f *testing.F) {
	for _, seed := range []string{
		"https://mail.contoso.com", "http://x", "https://[::1]:443/", "https://post.müller.de", "https://a:b@c/d?e#f", "",
		"https://203.0.113.7:1/EWS", "https://xn--/", "https://%41/", "https://mail.contoso.com/%2f?",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := ParseURL(raw)
		if err != nil {
			if _, ok := errors.AsType[*providers.Problem](err); !ok || u != nil {
				t.Fatalf("%q: got %v and a %T", raw, u, err)
			}
			return
		}
		if u.Scheme != "https" || u.User != nil || u.Hostname() == "" || u.Path == "" || u.RawQuery != "" || u.Fragment != "" {
			t.Fatalf("%q: got %#v", raw, u)
		}
		// What was accepted is accepted again, and stays what it is.
		again, err := ParseURL(u.String())
		if err != nil || again.String() != u.String() {
			t.Fatalf("%q: %s becomes %v, %v", raw, u, again, err)
		}
	})
}
