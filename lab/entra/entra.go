// Package entra is a simulated Microsoft Entra ID with as much of Microsoft
// Graph as shows what was granted: sign-in and consent pages, tokens, service
// principals, in every cloud of the catalogue, under the hosts' real names. It
// is an http.Handler; the lab puts it behind those names.
//
// It is strict where the real one is: redirect addresses must be registered,
// codes end soon and are good once, a wrong verifier is refused, a bearer token
// is checked. What can go wrong is switched on by name; see [Faults].
//
// The wire formats are those of the Microsoft identity platform documentation
// (openid-configuration, OAuth 2.0 code and device flows, admin consent, error
// codes) and of the Microsoft Graph v1.0 reference. Texts of errors are not part
// of that contract, and are worded alike here, not the same.
package entra

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"fairlead/assets"
	"fairlead/lab/front"
)

// Options say what kind of Entra to make. The zero value is a healthy one.
type Options struct {
	// Now is the clock; nil means time.Now. Codes, tokens and replication go by
	// it, so that a test can move it.
	Now func() time.Time
	// Replication is how long Graph does not know what was granted.
	Replication time.Duration
	// Memory is a file in which consents outlive this Entra, so that a connector
	// that was made in the lab can be tested there another day. Empty means none.
	Memory string
}

// Entra is the directories of all clouds. It may be used from any goroutine.
type Entra struct {
	now         func() time.Time
	replication time.Duration
	memory      string // a file, or empty
	clouds      assets.Clouds
	resources   []assets.Resource
	keys        func() keys // made when first used: RSA keys take their time

	cloud        *front.Cloud // its lock guards what follows
	tenants      []*tenant
	applications []*application
	codes        map[string]*code
	devices      []*device
	refreshes    map[string]session
}

// New makes an Entra with sample tenants and applications; see [Tenants].
func New(o Options) (*Entra, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	catalogue, err := builtIn()
	if err != nil {
		return nil, err
	}
	e := &Entra{
		now: o.Now, replication: o.Replication, memory: o.Memory, clouds: catalogue.Clouds, resources: catalogue.Resources,
		keys: sync.OnceValue(newKeys), cloud: front.New("entra", Known), codes: map[string]*code{}, refreshes: map[string]session{},
	}
	e.applications = sampleApplications(catalogue)
	for _, sample := range Tenants() {
		e.tenants = append(e.tenants, e.newTenant(sample))
	}
	if err := e.recall(); err != nil {
		return nil, err
	}
	return e, nil
}

// builtIn is the catalogue, which is only read and read once.
var builtIn = sync.OnceValues(func() (assets.Catalogue, error) { return assets.LoadCatalogue() })

// Hosts lists the names under which the clouds answer.
func (e *Entra) Hosts() []string {
	hosts := e.clouds.Logins()
	for _, c := range e.clouds {
		if !slices.Contains(hosts, c.Graph) {
			hosts = append(hosts, c.Graph)
		}
	}
	return hosts
}

// ServeHTTP answers for all hosts.
func (e *Entra) ServeHTTP(w http.ResponseWriter, r *http.Request) { e.cloud.Serve(w, r, e.answer) }

func (e *Entra) answer(w http.ResponseWriter, r *http.Request, host string) {
	w.Header().Set("Cache-Control", "no-store, no-cache")
	w.Header().Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch {
	case slices.Contains(e.clouds.Logins(), host):
		e.login(w, r, host)
	case slices.ContainsFunc(e.clouds, func(c assets.Cloud) bool { return c.Graph == host }):
		e.graph(w, r, host)
	default:
		http.Error(w, "LAB: nothing of Entra or Graph is called "+host, http.StatusMisdirectedRequest)
	}
}

// on reports whether a fault is on. The caller holds the lock, as everywhere
// below [Entra.ServeHTTP].
func (e *Entra) on(fault string) bool { return e.cloud.On(fault) }

// stableID is the same GUID for the same name in every run.
func stableID(name string) string {
	sum := sha256.Sum256([]byte("fairlead lab " + name))
	b := sum[:16]
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80 // the form of RFC 9562, version 4
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
