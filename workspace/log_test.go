package workspace

import (
	"os"
	"strings"
	"testing"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/logfile"
	"fairlead/providers"
	"fairlead/secret"
)

func TestLogTellsOfATestAndNoSecret(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(t.Context(), Options{Lab: true, Dir: dir, Keyring: keyring.Memory(), Faults: []string{"certificate-expired"}})
	if err != nil {
		t.Fatal(err)
	}
	c := connectors.Connector{ID: "one", Provider: "exchange", Name: "Head office", Settings: map[string]string{
		"url": "https://mail.contoso.com/EWS/Exchange.asmx", "signin": lab.Address, "mailbox": lab.Mailbox, "security": "strict",
	}}
	suite, err := w.Test(t.Context(), c, secret.New(lab.Password), providers.TestOptions{})
	if err != nil {
		t.Fatal(err)
	}
	report := suite.Run(t.Context(), nil)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	files := logfile.Files(logfile.Folder(dir))
	if len(files) != 1 {
		t.Fatalf("the log has %v", files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"msg=opened", "msg=tested connector=one", "verdict=" + string(report.Verdict()), report.Worst().Cause()} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the log does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(string(text), lab.Password) {
		t.Errorf("the log holds the password:\n%s", text)
	}
}
