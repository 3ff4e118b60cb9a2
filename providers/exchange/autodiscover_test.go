package exchange

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/network"
	"fairlead/providers/exchange/wire"
)

const namesMail = `{"Protocol":"EWS","Url":"https://mail.contoso.com/EWS/Exchange.asmx"}`

func inJSON(status int, body string) string {
	return reply(status, "Content-Type: application/json; charset=utf-8\r\n", body)
}

// TestFind asks hosts that answer in all manners.
func TestFind(t *testing.T) {
	is := func(answer string) func(*http.Request) string {
		return func(*http.Request) string { return answer }
	}
	for _, test := range []struct {
		name           string
		first, second  func(*http.Request) string // autodiscover.contoso.com and contoso.com; nil: no such host
		url, from, err string
	}{
		{"by the first", is(inJSON(200, namesMail)), nil, "https://mail.contoso.com/EWS/Exchange.asmx", "autodiscover.contoso.com", ""},
		{"by the second", nil, is(inJSON(200, namesMail)), "https://mail.contoso.com/EWS/Exchange.asmx", "contoso.com", ""},
		{"by both", is(inJSON(200, namesMail)), is(inJSON(200, strings.Replace(namesMail, "mail", "www", 1))), "https://mail.contoso.com/EWS/Exchange.asmx", "autodiscover.contoso.com", ""},
		{"a web site beside it", is(inJSON(200, namesMail)), is(webPage(200, "Welcome")), "https://mail.contoso.com/EWS/Exchange.asmx", "autodiscover.contoso.com", ""},
		{"sent on", is(sentTo("https://autodiscover.contoso.com/autodiscover/autodiscover.json/v1.0/anna@contoso.com?Protocol=EWS&RedirectCount=1")), nil, "", "", "in a circle"},
		{"sent on for ever", endless(), nil, "", "", "more than 5 times"},
		{"sent to http", is(sentTo("http://contoso.com/autodiscover/autodiscover.json")), nil, "", "", "may not send"},
		{"sent to another path", is(sentTo("https://contoso.com/owa/")), nil, "", "", "may not send"},
		{"sent with a name", is(sentTo("https://a:b@contoso.com/autodiscover/x")), nil, "", "", "may not send"},
		{"sent to the cloud", is(sentTo("https://outlook.office365.com/autodiscover/autodiscover.json/v1.0/anna@contoso.com?Protocol=EWS")), nil, "", "", "in Exchange Online"},
		{"named in the cloud", is(inJSON(200, `{"Protocol":"EWS","Url":"https://outlook.office365.com/EWS/Exchange.asmx"}`)), nil, "", "", "in Exchange Online"},
		{"refused", is(inJSON(400, `{"ErrorCode":"ProtocolNotSupported","ErrorMessage":"x"}`)), nil, "", "", "ProtocolNotSupported"},
		{"a web site", is(webPage(200, "Welcome")), nil, "", "", "not Autodiscover"},
		{"a web site with a sign-in", is(bare401("Negotiate")), nil, "", "", "bears no sign of Exchange"},
		{"without an address", is(inJSON(200, `{"Protocol":"EWS"}`)), nil, "", "", "names no address"},
		{"with http", is(inJSON(200, `{"Protocol":"EWS","Url":"http://mail.contoso.com/EWS/Exchange.asmx"}`)), nil, "", "", "not encrypted"},
		{"with a password in the address", is(inJSON(200, `{"Url":"https://a:b@mail.contoso.com/EWS/Exchange.asmx"}`)), nil, "", "", "take it out"},
		{"of another type", is(inJSON(200, `[1,2]`)), nil, "", "", "not Autodiscover"},
		{"nowhere", nil, nil, "", "", "no such host"},
		{"an end", is(""), nil, "", "", "closed without an answer"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := discoveryWorld(t, test.first, test.second)
				found, err := Find(t.Context(), discovering(w, nil, nil), "anna@contoso.com")
				if test.err != "" {
					missing, ok := errors.AsType[*NotFound](err)
					if !ok || !strings.Contains(err.Error(), test.err) || len(missing.Tried) < 2 {
						t.Errorf("the error is %v", err)
					}
					return
				}
				if err != nil || found.URL.String() != test.url || found.Source != "Autodiscover (JSON) at "+test.from || found.Guess {
					t.Errorf("found %v by %s, %v", found.URL, found.Source, err)
				}
			})
		})
	}
}

// discoveryWorld has two hosts that may know.
func discoveryWorld(t *testing.T, first, second func(*http.Request) string) *world {
	w := newWorld(t, nil)
	clear(w.names)
	for host, handle := range map[string]func(*http.Request) string{"autodiscover.contoso.com": first, "contoso.com": second} {
		if handle == nil {
			continue
		}
		address := map[string]netip.Addr{"autodiscover.contoso.com": here, "contoso.com": there}[host]
		w.names[host] = []netip.Addr{address}
		w.servers[address] = https(w.named(host), func(r *http.Request) string {
			if r.Header.Get("Authorization") != "" {
				t.Error("a sign-in was sent to Autodiscover")
			}
			return handle(r)
		})
	}
	return w
}

