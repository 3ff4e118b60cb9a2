package oauth

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

var words = Text{
	Language: "de", Title: "Fairlead",
	Done:   Message{"Fertig.", "Zurück zu Fairlead <Fenster>."},
	Failed: Message{"Abgelehnt.", "Zurück."},
	Again:  Message{"Schon da.", "Zurück."},
	Old:    Message{"Alt.", "Zurück."},
}

// open starts a receiver with an attempt that leads to an address which no test
// goes to.
func open(t *testing.T, where Loopback) *Receiver {
	t.Helper()
	r, err := Listen(t.Context(), where, words)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	if err := r.Begin("https://login.example/authorize?x=1", Expectation{}); err != nil {
		t.Fatal(err)
	}
	return r
}

// browse sends one request as a browser would, without following redirects.
func browse(t *testing.T, method, address string, change func(*http.Request)) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(req)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestReceiverIgnoresWhatIsNoAnswer(t *testing.T) {
	r := open(t, Loopback{Path: "/callback/m365"})
	base := strings.TrimSuffix(r.Redirect(), "/callback/m365")
	good := r.Redirect() + "?code=" + canary + "&state=" + r.State()
	header := func(name, value string) func(*http.Request) {
		return func(req *http.Request) { req.Header.Set(name, value) }
	}
	for _, test := range []struct {
		name, method, address string
		change                func(*http.Request)
		status                int
	}{
		{"the icon", "GET", base + "/favicon.ico", nil, 404},
		{"the root", "GET", base + "/", nil, 404},
		{"another path", "GET", base + "/callback/m365/?code=x&state=" + r.State(), nil, 404},
		{"another case", "GET", base + "/Callback/m365?code=x&state=" + r.State(), nil, 404},
		{"a guessed start", "GET", base + "/start/GUESS", nil, 404},
		{"no state", "GET", r.Redirect() + "?code=x", nil, 400},
		{"another state", "GET", r.Redirect() + "?code=x&state=forged", nil, 400},
		{"an error without the state", "GET", r.Redirect() + "?error=access_denied", nil, 400},
		{"a damaged query", "GET", r.Redirect() + "?code=%&state=" + r.State(), nil, 400},
		{"a scanner", "HEAD", good, nil, 405},
		{"a form", "POST", good, nil, 405},
		{"a prefetch", "GET", good, header("Sec-Purpose", "prefetch;prerender"), 503},
		{"an old prefetch", "GET", good, header("X-Moz", "prefetch"), 503},
		{"a foreign name", "GET", good, func(req *http.Request) { req.Host = "evil.example" }, 421},
		{"a foreign name with the port", "GET", good, func(req *http.Request) { req.Host = "evil.example:" + req.URL.Port() }, 421},
		{"the start by a foreign name", "GET", r.Start(), func(req *http.Request) { req.Host = "evil.example" }, 421},
		{"the start without the port", "GET", r.Start(), func(req *http.Request) { req.Host = "127.0.0.1" }, 421},
	} {
		resp, body := browse(t, test.method, test.address, test.change)
		if resp.StatusCode != test.status {
			t.Errorf("%s: status %d, want %d", test.name, resp.StatusCode, test.status)
		}
		if strings.Contains(body, canary) || resp.Header.Get("Location") != "" || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v %s", test.name, resp.Header, body)
		}
	}
	if resp, _ := browse(t, "GET", good, nil); resp.StatusCode != 200 {
		t.Fatalf("the answer: status %d", resp.StatusCode)
	}
	if answer, err := r.Wait(t.Context()); err != nil || answer.Code.Reveal() != canary {
		t.Errorf("got %v", err)
	}
}

func TestReceiverLeadsOnAndTakesOneAnswer(t *testing.T) {
	for want, where := range map[string]Loopback{
		"http://127.0.0.1:PORT/callback": {Path: "/callback"}, "http://localhost:PORT": {Localhost: true},
	} {
		t.Run(want, func(t *testing.T) {
			r := open(t, where)
			if _, port, _ := net.SplitHostPort(r.host); r.Redirect() != strings.Replace(want, "PORT", port, 1) {
				t.Errorf("redirect %s", r.Redirect())
			}
			if err := r.Begin("https://login.example/other", Expectation{}); KindOf(err) != Busy {
				t.Errorf("a second attempt: %v", err)
			}
			for range 2 { // opened, and opened again
				resp, _ := browse(t, "GET", r.Start(), nil)
				if resp.StatusCode != 302 || resp.Header.Get("Location") != "https://login.example/authorize?x=1" {
					t.Fatalf("start: %d %v", resp.StatusCode, resp.Header)
				}
			}
			<-r.Reached()

			// Many tabs at once: one is the answer, the others are told so.
			var wait sync.WaitGroup
			pages := make(chan string, 8)
			for range cap(pages) {
				wait.Go(func() {
					_, body := browse(t, "GET", r.Redirect()+"?code="+canary+"&state="+r.State(), nil)
					pages <- body
				})
			}
			wait.Wait()
			close(pages)
			count := map[bool]int{}
			for body := range pages {
				count[strings.Contains(body, "Fertig.")]++
			}
			if count[true] != 1 || count[false] != cap(pages)-1 {
				t.Errorf("%d of %d tabs were the answer", count[true], cap(pages))
			}
			if answer, err := r.Wait(t.Context()); err != nil || answer.Code.Reveal() != canary {
				t.Fatalf("got %v", err)
			}
			if conn, err := net.Dial("tcp", r.host); err == nil {
				_ = conn.Close()
				t.Error("the port is still open")
			}
		})
	}
}

