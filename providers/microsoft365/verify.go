package microsoft365

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/network"
	"fairlead/oauth"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// Target is what a verification looks at.
type Target struct {
	Service     assets.Service
	Tenant      string // id
	Domain      string // as it was typed, for the screen
	Cloud       assets.Cloud
	Application string        // the connector's application (client) id; empty: not known
	Verifier    string        // the public client to sign in with; empty: recorded, not verified
	Token       secret.Secret // of a sign-in that was made before; empty: sign in
	Account     string        // who signed in, for the screen
	// Fresh says that consent was given just now, so that what is missing may only
	// be late: it is looked for again for [replicationTime].
	Fresh bool
	// Unattended says that nobody is there to sign in.
	Unattended bool
	// Say tells somebody who watches how to sign in; nil means that nobody does.
	Say func(page.Progress)
}

// verification is the state of one run. What is exported is for the texts of
// causes.
type verification struct {
	target    Target
	catalogue assets.Catalogue
	usage     assets.Usage
	net       *network.Network
	door      door
	pause     func(ctx context.Context, d time.Duration) error

	// tenant, and then what any check met
	found *found

	// sign-in, and read by the redaction at any time
	token atomic.Pointer[secret.Secret]

	// application
	app *principal

	// resources
	resources map[string]assets.Resource // by the ids of their principals in the tenant
	Lacking   []string                   // names of resources that the tenant does not have

	// permissions
	comparison comparison
	consented  time.Time // when the last of the application permissions was granted; zero: not known
	waited     time.Duration
}

// How long a verification may take: a sign-in in the browser, and then what
// Microsoft's cloud needs to know everywhere what was granted.
const (
	signInTime      = 5 * time.Minute
	replicationTime = 2 * time.Minute
	restTime        = time.Minute
)

// checks are the questions in the order in which they are shown.
func checks(ews assets.Need) []check.Check[*verification] {
	all := []check.Check[*verification]{tenantCheck(), signInCheck(), applicationCheck(), resourcesCheck(), permissionsCheck()}
	if ews != assets.NotNeeded {
		all = append(all, ewsCheck())
	}
	return all
}

// verify is the test for a target.
func (p Provider) verify(env environment, t Target) *check.Suite {
	usage, _ := t.Service.Usage(ID)
	say := t.Say
	if say == nil {
		say = func(page.Progress) {}
	}
	s := &verification{
		target: t, catalogue: p.Catalogue, usage: usage, net: env.Network, pause: p.pause, door: env.door(t, say),
	}
	s.token.Store(&t.Token)
	if s.pause == nil {
		s.pause = pause
	}
	if s.door.wait == 0 {
		s.door.wait = signInTime
	}
	return check.NewSuite(s, checks(usage.EWS), check.Options[*verification]{
		Deadline: signInTime + replicationTime + restTime,
		Redact:   s.redact, Facts: (*verification).facts, Close: (*verification).forget,
	})
}

// redact takes the token out of a text, since a server may send back what it got,
// and what is not fit to be shown.
func (s *verification) redact(text string) string {
	if token := s.token.Load(); !token.IsEmpty() {
		text = strings.ReplaceAll(text, token.Reveal(), secret.Redacted)
	}
	return providers.Printable(text)
}

// forget drops the token.
func (s *verification) forget() {
	s.token.Store(&secret.Secret{})
	s.target.Token = secret.Secret{}
}

func (s *verification) facts() map[string]string {
	facts := map[string]string{"platform": "Microsoft 365, " + s.target.Cloud.Name, "tenant": s.target.Tenant}
	keep := func(name string, list []string) {
		if len(list) > 0 {
			facts[name] = strings.Join(list, ", ")
		}
	}
	keep(factGranted, names(s.comparison.Granted))
	keep(factMissing, s.Missing())
	keep(factMore, s.More())
	if !s.consented.IsZero() {
		facts[factConsented] = s.consented.UTC().Format(time.DateOnly)
	}
	facts["verified"] = "no: recorded only"
	if !s.comparison.nothing() && len(s.comparison.Missing) == 0 {
		facts["verified"] = "yes"
	}
	return facts
}

// graph is Graph in the tenant's cloud.
func (s *verification) graph() *graph { return newGraph(s.net, s.target.Cloud.Graph, *s.token.Load()) }

// patience asks again while an answer is not what it will be: a grant that is
// new shows late. It gives up after [replicationTime].
func (s *verification) patience(ctx context.Context, ask func() (done bool, err error)) error {
	const first, most = 2 * time.Second, 20 * time.Second
	start, next := s.net.Now(), first
	for {
		done, err := ask()
		after, again := passing(err)
		s.waited = s.net.Now().Sub(start)
		switch {
		case err != nil && !again && !absent(err):
			return err
		case done && err == nil:
			return nil
		case !s.target.Fresh || s.waited+max(next, after) > replicationTime:
			return err
		}
		if err := s.pause(ctx, max(next, after)); err != nil {
			return err
		}
		next = min(2*next, most)
	}
}

// pause waits, or ends with the context.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// noBrowser says why no browser can be opened here, or nothing.
func noBrowser(b oauth.Browser) string {
	if b == nil {
		return "no browser can be opened here"
	}
	if can, ok := b.(interface{ Available() error }); ok {
		if err := can.Available(); err != nil {
			return err.Error()
		}
	}
	return ""
}
