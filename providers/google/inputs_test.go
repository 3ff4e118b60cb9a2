package google

import (
	"slices"
	"strings"
	"testing"
)

func TestCheckCustomer(t *testing.T) {
	for id, says := range map[string]string{
		"C01234567": "", "C03kt1m66": "", "C046psxkn": "", "C012abc34": "", "C1ABCDEFG": "", "C0123456789012": "",
		"": "is empty", "01234567": "type C01234567", "03kt1m66": "type C03kt1m66", "c03kt1m66": "capital C; type C03kt1m66",
		"contoso.com": "this is a domain", "anna@contoso.com": "a mail address", "https://admin.google.com/ac/accountsettings": "a web address",
		"my_customer": "whoever asks", "123456789012": "a number of another kind", "123-456-7890": "a number of another kind",
		"C03 kt1m66": "a space", "C0": "not a customer ID", "C03kt1m6ü": "not a customer ID", strings.Repeat("C", 40): "not a customer ID",
		"müller.example": "this is a domain",
	} {
		expect(t, id, CheckCustomer(id), says)
	}
	if adviseCustomer("C03kt1m66") != "" || adviseCustomer("C1ABCDEFG") == "" || adviseCustomer("C") != "" {
		t.Error("the advice does not fit")
	}
}

func TestCheckAddress(t *testing.T) {
	for address, says := range map[string]string{
		"anna@contoso.example": "", "anna@müller.example": "", "anna@xn--mller-kva.example": "",
		"anna": "@ is missing", "anna@gmail.com": "private Google account", "Anna@GoogleMail.com": "private Google account",
		"x@y.iam.gserviceaccount.com": "service account", "anna @contoso.example": "a space", "ännä@contoso.example": "cannot be part",
		"anna@-.example": "not a mail domain",
	} {
		expect(t, address, CheckAddress(address), says)
	}
	if got := subject("Anna@Müller.example"); got != "anna@xn--mller-kva.example" {
		t.Errorf("a domain in other letters is asked for as %s", got)
	}
}

func TestCheckClient(t *testing.T) {
	for id, says := range map[string]string{
		"110248495921238986420": "", "1102 4849 5921 2389 8642 0": "type 110248495921238986420", "fairlead@x.iam.gserviceaccount.com": "service account's address",
		"1234567890-abc.apps.googleusercontent.com": "for people to sign in", "": "not a client ID", "12345": "not a client ID",
		"110248495921238986420x": "not a client ID", "１１０２４８４９５９２１２３８９８６４２０": "not a client ID",
	} {
		expect(t, id, CheckClient(id), says)
	}
}

func TestParseScopes(t *testing.T) {
	for text, want := range map[string][]string{
		MailScope: {MailScope}, MailScope + "," + customerScope: {MailScope, customerScope}, " " + MailScope + "\t" + MailScope + " ": {MailScope},
		MailScope + ";" + auth + "gmail.readonly": {MailScope, auth + "gmail.readonly"}, auth + "drive": {auth + "drive"},
	} {
		if got, err := ParseScopes(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for text, says := range map[string]string{
		"": "no scope", ", ,": "no scope", "https://mail.google.com": "type https://mail.google.com/", "mail.google.com/": "https:// is missing",
		"http://mail.google.com/": "type https://mail.google.com/", auth + "gmail.readonly/": "type " + auth + "gmail.readonly",
		"gmail.readonly": "type " + auth + "gmail.readonly", "https://evil.example/": "not a scope", "https:// mail.google.com/": "not a scope",
		MailScope + "," + auth + "gmail,modify": "not a scope", auth + "gmail.réadonly": "not a scope", auth: "not a scope",
		auth + "a1 " + auth + "b/c": "not a scope",
	} {
		_, err := ParseScopes(text)
		expect(t, text, err, says)
	}
	many := ""
	for i := range maxScopes + 1 {
		many += auth + "x" + strings.Repeat("y", i+1) + " "
	}
	_, err := ParseScopes(many)
	expect(t, "many", err, "21 scopes")
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

// FuzzInputs types at random: nothing may break, and what is taken can be
// nothing but an id or scopes.
func FuzzInputs(f *testing.F) {
	for _, seed := range []string{"C03kt1m66", "", "anna@gmail.com", MailScope + "," + customerScope, "110248495921238986420", "ü@ü.example", "https://mail.google.com"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if CheckCustomer(text) == nil && !customerForm().MatchString(text) || CheckClient(text) == nil && !clientForm().MatchString(text) {
			t.Errorf("%q is taken", text)
		}
		if CheckAddress(text) == nil && domainOf(text) == "" {
			t.Errorf("%q has no domain", text)
		}
		_ = adviseCustomer(text)
		if scopes, err := ParseScopes(text); err == nil && strings.ContainsAny(strings.Join(scopes, ""), " ,;\n\"`") {
			t.Errorf("%q becomes %q", text, scopes)
		}
	})
}
