package google

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"

	"fairlead/check"
	simulated "fairlead/lab/google"
	"fairlead/network"
	"fairlead/secret"
)

// TestOnlyGoogleIsAsked notes every name that is looked up, with a key file that
// names an older token service.
func TestOnlyGoogleIsAsked(t *testing.T) {
	b := newBench(t)
	target := b.target()
	key, err := ParseKey([]byte(file(map[string]any{"token_uri": "https://accounts.google.com/o/oauth2/token", "auth_uri": "https://evil.example/"})))
	if err != nil {
		t.Fatal(err)
	}
	if target.Key, err = key.Secret(); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	asked := map[string]bool{}
	n := *b.net
	n.Lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
		mu.Lock()
		asked[host] = true
		mu.Unlock()
		return b.net.Lookup(ctx, host)
	}
	if r := Test(&n, target).Run(t.Context(), nil); r.Verdict() != check.Pass {
		t.Errorf("%s", text(r))
	}
	for host := range asked {
		if !slices.Contains([]string{tokenHost, gmailHost, directoryHost}, host) {
			t.Errorf("%s was asked for", host)
		}
	}
}

// TestWithoutAWayOut tests where names or hosts cannot be reached, or another
// authority has signed.
func TestWithoutAWayOut(t *testing.T) {
	b := newBench(t)
	for cause, change := range map[string]func(*network.Network){
		"google-name-unknown": func(n *network.Network) {
			n.Lookup = func(ctx context.Context, _ string) ([]netip.Addr, error) { return b.net.Lookup(ctx, "nowhere.example") }
		},
		"google-unreachable": func(n *network.Network) {
			n.Lookup = func(context.Context, string) ([]netip.Addr, error) {
				return []netip.Addr{netip.MustParseAddr("198.51.100.250")}, nil
			}
		},
		"google-certificate-untrusted": func(n *network.Network) {
			n.PublicRoots, n.SystemRoots = network.System().PublicRoots, network.System().PublicRoots
		},
	} {
		n := *b.net
		change(&n)
		r := Test(&n, b.target()).Run(t.Context(), nil)
		if worst := r.Worst(); worst == nil || worst.ID != "reach" || worst.Cause() != cause || r.Count(check.Skip) < 5 {
			t.Errorf("want %s\n%s", cause, text(r))
		}
	}
}

// answering is a Google that answers every request in the same way.
type answering struct {
	status int
	body   string
}

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	sent := ""
	if r.Body != nil {
		data, _ := io.ReadAll(r.Body)
		sent = string(data)
	}
	body := strings.NewReplacer("{sent}", strings.ReplaceAll(sent, "=", " "), "{bearer}", r.Header.Get("Authorization")).Replace(a.body)
	return &http.Response{StatusCode: a.status, Body: io.NopCloser(strings.NewReader(body)), Header: http.Header{}, Request: r}, nil
}

// TestAnEchoTellsNothing lets the servers send back what they got.
func TestAnEchoTellsNothing(t *testing.T) {
	b := newBench(t)
	target := b.target()
	key, err := target.restore()
	if err != nil {
		t.Fatal(err)
	}
	c := caller{&http.Client{Transport: answering{400, `{"error":"invalid_grant","error_description":"bad: {sent}"}`}}, b.clock.now}
	_, err = c.token(t.Context(), key, target.Address, MailScope)
	if err == nil || strings.Contains(err.Error(), "eyJ") || !strings.Contains(err.Error(), secret.Redacted) {
		t.Errorf("an assertion in an error: %v", err)
	}
	c.web.Transport = answering{403, `{"error":{"message":"not for {bearer}","status":"{bearer}","errors":[{"reason":"{bearer}"}]}}`}
	if err = c.read(t.Context(), profileAddress, secret.New("ya29.hidden"), new(profile)); err == nil || strings.Contains(err.Error(), "hidden") {
		t.Errorf("a token in an error: %v", err)
	}
}

// TestForeignTextMovesNoCursor has a server's answer and a record with what would
// colour a terminal.
func TestForeignTextMovesNoCursor(t *testing.T) {
	b := newBench(t)
	s := newTest(b.net, b.target())
	s.target.Customer = "C0\x1b[31m"
	s.web.Transport = answering{200, `{"access_token":"ya29.x","token_type":"Bearer","emailAddress":"` + simulated.Admin + `",` +
		`"id":"` + simulated.CustomerID + `","customerDomain":"contoso\u001b[31m\n.exam\u202eple"}`}
	r := s.suite().Run(t.Context(), nil)
	if got := r.Facts["domain"]; got != "contoso[31m .example" {
		t.Errorf("the domain is %q", got)
	}
	if c := result(t, r, "customer"); c.Cause() != "google-customer-differs" || strings.ContainsAny(text(r), "\x1b\u202e") {
		t.Errorf("%q", text(r))
	}
}

// TestStrangeAnswers sends what Google never does.
func TestStrangeAnswers(t *testing.T) {
	b := newBench(t)
	key, err := b.target().restore()
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{"", "{}", "[]", "null", `{"access_token":""}`, `{"access_token":"x"}`, `{"access_token":7,"token_type":"Bearer"}`, `{"access_token":"x","token_type":"mac"}`} {
		c := caller{&http.Client{Transport: answering{200, body}}, b.clock.now}
		if _, err := c.token(t.Context(), key, simulated.Admin, MailScope); !errors.Is(err, errBadReply) {
			t.Errorf("%q: %v", body, err)
		}
	}
	for _, body := range []string{"", "{}", "null", `{"error":null}`, `{"error":7}`, `{"error":{"code":"x"}}`, `{"error":["x"]}`, `{"error":"` + strings.Repeat("x", 9000) + `"}`} {
		c := caller{&http.Client{Transport: answering{400, body}}, b.clock.now}
		_, err := c.token(t.Context(), key, simulated.Admin, MailScope)
		if r, ok := errors.AsType[*refusal](err); !ok || len(r.Error()) > 2000 || r.status != 400 {
			t.Errorf("%.40q: %v", body, err)
		}
	}
}

// FuzzAnswers reads whatever a server may send: no error may be endless or
// repeat what was sent, and at most one of the causes that fail is named first.
func FuzzAnswers(f *testing.F) {
	f.Add(400, []byte(`{"error":"invalid_grant","error_description":"Invalid JWT Signature."}`))
	f.Add(403, []byte(`{"error":{"code":403,"message":"x","status":"PERMISSION_DENIED","errors":[{"reason":"accessNotConfigured"}],"details":[{"reason":"SERVICE_DISABLED"}]}}`))
	f.Add(200, []byte(`{"access_token":"ya29.x","token_type":"Bearer"}`))
	f.Add(500, []byte(`{"error":{"errors":[1]}}`))
	f.Add(400, []byte("{\"error\":\"\x1b[31m\",\"error_description\":\"s3nt-t0ken-s3nt-t0ken\"}"))
	sent := secret.New("s3nt-t0ken-s3nt-t0ken")
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		_, err := parseToken(reply{status: status, body: body}, sent)
		if err == nil {
			return
		}
		told := err.Error()
		if len(told) > 3000 || strings.Contains(told, sent.Reveal()) || strings.ContainsAny(told, "\x1b\n\x00") {
			t.Errorf("%d %q: %q", status, body, told)
		}
		for _, causes := range [][]*cause{tokenCauses, mailboxCauses, customerCauses} {
			_ = applying(causes, err)
		}
		var p profile
		_ = json.Unmarshal(body, &p)
	})
}
