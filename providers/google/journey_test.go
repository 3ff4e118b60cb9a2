package google

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/keyring"
	simulated "fairlead/lab/google"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// TestFromAKeyFileToAVerifiedConnector walks the whole road.
func TestFromAKeyFileToAVerifiedConnector(t *testing.T) {
	b := newBench(t)
	j := b.walk(keyring.Memory())
	j.next()
	j.at("google.customer")
	j.Set(keyCustomer, simulated.CustomerID)
	j.Set(keyAddress, simulated.Admin)
	j.next()
	j.at("google.client")
	j.Set(keyWay, wayFile)
	j.Set(keyFileName, `"`+keyFileOf(t, simulated.Account)+`"`)
	j.Set(keyScopes, MailScope)
	j.Set(keyProve, true)
	j.next()
	j.at("google.delegation")
	j.next()
	j.at(pageTest)
	if r := j.next(); r.Report == nil || r.Report.Verdict() != check.Pass || r.Report.Count(check.Pass) != len(r.Report.Checks) {
		t.Fatalf("the test came to %+v", r)
	}
	j.next()
	j.at("end")
	o := Provider{}.Outcome(j.Answers())
	if o.Tenant != simulated.CustomerID || o.Suggested != "Google Workspace, "+simulated.Domain || o.Session || o.Secret.IsEmpty() ||
		o.Settings[settingAccount] != simulated.Account || o.Settings[settingClient] != simulated.ClientID(simulated.Account) {
		t.Errorf("%+v", o)
	}
	if !strings.Contains(o.Next, "Manage Domain Wide Delegation") || !strings.Contains(o.Next, simulated.ClientID(simulated.Account)) {
		t.Errorf("how to clean up is missing: %s", o.Next)
	}
	if details := (Provider{}).Describe(o.Settings); len(details) != 5 {
		t.Errorf("%+v", details)
	}
	draft, err := json.Marshal(j.Draft())
	if err != nil || strings.Contains(string(draft), o.Secret.Reveal()[:40]) || strings.Contains(string(draft), "PRIVATE KEY") {
		t.Errorf("the draft holds the key: %v", err)
	}
}

// TestTheSuggestedWay takes everything from the catalogue and proves nothing.
func TestTheSuggestedWay(t *testing.T) {
	b := newBench(t)
	j := b.walk(keyring.Memory())
	j.next()
	j.Set(keyCustomer, simulated.CustomerID)
	j.Set(keyAddress, simulated.Mailbox)
	j.next()
	j.at("google.client")
	if v := j.View(); v.Fields[0].Value != wayService || j.Answers().Text(keyScopes) != MailScope {
		t.Errorf("suggested are %q and %q", v.Fields[0].Value, j.Answers().Text(keyScopes))
	}
	j.Set(keyClient, simulated.ServiceClient)
	j.next()
	j.at("google.delegation")
	j.next()
	j.at(pageTest)
	if r := j.next(); r.Report == nil || r.Report.Verdict() != check.Warn {
		t.Fatalf("%+v", r)
	}
	j.next()
	j.at("end")
	if o := (Provider{}).Outcome(j.Answers()); !o.Secret.IsEmpty() || !strings.Contains(o.Next, "Nothing was verified") {
		t.Errorf("%+v", o)
	}
}

// toDelegation walks to the page for delegation with an account that is not
// authorised yet.
func (b *bench) toDelegation(k keyring.Keyring) *journey {
	b.t.Helper()
	j := b.walk(k)
	j.next()
	j.Set(keyCustomer, simulated.CustomerID)
	j.Set(keyAddress, simulated.Mailbox)
	j.next()
	j.Set(keyWay, wayPaste)
	j.Set(keyPasted, secret.New(string(simulated.KeyFile(simulated.NewAccount))))
	j.Set(keyScopes, MailScope)
	j.next()
	j.at("google.delegation")
	return j
}

