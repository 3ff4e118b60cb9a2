package exchange

import (
	"strings"
	"testing"

	"fairlead/providers"
)

func TestCheckSignIn(t *testing.T) {
	for name, says := range map[string]string{
		`CONTOSO\svc-mail`: "", "svc-mail@contoso.com": "", "svc-mail@contoso.local": "", `contoso.com\svc mail`: "",
		"jürgen@contoso.com": "", `CONTOSO\jürgen`: "",

		"": "is empty", "  ": "is empty", "svc-mail": "domain is missing", `\svc`: "one backslash", `CONTOSO\`: "one backslash",
		`A\B\c`: "one backslash", `.\admin`: "of one computer", "CONTOSO/svc": `use a backslash: CONTOSO\svc`,
		"a:b@contoso.com": "colon", " svc@contoso.com": "space", "svc@contoso.com ": "space",
		"@contoso.com": "before and after the @", "svc@": "before and after the @", "a\nb@contoso.com": "cannot be typed",
		"\xff@contoso.com": "cannot be typed", strings.Repeat("a", 300) + "@contoso.com": "too long",
	} {
		expect(t, name, CheckSignIn(name), says)
	}
}

func TestCheckAddress(t *testing.T) {
	for address, says := range map[string]string{
		"anna@contoso.com": "", "anna.b+test@mail.contoso.co.uk": "", "o'hara@contoso.com": "", "x@müller.de": "",
		"svc@contoso.local": "", "a_b@ex_01.contoso.com": "",

		"": "is empty", " ": "is empty", "anna": "@ is missing", "@contoso.com": "before the @ is missing",
		"anna@": "after the @ is missing", "a@b@contoso.com": "more than one @", "anna @contoso.com": "a space",
		"Anna <anna@contoso.com>": "a space", "<anna@contoso.com>": "between < and >", "anna@contoso": "not a mail domain",
		"anna@contoso..com": "not a mail domain", "anna@.com": "not a mail domain", "anna@contoso.com.": "not a mail domain",
		"a..b@contoso.com": "cannot be part", ".a@contoso.com": "cannot be part", "ännä@contoso.com": "cannot be part",
		"anna@192.168.1.1.": "not a mail domain", "\x00@contoso.com": "cannot be typed",
		strings.Repeat("a", 65) + "@contoso.com": "64 characters", strings.Repeat("a", 300) + "@contoso.com": "too long",
	} {
		expect(t, address, providers.CheckAddress(address), says)
	}
}

func expect(t *testing.T, input string, err error, says string) {
	t.Helper()
	switch {
	case says == "" && err != nil:
		t.Errorf("%q is refused: %v", input, err)
	case says != "" && (err == nil || !strings.Contains(err.Error(), says)):
		t.Errorf("%q: got %v, want %q", input, err, says)
	}
}

func TestLocalName(t *testing.T) {
	for name, want := range map[string]bool{
		"svc@contoso.local": true, "svc@contoso.LAN": true, "svc@corp.contoso.internal": true, "svc@contoso": true,
		"svc@ad.intern": true, "svc@contoso.local.": true, "svc@contoso.corp": true, "svc@contoso.home.arpa": false,
		"svc@contoso.com": false, "svc@contoso.co.uk": false, "svc@müller.de": false, "svc@contoso.example": false,
		`CONTOSO\svc`: false, `contoso.local\svc`: false, "svc": false, "svc@": false, "": false, "svc@contoso.onmicrosoft.com": false,
	} {
		if got := LocalName(name); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}

func TestParseMode(t *testing.T) {
	for text, want := range map[string]Mode{"": Strict, "strict": Strict, "relaxed": Relaxed} {
		if got, err := ParseMode(text); err != nil || got != want {
			t.Errorf("%q: got %q and %v", text, got, err)
		}
	}
	if _, err := ParseMode("loose"); err == nil {
		t.Error("loose is taken for a security mode")
	}
}

func TestQuote(t *testing.T) {
	s := &test{}
	for text, want := range map[string]string{
		`CONTOSO\svc`: `'CONTOSO\svc'`, "o'hara@contoso.com": "'o''hara@contoso.com'", "a’b": "'a’’b'",
		"$(Remove-Item)": "'$(Remove-Item)'", "a\nb": "'…'", "a`b": "'…'", "": "'…'",
	} {
		if got := s.Quote(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestServerName(t *testing.T) {
	for text, want := range map[string]string{
		"EX01": "EX01", "ex01.contoso.com": "ex01.contoso.com", "": "", "EX01; Remove-Item C:\\": "", "-Force": "",
		"`whoami`": "", "$x": "", strings.Repeat("a", 300): "",
	} {
		if got := serverName(text); got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
}
