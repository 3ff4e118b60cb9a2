package plan

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/network"
	"fairlead/providers"
	microsoftprovider "fairlead/providers/microsoft365"
)

// book is a run book of an estate whose names mean something to HTML and Markdown.
func book(t *testing.T) *RunBook {
	t.Helper()
	c := catalogue(t)
	e := Environment{Title: `<script>alert(1)</script> | **x**`, Organisations: []Organisation{{
		Name: "A & B | <b>", Mailboxes: InBoth, Services: three, Tenants: []Tenant{tenants[0], onPremises},
	}}}
	farm := connectors.Connector{
		ID: "farm", Name: "Farm ~~~~ <i>", Provider: exchange, Tenant: "contoso.example", Services: three, LastTest: failed,
		Credential: connectors.Credential{Key: "key-in-the-keyring"},
	}
	p := New(e, c, Existing{Connectors: []connectors.Connector{farm}})
	return NewRunBook(&Guide{
		Plan: p, Catalogue: c, File: "estate.yaml", Providers: []providers.Provider{microsoftprovider.Provider{Catalogue: c}},
		Env: providers.Env{Network: network.System()},
	}, p.Steps(), time.Unix(0, 0), "1.2.3")
}

// TestRunBook: both forms have the estate, the rules, the steps and the reports,
// and names stay names.
func TestRunBook(t *testing.T) {
	b := book(t)
	page, err := b.HTML()
	if err != nil {
		t.Fatal(err)
	}
	text, err := b.Markdown()
	if err != nil {
		t.Fatal(err)
	}
	command := regexp.MustCompile(`(?m)^fairleadctl .*$`) // between fences, where all is shown as it stands
	for form, got := range map[string]string{"HTML": string(page), "Markdown": string(text)} {
		for _, want := range []string{
			"4 needed, 0 work, 1 fails, 3 missing", "1970-01-01 00:00", "1.2.3", "Not applied", "3 needed", "Hybrid, with mailboxes in both places",
			"fairleadctl apply estate.yaml", "New-ExchangeCertificate", "The certificate has ended", "https://login.",
			"1. Make the connector of Continuity to Microsoft 365, contoso.example", "what has to be in place for Microsoft 365",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("the %s lacks %q", form, want)
			}
		}
		for _, never := range []string{"<script", "<b>", "<i>", "key-in-the-keyring"} {
			if strings.Contains(command.ReplaceAllString(strings.ReplaceAll(got, `\<`, ""), ""), never) {
				t.Errorf("the %s holds %q", form, never)
			}
		}
	}
	if regexp.MustCompile(`(?i)(src|href)="(https?:)?//[^"]*\.(js|css|png|woff2?)|url\(|@import`).Match(page) {
		t.Error("the page needs something beside itself")
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "| ") && strings.Contains(line, "Microsoft 365, contoso") {
			if n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"); n != 5 {
				t.Errorf("a row of the table has %d lines: %s", n, line)
			}
		}
	}
	if n := strings.Count(string(text), "~~~~\n"); n%2 != 0 {
		t.Errorf("%d fences", n)
	}
}
