package report_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"fairlead/assets"
	"fairlead/network"
	"fairlead/providers"
	"fairlead/providers/exchange"
	"fairlead/report"
	"fairlead/secret"
)

const (
	account  = `CONTOSO\operator`
	password = "Harbour-Pilot-7 & <more>"
	cookie   = "c00kie-value-4711"
)

// TestHostileServer: a server that sends back whatever it got, in its status,
// headers, cookies and text, gets none of it into any form of a report.
func TestHostileServer(t *testing.T) {
	var signedIn atomic.Bool
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent := r.Header.Get("Authorization")
		w.Header().Set("Set-Cookie", "X-BackEndCookie="+cookie+sent)
		w.Header().Set("X-DiagInfo", sent)
		w.Header().Set("Content-Type", "text/html")
		if sent == "" {
			w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		signedIn.Store(true)
		user, given, _ := r.BasicAuth()
		w.Header().Set("X-FEServer", given)
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, "<html><title>%s %s</title>Authorization: %s %s %s</html>", user, given, sent, given, base64.StdEncoding.EncodeToString([]byte(given)))
	}))
	defer server.Close()
	world := network.System()
	world.Trust(server.Certificate())
	address, err := exchange.ParseURL(server.URL + "/EWS/Exchange.asmx")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	result := exchange.Test(world, exchange.Target{
		URL: address, SignIn: account, Password: secret.New(password), Mailbox: "anna@contoso.com", Mode: exchange.Strict,
	}).Run(t.Context(), nil)
	if !signedIn.Load() {
		t.Fatalf("the password was never sent, so that nothing is proven: %s", report.Document{Report: result}.Text())
	}
	d := report.Document{Name: "hostile", Report: result, Regions: catalogue.Regions, Details: []providers.Detail{{Label: "Sign-in name", Value: account}}}
	for name, document := range map[string]report.Document{"plain": d, "masked": d.Mask()} {
		page, err := document.HTML()
		if err != nil {
			t.Fatal(err)
		}
		object, err := document.JSON()
		if err != nil {
			t.Fatal(err)
		}
		for form, text := range map[string]string{"text": document.Text(), "HTML": string(page), "JSON": string(object)} {
			for what, leak := range map[string]string{
				"password": "Harbour-Pilot", "cookie": cookie, "token": base64.StdEncoding.EncodeToString([]byte(account + ":" + password)),
				"encoded password": base64.StdEncoding.EncodeToString([]byte(password)), "header": "Authorization: ",
			} {
				if strings.Contains(text, leak) {
					t.Errorf("the %s is in the %s %s", what, name, form)
				}
			}
			if name == "masked" && strings.Contains(text, "operator") {
				t.Errorf("the account's name is in the masked %s", form)
			}
		}
	}
}