func TestReceiverListensOnBothFamiliesForLocalhost(t *testing.T) {
	if !hasIPv6(t.Context(), new(net.ListenConfig).Listen) {
		t.Skip("this computer has no IPv6 loopback")
	}
	r := open(t, Loopback{Localhost: true})
	_, port, _ := net.SplitHostPort(r.host)
	for _, host := range []string{"127.0.0.1", "::1"} {
		conn, err := net.Dial("tcp", net.JoinHostPort(host, port))
		if err != nil {
			t.Errorf("%s: %v", host, err)
			continue
		}
		_ = conn.Close()
	}
}

func TestPage(t *testing.T) {
	r := open(t, Loopback{Path: "/callback"})
	resp, body := browse(t, "GET", r.Redirect()+"?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state="+r.State(), nil)
	if !strings.Contains(body, "Abgelehnt.") || strings.Contains(body, "alert") || !strings.Contains(body, `<html lang="de">`) {
		t.Errorf("%s", body)
	}
	policy := resp.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", hashSource(script), hashSource(style), "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy %q lacks %q", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(body, "http:") || strings.Contains(body, "https:") {
		t.Errorf("assets from outside: %s\n%s", policy, body)
	}
	if !strings.Contains(body, "<style>"+style+"</style><script>"+script+"</script>") {
		t.Error("the blocks are not those that the policy allows")
	}
	if resp.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%v", resp.Header)
	}
	if _, err := r.Wait(t.Context()); KindOf(err) != Declined {
		t.Errorf("got %v", err)
	}
	r = open(t, Loopback{Path: "/callback"})
	if _, body = browse(t, "GET", r.Redirect()+"?code=x&state="+r.State(), nil); !strings.Contains(body, "Fairlead &lt;Fenster&gt;") {
		t.Errorf("not escaped: %s", body)
	}
}

func TestBrowserThatNeverComesBack(t *testing.T) {
	r := open(t, Loopback{Wait: time.Millisecond})
	if _, err := r.Wait(t.Context()); KindOf(err) != NotReached {
		t.Errorf("got %v", err)
	}
	r = open(t, Loopback{})
	browse(t, "GET", r.Start(), nil)
	r.deadline = time.Now()
	if _, err := r.Wait(t.Context()); KindOf(err) != TimedOut {
		t.Errorf("got %v", err)
	}
	r = open(t, Loopback{})
	if left := time.Until(r.Deadline()); left < 9*time.Minute || left > 10*time.Minute {
		t.Errorf("deadline in %v", left)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Wait(ctx); KindOf(err) != Cancelled || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestProxyThatSwallowsLoopback lets a browser send everything to a proxy: the
// program is never reached, says so, and takes the pasted address.
func TestProxyThatSwallowsLoopback(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	defer proxy.Close()
	at, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Transport: &http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return at, nil }}}
	r := open(t, Loopback{Path: "/callback"})
	resp, err := browser.Get(r.Start())
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	select {
	case <-r.Reached():
		t.Error("reached")
	default:
	}
	if err := r.Paste(r.Redirect() + "?code=" + canary + "&state=" + r.State()); err != nil {
		t.Fatal(err)
	}
	if answer, err := r.Wait(t.Context()); err != nil || answer.Code.Reveal() != canary {
		t.Errorf("got %v", err)
	}
}

func TestPortExhaustion(t *testing.T) {
	none := errors.New("no ports left")
	real := new(net.ListenConfig).Listen
	calls := 0
	for _, test := range []struct {
		name      string
		localhost bool
		listen    listenFunc
		want      Kind
		listeners int
	}{
		{"no port at all", false, func(context.Context, string, string) (net.Listener, error) { return nil, none }, NoPort, 0},
		{"no IPv6", true, func(ctx context.Context, network, address string) (net.Listener, error) {
			if network == "tcp6" {
				return nil, none
			}
			return real(ctx, network, address)
		}, "", 1},
		{"another program has each port on ::1", true, func(ctx context.Context, network, address string) (net.Listener, error) {
			if network == "tcp6" && address != "[::1]:0" {
				return nil, none
			}
			return real(ctx, "tcp4", "127.0.0.1:0")
		}, NoPort, 0},
		{"another program has the first port on ::1", true, func(ctx context.Context, network, address string) (net.Listener, error) {
			if network == "tcp6" && address != "[::1]:0" {
				if calls++; calls == 1 {
					return nil, none
				}
			}
			return real(ctx, "tcp4", "127.0.0.1:0")
		}, "", 2},
	} {
		listeners, port, err := listenLoopback(t.Context(), test.localhost, test.listen)
		if KindOf(err) != test.want || len(listeners) != test.listeners || (port == 0) != (test.want != "") {
			t.Errorf("%s: %d listeners, port %d, %v", test.name, len(listeners), port, err)
		}
		if test.want != "" && !errors.Is(err, none) {
			t.Errorf("%s: %v does not say why", test.name, err)
		}
		for _, l := range listeners {
			_ = l.Close()
		}
	}
}