// TestTheDelegationIsWaitedFor authorises by the link on the page, and waits
// until Google knows, with the draft put away in between.
func TestTheDelegationIsWaitedFor(t *testing.T) {
	b := newBench(t, "google-propagation-slow")
	j := b.toDelegation(keyring.Memory())
	began := b.clock.now()
	j.next()
	wait := j.View().Waiting
	if wait == nil || !wait.Since.Equal(began) || wait.Every != 5*time.Minute || !strings.Contains(wait.Error(), "up to 24 hours") ||
		!strings.Contains(wait.Error(), MailScope) {
		t.Fatalf("%+v, %s", wait, j.View().Failure)
	}
	link := ""
	for _, f := range j.View().Fields {
		if f.Key == "google.prefilled" {
			link = f.Link
		}
	}
	press(t, link)
	if got := b.lab.Google().Authorised(simulated.ClientID(simulated.NewAccount)); !slices.Equal(got, []string{MailScope}) {
		t.Fatalf("the page authorised %v", got)
	}
	b.clock.pass(10 * time.Minute)
	j.next()
	if wait := j.View().Waiting; wait == nil || !wait.Since.Equal(began) {
		t.Fatalf("after ten minutes: %+v", wait)
	}
	kept, err := json.Marshal(j.Draft())
	if err != nil || strings.Contains(string(kept), "PRIVATE") {
		t.Fatalf("%v %s", err, kept)
	}
	d, err := page.ReadDraft(kept)
	if err != nil {
		t.Fatal(err)
	}
	if j.Journey, err = page.Resume(t.Context(), j.flow, d); err != nil {
		t.Fatal(err)
	}
	j.at("google.client") // the key is not in the draft
	j.Set(keyPasted, secret.New(string(simulated.KeyFile(simulated.NewAccount))))
	j.next()
	j.at("google.delegation")
	b.clock.pass(10 * time.Minute)
	j.next()
	j.at(pageTest)
	if r := j.next(); r.Report == nil || r.Report.Verdict() != check.Pass {
		t.Errorf("%+v", r.Report)
	}
}

// TestTheWaitIsThatOfOneClient goes on with a draft, first with the same key and
// then with that of another client.
func TestTheWaitIsThatOfOneClient(t *testing.T) {
	b := newBench(t)
	j := b.toDelegation(keyring.Memory())
	began := b.clock.now()
	j.next()
	b.clock.pass(25 * time.Hour)
	var err error
	if j.Journey, err = page.Resume(t.Context(), j.flow, j.Draft()); err != nil {
		t.Fatal(err)
	}
	j.at("google.client")
	j.Set(keyPasted, secret.New(string(simulated.KeyFile(simulated.NewAccount))))
	j.next()
	j.at("google.delegation")
	j.next()
	if wait := j.View().Waiting; wait == nil || !wait.Since.Equal(began) || !strings.Contains(wait.Error(), "more than 24 hours") {
		t.Errorf("with the same client: %+v", wait)
	}
	j.Goto("google.client")
	j.Set(keyPasted, secret.New(string(simulated.KeyFile(simulated.Account))))
	j.next()
	j.at("google.delegation")
	if since := j.Answers().Text(keySince); since != "" {
		t.Errorf("another client is waited for since %s", since)
	}
}

// press sends the form of the page for delegation as it comes filled in.
func press(t *testing.T, link string) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil || !strings.HasSuffix(u.Hostname(), "admin.google.com.localhost") {
		t.Fatalf("the page leads to %s", link)
	}
	q := u.Query()
	form := url.Values{"action": {"authorize"}, "client": {q.Get("clientIdToAdd")}, "scopes": {q.Get("clientScopeToAdd")}, "overwrite": {"yes"}}
	host := u.Host
	u.Host, u.RawQuery = "127.0.0.1:"+u.Port(), ""
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, u.String(), strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("the page answers %s", resp.Status)
	}
}

