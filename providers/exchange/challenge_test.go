package exchange

import (
	"fmt"
	"strings"
	"testing"
)

func TestChallenges(t *testing.T) {
	for _, test := range []struct {
		values []string
		want   string
	}{
		{nil, "[]"},
		{[]string{"Negotiate", "NTLM", `Basic realm="mail.contoso.com"`}, "[Negotiate NTLM Basic realm=mail.contoso.com]"},
		{[]string{"Negotiate, NTLM, Basic"}, "[Negotiate NTLM Basic]"},
		{[]string{`Basic realm="a, NTLM", charset="UTF-8", Digest realm=x, qop="auth"`}, "[Basic realm=a, NTLM Digest realm=x]"},
		{[]string{`basic realm = "with spaces"`}, "[basic realm=with spaces]"},
		{[]string{`Basic realm="a \"quoted\" one"`}, `[Basic realm=a "quoted" one]`},
		{[]string{"NTLM TlRMTVNTUAACAAAA=="}, "[NTLM]"},
		{[]string{`Bearer client_id="1", trusted_issuers="x@*", realm=y`}, "[Bearer realm=y]"},
		{[]string{"", ",", " , ,", `"`, "=", "realm=x", `"Basic"`}, "[]"},
		{[]string{`Basic realm="never closed, NTLM`}, `[Basic realm="never closed, NTLM]`},
	} {
		if got := fmt.Sprint(challenges(test.values)); got != test.want {
			t.Errorf("%q: got %s, want %s", test.values, got, test.want)
		}
	}
}

func FuzzChallenges(f *testing.F) {
	for _, seed := range []string{"Negotiate", `Basic realm="a, b"`, "NTLM TlRM==", `a b=c, d="e\"f", g`, ",,=", `"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		for _, c := range challenges([]string{value}) {
			if c.scheme == "" || strings.ContainsAny(c.scheme, " ,=\"\t\r\n") || !strings.Contains(value, c.scheme) {
				t.Fatalf("%q: the scheme %q", value, c.scheme)
			}
		}
		names := schemes(challenges([]string{value, value}))
		for _, name := range names {
			if !offers(challenges([]string{value}), strings.ToUpper(name)) {
				t.Fatalf("%q: %q is not found again", value, name)
			}
		}
	})
}
