package exchange

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/lab"
	"fairlead/providers/exchange/ews"
	"fairlead/secret"
)

// roundTrip is the simulated distance to the server. The lab counts every
// round trip, those of TCP and TLS included.
const roundTrip = 100 * time.Millisecond

// BenchmarkTestBesideClients times, turn by turn, the whole connection test, one
// authenticated GetFolder by curl, and the same call by ews-javascript-api, each
// over a new connection. The test's time in units of curl's is to be 1.60 at
// most, and five round trips at most.
func BenchmarkTestBesideClients(b *testing.B) {
	for _, tool := range []string{"curl", "node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			b.Skip("make deps installs what the test is compared with: curl, Node.js and npm")
		}
	}
	l, err := lab.Start(b.Context(), lab.Options{Delay: roundTrip})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	ca := filepath.Join(b.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, l.CAPEM(), 0o600); err != nil {
		b.Fatal(err)
	}
	script := installBind(b)
	var whole, curl, bind time.Duration
	for b.Loop() {
		curl += byCurl(b, l.LoopbackURL(), ca)
		whole += byTest(b, l)
		bind += byJavaScript(b, script, l.LoopbackURL(), ca)
	}
	trips := func(d time.Duration) float64 { return float64(d) / float64(b.N) / float64(roundTrip) }
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(whole)/float64(curl), "×curl")
	b.ReportMetric(float64(whole)/float64(bind), "×ews-javascript-api")
	b.ReportMetric(trips(whole), "round-trips/test")
	b.ReportMetric(trips(curl), "round-trips/curl")
	b.ReportMetric(trips(bind), "round-trips/ews-javascript-api")
}

// byTest runs the whole normal test.
func byTest(b *testing.B, l *lab.Lab) time.Duration {
	b.Helper()
	address, err := url.Parse(l.URL())
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	suite := Test(l.Network(), Target{
		URL: address, SignIn: lab.SignIn, Password: secret.New(lab.Password), Mailbox: lab.Mailbox, Mode: Strict,
	})
	if r := suite.Run(b.Context(), nil); r.Verdict() != check.Pass || len(r.Checks) < 16 {
		b.Fatal(r.Headline())
	}
	return time.Since(start)
}

// byCurl lets curl make the call, and time it without its own start.
func byCurl(b *testing.B, address, ca string) time.Duration {
	b.Helper()
	c := exec.CommandContext(b.Context(), "curl", "--silent", "--show-error", "--cacert", ca, "--noproxy", "*", "--config", "-",
		"--header", "Content-Type: "+ews.ContentType, "--header", "X-AnchorMailbox: "+lab.Mailbox,
		"--data-binary", ews.GetInbox(ews.Exchange2013, lab.Mailbox),
		"--output", os.DevNull, "--write-out", "%{http_code} %{time_total}", address)
	c.Stdin = strings.NewReader("user = " + strconv.Quote(lab.SignIn+":"+lab.Password) + "\n")
	status, seconds, _ := strings.Cut(output(b, c), " ")
	if status != strconv.Itoa(http.StatusOK) {
		b.Fatalf("curl was answered %s", status)
	}
	took, err := time.ParseDuration(seconds + "s")
	if err != nil {
		b.Fatal(err)
	}
	return took
}

// byJavaScript lets ews-javascript-api bind to the Inbox, and time that alone.
func byJavaScript(b *testing.B, script, address, ca string) time.Duration {
	b.Helper()
	c := exec.CommandContext(b.Context(), "node", script, address, lab.SignIn, lab.Mailbox)
	c.Env = append(os.Environ(), "NODE_EXTRA_CA_CERTS="+ca, "LAB_PASSWORD="+lab.Password)
	var inbox struct{ BindMS float64 }
	if err := json.Unmarshal([]byte(output(b, c)), &inbox); err != nil || inbox.BindMS <= 0 {
		b.Fatalf("the binding took %v ms, %v", inbox.BindMS, err)
	}
	return time.Duration(inbox.BindMS * float64(time.Millisecond))
}

// installBind installs the client that lab/clients keeps, and returns its
// script.
func installBind(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../lab/clients")); err != nil {
		b.Fatal(err)
	}
	c := exec.CommandContext(b.Context(), "npm", "ci", "--no-audit", "--no-fund")
	c.Dir = dir
	output(b, c)
	return filepath.Join(dir, "bind.js")
}

func output(b *testing.B, c *exec.Cmd) string {
	b.Helper()
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		b.Fatalf("%s: %v\n%s%s", c.Args[0], err, out, &said)
	}
	return string(out)
}
