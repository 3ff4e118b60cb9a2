package lab_test

import (
	"slices"
	"testing"

	"fairlead/check"
	"fairlead/domain/certificate"
	directory "fairlead/domain/ldap"
	"fairlead/domain/smtp"
	"fairlead/lab"
	"fairlead/lab/ldap"
	"fairlead/secret"
)

// TestMail meets the directory and the mail server through the lab's network, whole
// and with a fault.
func TestMail(t *testing.T) {
	l, err := lab.Start(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // nothing of it outlives the test
	read := func() check.Report {
		return directory.Test(l.Network(), directory.Target{
			Host: ldap.Host, Security: directory.LDAPS, Account: ldap.Name, Password: secret.New(ldap.Password), Base: ldap.Base,
		}).Run(t.Context(), nil)
	}
	greet := func(host string) check.Report {
		return smtp.Test(l.Network(), smtp.Target{Host: host, Mode: certificate.Strict, TLS: true, Relay: true}).Run(t.Context(), nil)
	}
	if r := read(); r.Verdict() != check.Pass {
		t.Errorf("the directory: %s", r.Title())
	}
	for _, host := range []string{"mail.contoso.example", "de-smtp-journal-1.mimecast.com", "contoso-example.mail.protection.outlook.com"} {
		if r := greet(host); r.Verdict() != check.Pass {
			t.Errorf("%s: %s", host, r.Title())
		}
	}
	for fault, ask := range map[string]func() check.Report{
		"ldap-refused": read, "ldap-bind-775": read, "ldap-certificate-expired": read,
		"smtp-refused": func() check.Report { return greet("mail.contoso.example") }, "smtp-open-relay": func() check.Report { return greet("mail.contoso.example") },
		"smtp-certificate-name-mismatch": func() check.Report { return greet("mail.contoso.example") },
	} {
		if err := l.Set(fault, true); err != nil {
			t.Fatal(err)
		}
		if r := ask(); r.Verdict() != check.Fail || !slices.Contains(l.Active(), fault) {
			t.Errorf("%s: %s", fault, r.Title())
		}
		if err := l.Set(fault, false); err != nil {
			t.Fatal(err)
		}
	}
	if l.Mails() != 0 {
		t.Error("a mail was begun")
	}
}
