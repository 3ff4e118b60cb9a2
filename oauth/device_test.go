package oauth

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// TestDevice plays the polling with a clock of its own: nothing sleeps.
func TestDevice(t *testing.T) {
	_ = rsaKey() // made outside of the bubble
	refuse := func(code string) func(*service) http.HandlerFunc {
		return func(*service) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				reply(w, http.StatusBadRequest, map[string]string{"error": code, "error_description": canary})
			}
		}
	}
	page := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
		}
	}
	drop := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	for _, test := range []struct {
		name  string
		token func(*service) http.HandlerFunc
		want  Kind
		took  time.Duration
	}{
		{"signed in after questions without an answer", func(s *service) http.HandlerFunc {
			return func(w http.ResponseWriter, req *http.Request) {
				switch len(s.seen) {
				case 1:
					drop(w, req)
				case 2:
					page(http.StatusBadGateway)(w, req)
				case 3:
					reply(w, http.StatusServiceUnavailable, map[string]string{"error": "temporarily_unavailable"})
				case 4: // the reply breaks off
					w.Header().Set("Content-Type", "application/json")
					w.Header().Set("Content-Length", "100")
					_, _ = w.Write([]byte(`{"access_token": "`))
				default:
					reply(w, http.StatusOK, map[string]any{
						"access_token": canary, "token_type": "Bearer", "id_token": sign(t, jose.RS256, rsaKey(), "k1", claims("", map[string]any{"nonce": nil})),
					})
				}
			}
		}, "", (5 + 10 + 20 + 40 + 60) * time.Second},
		{"never an answer", func(*service) http.HandlerFunc { return drop }, TimedOut, 15 * time.Minute},
		{"a page that stays", func(*service) http.HandlerFunc { return page(http.StatusForbidden) }, BadReply, 5 * time.Second},
		{"signed in at the third time", func(s *service) http.HandlerFunc {
			return func(w http.ResponseWriter, req *http.Request) {
				switch len(s.seen) {
				case 1:
					refuse("authorization_pending")(s)(w, req)
				case 2:
					refuse("slow_down")(s)(w, req)
				default:
					reply(w, http.StatusOK, map[string]any{
						"access_token": canary, "token_type": "Bearer", "id_token": sign(t, jose.RS256, rsaKey(), "k1", claims("", map[string]any{"nonce": nil})),
					})
				}
			}
		}, "", 20 * time.Second},
		{"nobody comes", refuse("authorization_pending"), TimedOut, 15 * time.Minute},
		{"the service ends it", refuse("expired_token"), TimedOut, 5 * time.Second},
		{"declined", refuse("authorization_declined"), Declined, 5 * time.Second},
		{"forbidden", refuse("invalid_grant"), Refused, 5 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newService()
				s.token = test.token(s)
				s.device = func(w http.ResponseWriter, _ *http.Request) {
					reply(w, http.StatusOK, map[string]any{
						"device_code": canary, "user_code": "ABCD-EFGH", "verification_uri": "https://device.example/login", "expires_in": 900, "interval": 5,
					})
				}
				n, stop := world(s)
				defer settle(stop)
				a, err := Discover(t.Context(), n, Place{Base: base, Issuer: issuerOf})
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				d, err := NewClient(n, a, appID).BeginDevice(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if d.UserCode != "ABCD-EFGH" || d.Address != "https://device.example/login" || time.Until(d.Deadline) != 15*time.Minute {
					t.Errorf("got %+v", d)
				}
				tokens, err := d.Wait(t.Context())
				if KindOf(err) != test.want || (err == nil) != (test.want == "") {
					t.Fatalf("got %v, want kind %q", err, test.want)
				}
				if took := time.Since(start); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
				if test.name == "never an answer" && !strings.Contains(err.Error(), "could not be reached") {
					t.Errorf("it does not say why: %v", err)
				}
				if strings.Contains(fmt.Sprint(err), "deadline exceeded") && test.name == "nobody comes" {
					t.Errorf("it tells of a deadline where nobody typed the code: %v", err)
				}
				if err == nil && (tokens.Access.Reveal() != canary || tokens.Identity.Tenant != tenantID) {
					t.Errorf("got %+v", tokens)
				}
				if shown := fmt.Sprintf("%+v %#v %v", d, *d, err) + dump(err); strings.Contains(shown, canary) {
					t.Errorf("a secret shows: %s", shown)
				}
			})
		})
	}
}

// settle ends a world within a bubble. A connection over a pipe takes some of the
// bubble's time to say farewell to nobody, and a server that is closed meanwhile
// holds a lock until then, which stops that time: so farewells come first.
func settle(stop func()) {
	time.Sleep(time.Minute)
	stop()
	time.Sleep(time.Minute)
}

func TestDeviceReplies(t *testing.T) {
	good := map[string]any{
		"device_code": "D", "user_code": "U", "verification_uri": "https://device.example", "expires_in": 900, "interval": 5,
	}
	for _, test := range []struct {
		name   string
		change map[string]any
		want   Kind
	}{
		{"no code", map[string]any{"device_code": ""}, BadReply},
		{"no code to type", map[string]any{"user_code": ""}, BadReply},
		{"no address", map[string]any{"verification_uri": ""}, BadReply},
		{"an address without TLS", map[string]any{"verification_uri": "http://device.example"}, BadReply},
		{"no end", map[string]any{"expires_in": 0}, BadReply},
		{"a refusal", map[string]any{"error": "invalid_client"}, Refused},
	} {
		s := newService()
		s.device = func(w http.ResponseWriter, _ *http.Request) {
			body, status := map[string]any{}, http.StatusOK
			for _, m := range []map[string]any{good, test.change} {
				for name, value := range m {
					body[name] = value
				}
			}
			if test.want == Refused {
				status = http.StatusBadRequest
			}
			reply(w, status, body)
		}
		n, stop := world(s)
		a, err := Discover(t.Context(), n, Place{Base: base, Issuer: issuerOf})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewClient(n, a, appID).BeginDevice(t.Context()); KindOf(err) != test.want {
			t.Errorf("%s: got %v", test.name, err)
		}
		a.DeviceEndpoint = ""
		if _, err := NewClient(n, a, appID).BeginDevice(t.Context()); KindOf(err) != Refused {
			t.Errorf("no endpoint: got %v", err)
		}
		stop()
	}
}

func TestDeviceCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, stop := world(newService())
		defer settle(stop)
		a, err := Discover(t.Context(), n, Place{Base: base, Issuer: issuerOf})
		if err != nil {
			t.Fatal(err)
		}
		d := &Device{client: NewClient(n, a, appID), Deadline: time.Now().Add(time.Hour)}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := d.Wait(ctx); KindOf(err) != Cancelled {
			t.Errorf("got %v", err)
		}
	})
}
