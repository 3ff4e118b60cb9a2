package cli

import (
	"bytes"
	"io"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fairlead/cli/answers"
	"fairlead/cli/screen"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/secret"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// roundTrips are answers to the wizard of every provider, of each way that needs nobody
// at a browser.
var roundTrips = map[string]string{
	"exchange": "services: [continuity, sync-and-recover]\nprovider: exchange\nexchange.address: " + lab.Address +
		"\nexchange.url: https://mail.contoso.example/EWS/Exchange.asmx\nexchange.mailbox: " + lab.Mailbox +
		"\nname: 'Head office: \"main\"'\ndescription: 'yes'\n",
	"exchange-sign-in": "services: [continuity]\nprovider: exchange\nexchange.address: " + lab.Address + "\nexchange.sign-in: '" + lab.SignIn +
		"'\nexchange.url: https://mail.contoso.example/EWS/Exchange.asmx\nexchange.security: relaxed\nexchange.mailbox: " + lab.Mailbox + "\n",
	"microsoft365":     "services: [sync-and-recover]\nprovider: microsoft365\nmicrosoft365: {tenant: contoso.example, way: somebody, granted: true}\n",
	"microsoft365-gcc": "services: [remediation]\nprovider: microsoft365\nmicrosoft365: {tenant: gcc.contoso.example, way: somebody, granted: true}\nname: '2026'\n",
	"google": "services: [remediation]\nprovider: google\ngoogle.customer: C03kt1m66\ngoogle.address: admin@workspace.contoso.example\n" +
		"google.way: file\ngoogle.prove-customer: true\nname: Workspace of Contoso\n",
	"google-service": "services: [remediation]\nprovider: google\ngoogle.customer: C03kt1m66\ngoogle.address: anna@workspace.contoso.example\ngoogle.way: service\ngoogle.client: '117093356784120984533'\n",
}

// TestAnswersMakeTheSameConnectorAgain: the answers file of a finished wizard, and the
// one that is made of a connector, each lead to the same connector.
func TestAnswersMakeTheSameConnectorAgain(t *testing.T) {
	for name, text := range roundTrips {
		t.Run(name, func(t *testing.T) {
			w, err := workspace.Open(t.Context(), workspace.Options{Lab: true, Dir: filepath.Join(t.TempDir(), "data"), Keyring: keyring.Memory()})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = w.Close() })
			j, first := madeFrom(t, w, text)
			for how, j := range map[string]*page.Journey{"of the wizard": j, "of the connector": w.Answered(first)} {
				var file bytes.Buffer
				if err := answers.Write(&file, j, "fairleadctl new --answers answers.yaml"); err != nil {
					t.Fatal(err)
				}
				if strings.Contains(file.String(), lab.Password) || strings.Contains(file.String(), "PRIVATE") {
					t.Errorf("a secret is in the file %s", how)
				}
				if err := w.Delete(t.Context(), first); err != nil {
					t.Fatal(err)
				}
				_, again := madeFrom(t, w, file.String())
				if was, is := made(first), made(again); !reflect.DeepEqual(was, is) {
					t.Errorf("the file %s\n%s\nmakes %+v\nout of  %+v", how, &file, is, was)
				}
				first = again
			}
		})
	}
}

// madeFrom makes a connector with a file of answers.
func madeFrom(t *testing.T, w *workspace.Workspace, text string) (*page.Journey, connectors.Connector) {
	t.Helper()
	file, err := answers.Parse("answers.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	flow := w.NewConnector()
	if err := file.Check(flow, true); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	j := page.Start(flow)
	var said bytes.Buffer
	out := screen.New(&said, func(string) string { return "" })
	password := func(page.FieldView) (secret.Secret, error) { return secret.New(lab.Password), nil }
	if _, err := answers.Walk(t.Context(), j, answers.Filled{File: file, Secret: password}, out, screen.New(io.Discard, func(string) string { return "" })); err != nil {
		t.Fatalf("%v\n%s\n%s", err, text, &said)
	}
	p := &program{}
	c, err := p.registered(t.Context(), w, j)
	if err != nil {
		t.Fatal(err)
	}
	return j, c
}

// made is what somebody has decided about a connector.
func made(c connectors.Connector) connectors.Connector {
	return connectors.Connector{Name: c.Name, Description: c.Description, Provider: c.Provider, Tenant: c.Tenant, Services: c.Services, Settings: c.Settings}
}