func TestASecondAdministratorIsWaitedFor(t *testing.T) {
	b := newBench(t)
	j := b.toDelegation(keyring.Memory())
	j.next()
	if f := j.View().Fields[0]; f.Key != keyApproval {
		t.Fatalf("nobody asks whether somebody else has to approve, but %s", f.Key)
	}
	j.Set(keyApproval, true)
	j.next()
	if wait := j.View().Waiting; wait == nil || !strings.Contains(wait.Error(), "Another super administrator") {
		t.Fatalf("%+v", wait)
	}
	j.Set(keyApproval, false)
	b.clock.pass(25 * time.Hour)
	j.next()
	if wait := j.View().Waiting; wait == nil || !strings.Contains(wait.Error(), "more than 24 hours") {
		t.Fatalf("%+v", wait)
	}
}

// TestNothingElseIsWaitedFor lets the test explain what no waiting mends.
func TestNothingElseIsWaitedFor(t *testing.T) {
	for _, fault := range []string{"google-key-revoked", "google-clock-skew", "google-policy-enforced", "google-token-html", "google-user-unknown"} {
		b := newBench(t, fault)
		j := b.toDelegation(keyring.Memory())
		j.next()
		j.at(pageTest)
		if r := j.next(); r.Report == nil || r.Report.Verdict() != check.Fail {
			t.Errorf("%s: %+v", fault, r.Report)
		}
	}
}

// noKeyring is a keyring that cannot be used.
type noKeyring struct{ keyring.Keyring }

func (noKeyring) Name() string { return "Secret Service" }

func (noKeyring) Probe(context.Context) error {
	return &keyring.Error{Op: "probe", Kind: keyring.ErrLocked}
}

func TestWithoutAKeyringTheKeyIsForThisRunAlone(t *testing.T) {
	b := newBench(t)
	j := b.walk(noKeyring{keyring.Memory()})
	j.next()
	j.Set(keyCustomer, simulated.CustomerID)
	j.Set(keyAddress, simulated.Mailbox)
	j.next()
	j.Set(keyWay, wayFile)
	j.Set(keyFileName, keyFileOf(t, simulated.Account))
	j.Set(keyScopes, MailScope)
	j.next()
	j.at("google.client")
	if failure := j.View().Failure; !strings.Contains(failure, "Secret Service is locked") || !strings.Contains(failure, "not kept after") {
		t.Fatalf("%q", failure)
	}
	j.Set(keySession, true)
	j.next()
	j.at("google.delegation")
	if o := (Provider{}).Outcome(j.Answers()); !o.Session {
		t.Error("the key is to be kept")
	}
}

// TestBadKeysOnThePage refuses them where they are given, keeps what else was
// typed, and sends nothing.
func TestBadKeysOnThePage(t *testing.T) {
	b := newBench(t)
	j := b.walk(keyring.Memory())
	j.next()
	j.Set(keyCustomer, simulated.CustomerID)
	j.Set(keyAddress, simulated.Mailbox)
	j.next()
	j.Set(keyWay, wayFile)
	j.Set(keyScopes, MailScope)
	j.Set(keyFileName, string(simulated.KeyFile(simulated.Account)))
	j.next()
	j.at("google.client")
	if draft, _ := json.Marshal(j.Draft()); strings.Contains(string(draft), "PRIVATE") {
		t.Error("the draft holds a key that was pasted in place of its file's name")
	}
	name := keyFileOf(t, simulated.Account)
	if err := os.WriteFile(name, []byte(file(map[string]any{"token_uri": "https://evil.example/token"})), 0o600); err != nil {
		t.Fatal(err)
	}
	j.Set(keyFileName, name)
	j.next()
	j.at("google.client")
	if v := j.View(); !strings.Contains(v.Failure, "another token service") || j.Answers().Text(keyScopes) != MailScope {
		t.Errorf("%q", v.Failure)
	}
	j.Set(keyWay, wayPaste)
	j.Set(keyPasted, secret.New("{}"))
	if err := j.Leave(keyPasted); err == nil || !strings.Contains(err.Error(), "not a service account's key") {
		t.Errorf("%v", err)
	}
}
