package workspace

import (
	"context"
	"path/filepath"
	"testing"

	"fairlead/assets"
	"fairlead/keyring"
	"fairlead/providers/microsoft365"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// texts collects every text that the pages of the wizard show in a few
// situations.
func texts(t *testing.T) map[string]bool {
	t.Helper()
	w, err := Open(context.Background(), Options{Lab: true, Dir: filepath.Join(t.TempDir(), "data"), Keyring: keyring.Memory()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	flow, seen := w.NewConnector(), map[string]bool{}
	flow.Say = func(english string) string {
		seen[english] = true
		return english
	}
	for _, answers := range situations() {
		j := page.Start(flow)
		for key, value := range answers {
			j.Set(key, value)
		}
		for _, p := range flow.Pages(j.Answers()) {
			page.Show(j, p.ID)
			j.View()
			j.Steps()
			if p.Action != nil {
				seen[p.Action.Verb] = true
			}
		}
	}
	for _, text := range []string{"Run again", "Look again", "Same service, next tenant", "Same tenant, next service"} {
		seen[text] = true // said once something has happened
	}
	microsoft365.BrowserText("de", flow.Say)
	return seen
}

// situations are answers with which pages say different things.
func situations() []map[string]any {
	all := []map[string]any{}
	for _, found := range []string{"", "https://mail.contoso.example/EWS/Exchange.asmx"} {
		all = append(all, map[string]any{
			"provider": "exchange", "exchange.found.url": found, "exchange.url": found, "exchange.password": secret.New("x"),
		})
	}
	for _, service := range []string{"continuity", "directory-synchronization", "archive-for-teams"} {
		for _, way := range []string{"service", "own", "somebody", "no-browser"} {
			all = append(all, map[string]any{
				"provider": "microsoft365", "services": []string{service}, "microsoft365.way": way, "microsoft365.tenant": "contoso.example",
				"microsoft365.found.cloud": "worldwide", "microsoft365.found.tenant": "t",
			})
		}
	}
	for _, way := range []string{"service", "file", "paste"} {
		all = append(all, map[string]any{
			"provider": "google", "services": []string{"remediation"}, "google.way": way, "google.since": "x", "google.scopes": "https://mail.google.com/",
		})
	}
	return all
}

func TestTranslationsFitThePages(t *testing.T) {
	seen := texts(t)
	for _, code := range assets.Languages() {
		translation, err := assets.LoadTranslation(code)
		if err != nil {
			t.Fatal(err)
		}
		for english := range translation {
			if !seen[english] {
				t.Errorf("%s.json translates %q, which no page says any more", code, english)
			}
		}
	}
}