// discovering is the network of such a world, with what answers on port 80 and
// the records of its DNS.
func discovering(w *world, plain func(*http.Request) string, records []*net.SRV) *network.Network {
	n := w.network()
	n.LookupSRV = func(_ context.Context, service, proto, domain string) ([]*net.SRV, error) {
		name := "_" + service + "._" + proto + "." + domain
		if name != "_autodiscover._tcp.contoso.com" || records == nil {
			return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
		}
		return records, nil
	}
	n.Dial = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
		if to.Port() != 80 {
			return w.dial(ctx, to)
		}
		if plain == nil {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
		}
		client, far := net.Pipe()
		go func() {
			defer far.Close()
			if r, err := http.ReadRequest(bufio.NewReader(far)); err == nil {
				_, _ = io.WriteString(far, plain(r))
			}
		}()
		return client, nil
	}
	return n
}

// endless is a server that always sends on to another path.
func endless() func(*http.Request) string {
	return func(r *http.Request) string { return sentTo("https://autodiscover.contoso.com" + r.URL.Path + "x") }
}

// TestFindWaitsForTheBetter: an answer of the second host waits two seconds for
// the first one's, and no longer.
func TestFindWaitsForTheBetter(t *testing.T) {
	for late, want := range map[time.Duration]string{time.Second: "autodiscover.contoso.com", time.Minute: "contoso.com"} {
		synctest.Test(t, func(t *testing.T) {
			w := discoveryWorld(t, func(*http.Request) string {
				time.Sleep(late)
				return inJSON(200, namesMail)
			}, func(*http.Request) string { return inJSON(200, namesMail) })
			start := time.Now()
			found, err := Find(t.Context(), discovering(w, nil, nil), "anna@contoso.com")
			if err != nil || found.Source != "Autodiscover (JSON) at "+want {
				t.Errorf("%v: found by %s, %v", late, found.Source, err)
			}
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("%v: it took %v", late, took)
			}
		})
	}
}

// TestFindGuessDoesNotHurry: a guess leaves those that may name an address the
// time that they need.
func TestFindGuessDoesNotHurry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := discoveryWorld(t, func(r *http.Request) string {
			if strings.Contains(r.URL.Path, ".json") {
				return webPage(404, "Not found")
			}
			time.Sleep(6 * time.Second)
			return soap(200, poxNamed)
		}, nil)
		found, err := Find(t.Context(), discovering(w, nil, []*net.SRV{{Target: "guess.contoso.com.", Port: 443}}), "anna@contoso.com")
		if err != nil || found.Guess || found.Source != "Autodiscover (POX) at autodiscover.contoso.com" {
			t.Errorf("found %v by %s, %v", found.URL, found.Source, err)
		}
	})
}

// TestFindWithoutTrust: who shows a certificate that is not in order is not asked.
func TestFindWithoutTrust(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := discoveryWorld(t, func(*http.Request) string { return inJSON(200, namesMail) }, nil)
		w.servers[here] = https(w.good(), func(*http.Request) string { // for another name
			t.Error("it was asked")
			return ""
		})
		_, err := Find(t.Context(), discovering(w, nil, nil), "anna@contoso.com")
		if err == nil || !strings.Contains(err.Error(), "certificate is not in order") {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestFindStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := discoveryWorld(t, nil, nil)
		w.names["contoso.com"] = []netip.Addr{here}
		w.servers[here] = func(c net.Conn) { _, _ = c.Read(make([]byte, 1)); <-t.Context().Done() }
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		if _, err := Find(ctx, discovering(w, nil, nil), "anna@contoso.com"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %v", err)
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestFindRefuses(t *testing.T) {
	for _, address := range []string{"", "anna", "anna@contoso", "a b@contoso.com"} {
		if _, err := Find(t.Context(), nil, address); err == nil {
			t.Errorf("%q was looked for", address)
		}
	}
}

func FuzzReadDiscovery(f *testing.F) {
	for _, seed := range []string{namesMail, `{"ErrorCode":"UserNotFound"}`, `{}`, `[]`, `{"Url":"http://x"}`, "", "<html>"} {
		f.Add([]byte(seed), 200)
	}
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		says, err := readJSON(&wire.Answer{Status: status, Body: body})
		u := says.url
		if (u == nil) == (err == nil) {
			t.Fatalf("got %v and %v", u, err)
		}
		if u != nil && (u.Scheme != "https" || u.User != nil || isOnline(u.Hostname())) {
			t.Fatalf("got %v", u)
		}
	})
}
