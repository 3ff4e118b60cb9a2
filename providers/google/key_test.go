package google

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/keyring"
	simulated "fairlead/lab/google"
)

// file is a good key file, with changes. A nil takes a line out.
func file(changes map[string]any) string {
	var lines map[string]any
	if err := json.Unmarshal(simulated.KeyFile(simulated.Account), &lines); err != nil {
		panic(err)
	}
	for name, value := range changes {
		lines[name] = value
		if value == nil {
			delete(lines, name)
		}
	}
	text, _ := json.Marshal(lines)
	return string(text)
}

func pemOf(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func TestGoodKeys(t *testing.T) {
	var lines struct {
		Key string `json:"private_key"`
	}
	_ = json.Unmarshal(simulated.KeyFile(simulated.Account), &lines)
	block, _ := pem.Decode([]byte(lines.Key))
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	first := ""
	for name, text := range map[string]string{
		"as it comes": string(simulated.KeyFile(simulated.Account)), "on one line": file(nil), "with a mark in front": "\ufeff" + file(nil),
		"spaces around": "\r\n " + file(nil) + "\r\n", "an older address": file(map[string]any{"token_uri": "https://accounts.google.com/o/oauth2/token"}),
		"without a universe": file(map[string]any{"universe_domain": nil}),
		"in the older form":  file(map[string]any{"private_key": pemOf("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(parsed.(*rsa.PrivateKey)))}),
		"pasted as one line": strings.ReplaceAll(string(simulated.KeyFile(simulated.Account)), "\n", " "),
	} {
		key, err := ParseKey([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		kept, err := key.Secret()
		if err != nil || len(kept.Reveal()) > keyring.MaxSecret {
			t.Errorf("%s: %v, %d bytes", name, err, len(kept.Reveal()))
		}
		if first == "" {
			first = kept.Reveal()
		}
		if kept.Reveal() != first || key.Client != simulated.ClientID(simulated.Account) {
			t.Errorf("%s: another key came out", name)
		}
		target := Target{Account: key.Account, Client: key.Client, KeyID: key.ID, Project: key.Project, Key: kept}
		if again, err := target.restore(); err != nil || !again.private.Equal(key.private) || again.ID != key.ID {
			t.Errorf("%s: it does not come back: %v", name, err)
		}
	}
}

func TestBadKeys(t *testing.T) {
	good := file(nil)
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ecDER, _ := x509.MarshalPKCS8PrivateKey(ec)
	short, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	long, err := rsa.GenerateKey(rand.Reader, 3584)
	if err != nil {
		t.Fatal(err)
	}
	ofRSA := func(k *rsa.PrivateKey) string {
		der, err := x509.MarshalPKCS8PrivateKey(k)
		if err != nil {
			t.Fatal(err)
		}
		return pemOf("PRIVATE KEY", der)
	}
	var private string
	{
		var lines map[string]string
		_ = json.Unmarshal([]byte(good), &lines)
		private = lines["private_key"]
	}
	for name, c := range map[string]struct{ text, says string }{
		"empty":                {" ", "empty"},
		"not JSON":             {"hello", "not JSON"},
		"P12":                  {"0\x82\x0a\x01", "not JSON: a key in the old P12 form"},
		"bytes":                {"{\xff}", "not JSON"},
		"a list":               {"[1,2]", "not JSON"},
		"a bare key":           {private, "bare private key"},
		"cut off":              {good[:len(good)-40], "the end of the key is missing"},
		"five megabytes":       {strings.Repeat("x", 5<<20), "5242880 bytes and is no key file"},
		"of a person":          {file(map[string]any{"type": "authorized_user"}), "the sign-in of a person, as gcloud keeps it (authorized_user)"},
		"of another cloud":     {file(map[string]any{"type": "external_account"}), "reference to another cloud's identity (external_account)"},
		"impersonated":         {file(map[string]any{"type": "impersonated_service_account"}), "without its key"},
		"for people":           {`{"installed":{"client_id":"x"}}`, "client for people to sign in with"},
		"for a site":           {`{"web":{"client_id":"x"}}`, "client for people to sign in with"},
		"without a type":       {file(map[string]any{"type": nil}), `its "type" is not service_account`},
		"another token host":   {file(map[string]any{"token_uri": "https://oauth2.googleapis.com.evil.example/token"}), "another token service than Google's"},
		"plain http":           {file(map[string]any{"token_uri": "http://oauth2.googleapis.com/token"}), "another token service than Google's"},
		"with a user":          {file(map[string]any{"token_uri": "https://oauth2.googleapis.com@evil.example/token"}), "another token service"},
		"no token host":        {file(map[string]any{"token_uri": nil}), "another token service"},
		"another universe":     {file(map[string]any{"universe_domain": "evil.example"}), "another token service"},
		"a person's address":   {file(map[string]any{"client_email": "anna@contoso.example"}), `"client_email" is not`},
		"no number":            {file(map[string]any{"client_id": "fairlead@x.iam.gserviceaccount.com"}), `"client_id" is not the number`},
		"no key id":            {file(map[string]any{"private_key_id": nil}), `"private_key_id" or "project_id" is missing`},
		"a project that lies":  {file(map[string]any{"project_id": "x`; rm -rf /"}), `"project_id" is missing`},
		"no private key":       {file(map[string]any{"private_key": nil}), "private key in the file is damaged"},
		"half a private key":   {file(map[string]any{"private_key": private[:900]}), "private key in the file is damaged"},
		"a changed key":        {file(map[string]any{"private_key": strings.Replace(private, "MII", "AAA", 1)}), "private key in the file is damaged"},
		"more than one key":    {file(map[string]any{"private_key": private + private}), "private key in the file is damaged"},
		"encrypted":            {file(map[string]any{"private_key": pemOf("ENCRYPTED PRIVATE KEY", []byte("x"))}), "is encrypted"},
		"encrypted of old":     {file(map[string]any{"private_key": "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,1\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"}), "is encrypted"},
		"a certificate":        {file(map[string]any{"private_key": pemOf("CERTIFICATE", []byte("x"))}), "is damaged"},
		"of another algorithm": {file(map[string]any{"private_key": pemOf("PRIVATE KEY", ecDER)}), "not an RSA key"},
		"too short":            {file(map[string]any{"private_key": pemOf("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(short))}), "1024 bits"},
		"too long":             {file(map[string]any{"private_key": ofRSA(long)}), "does not fit into every system's keyring"},
	} {
		_, err := ParseKey([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		if err != nil && strings.Contains(err.Error(), private[60:90]) {
			t.Errorf("%s: the error holds the key", name)
		}
	}
}

func TestReadKey(t *testing.T) {
	dir := t.TempDir()
	big := filepath.Join(dir, "big.json")
	if err := os.WriteFile(big, make([]byte, 5<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadKey(keyFileOf(t, simulated.Account)); err != nil {
		t.Error(err)
	}
	for name, says := range map[string]string{dir: "folder", big: "5242880 bytes", filepath.Join(dir, "none"): "cannot be read"} {
		if _, err := ReadKey(name); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", name, err, says)
		}
	}
}

// FuzzParseKey throws damaged key files at the parser: what it takes can sign,
// fits into every keyring, and belongs to a service account.
func FuzzParseKey(f *testing.F) {
	f.Add(simulated.KeyFile(simulated.Account))
	f.Add([]byte(file(map[string]any{"type": "authorized_user"})))
	f.Add([]byte(file(map[string]any{"private_key": "-----BEGIN PRIVATE KEY-----\n"})))
	f.Add([]byte(`{"type":"service_account"}`))
	f.Add([]byte("0\x82"))
	f.Fuzz(func(t *testing.T, data []byte) {
		key, err := ParseKey(data)
		if err != nil {
			return
		}
		kept, err := key.Secret()
		if err != nil || len(kept.Reveal()) > keyring.MaxSecret || !strings.HasSuffix(key.Account, ".gserviceaccount.com") || !clientForm().MatchString(key.Client) {
			t.Errorf("%v: a key that cannot be used: %s %s", err, key.Account, key.Client)
		}
	})
}
