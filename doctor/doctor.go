// Package doctor examines this computer rather than a connection: whether the
// registry, the keyring, the browser, the window, the way to the cloud and the
// clock are fit for Fairlead, and what to do where one is not.
//
// [Bundle] puts what it found into one file for support, with the log and without
// secrets.
package doctor

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"fairlead"
	"fairlead/check"
	"fairlead/lab"
	"fairlead/network"
	"fairlead/oauth"
	"fairlead/workspace"
)

// Patient says which computer is examined, and how it is to be reached.
type Patient struct {
	World  workspace.Options
	Getenv func(string) string
	// Window is the path of the window's program, which is asked whether it can
	// draw here; empty where it is not installed.
	Window string
}

// examination is the state of one examination. Each check fills in its part.
type examination struct {
	Patient

	Folder    string // of the registry and the log
	Free      uint64 // bytes on its disk
	world     *workspace.Workspace
	silent    error // why the keyring does not serve
	noBrowser bool
	undrawn   bool // the window

	net     *network.Network
	lab     *lab.Lab
	Host    string // in the cloud, that is reached to see whether it can be
	Proxy   string // without a password; empty where there is none
	Source  string // where the proxy is set
	answer  *http.Response
	asked   time.Time     // when that was, by this computer's clock
	Ahead   time.Duration // of the cloud's clock; less than none is behind
	Issuer  string        // of the certificate that the cloud showed
	private bool          // this computer trusts it, and the public does not

	Crash string // file of the last crash, when it is recent
}

// deadline is for the whole examination. A keyring may wait for a password.
const deadline = 60 * time.Second

// Suite is the examination.
func Suite(p Patient) *check.Suite {
	s := &examination{Patient: p}
	return check.NewSuite(s, []check.Check[*examination]{
		folderCheck, registryCheck, keyringCheck, browserCheck, windowCheck, networkCheck, nameCheck, cloudCheck, clockCheck, crashCheck,
	}, check.Options[*examination]{Deadline: deadline, Facts: facts, Close: (*examination).close})
}

func facts(s *examination) map[string]string {
	all := map[string]string{
		"version": fairlead.Version(), "system": runtime.GOOS + "/" + runtime.GOARCH, "go": runtime.Version(), "data": s.Folder,
	}
	if s.Proxy != "" {
		all["proxy"] = s.Proxy
	}
	return all
}

func (s *examination) close() {
	if s.world != nil {
		_ = s.world.Close() // it was only looked at
	}
	if s.lab != nil {
		_ = s.lab.Close()
	}
}

// browserCheck asks whether a sign-in page can be opened.
var browserCheck = check.Check[*examination]{
	ID: "browser", Title: "Browser",
	Ask: func(_ context.Context, s *examination) (check.Finding, error) {
		found := check.Finding{Summary: "the system's own"}
		if err := (oauth.SystemBrowser{System: runtime.GOOS, Getenv: s.Getenv}).Available(); err != nil {
			s.noBrowser, found.Summary = true, err.Error()
		}
		return found, nil
	},
	Causes: []*check.Cause[*examination]{{
		Code: "no-browser", Title: "No browser can be opened from here", Verdict: check.Warn,
		When:   func(s *examination, _ error) bool { return s.noBrowser },
		Likely: []string{"this is a session over SSH, inside WSL or without a display"},
		Remedy: "Nothing has to be done: where a sign-in is needed, Fairlead shows the address. Open it in a browser elsewhere and " +
			"paste back the address that it ends at.",
	}},
}
