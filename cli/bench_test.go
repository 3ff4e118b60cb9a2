package cli

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/network"
	"fairlead/providers/exchange/ews"
	"fairlead/secret"
	"fairlead/workspace"
)

// BenchmarkTestAll measures what "test --all" costs this computer: processor
// time for each connector beside a bare loop that makes the same number of TLS
// connections and requests (aim: at most 2), and memory with 1,000 connectors
// beside 100 (aim: the same). Each runs in a process of its own, and the lab in
// this one. Every connector has a report already, as those have that are tested
// every day, and its neighbours sign in with other accounts, so that as many are
// tested at once as in the loop.
func BenchmarkTestAll(b *testing.B) {
	const many, few = 1000, 100
	l, err := lab.Start(b.Context(), lab.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // nothing of it is left
	fewDir, manyDir := enrol(b, l, few), enrol(b, l, many)
	var whole, loop, small cost
	for b.Loop() {
		small.add(spend(b, l, few, "test-all", fewDir))
		once := spend(b, l, many, "test-all", manyDir)
		whole.add(once)
		loop.add(spend(b, l, many, "bare-loop", strconv.Itoa(many), strconv.Itoa(once.dials/many)))
	}
	if whole.dials != loop.dials {
		b.Errorf("the loop made %d connections, and the tests %d", loop.dials, whole.dials)
	}
	n := float64(b.N)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(whole.cpu.Seconds()/loop.cpu.Seconds(), "×bare-loop")
	b.ReportMetric(1000*whole.cpu.Seconds()/n/many, "cpu-ms/connector")
	b.ReportMetric(float64(whole.dials)/n/many, "connections/connector")
	b.ReportMetric(float64(small.peak)/1024/n, "MiB-of-100")
	b.ReportMetric(float64(whole.peak)/1024/n, "MiB-of-1000")
}

// cost is what a process came to.
type cost struct {
	cpu   time.Duration
	dials int
	peak  int // resident memory in KiB; 0 where the system does not tell
}

func (c *cost) add(d cost) {
	c.cpu, c.dials, c.peak = c.cpu+d.cpu, c.dials+d.dials, c.peak+d.peak
}

// enrol registers connectors to the lab, tests them once, and returns the folder
// of the registry.
func enrol(b *testing.B, l *lab.Lab, n int) string {
	b.Helper()
	dir := b.TempDir()
	w, err := workspace.Open(b.Context(), workspace.Options{Dir: dir, Keyring: keyring.Memory()})
	if err != nil {
		b.Fatal(err)
	}
	names := accounts(b, l)
	for i := range n {
		as := names[i%len(names)]
		c := connectors.Connector{
			Name: fmt.Sprintf("Office %04d", i), Provider: "exchange", Tenant: fmt.Sprintf("office%d.example", i),
			Services: []string{"continuity"},
			Settings: map[string]string{
				"url": as.url, "security": "strict", "address": lab.Address, "sign-in": as.signIn, "mailbox": lab.Mailbox,
			},
		}
		if _, err := w.Keeper.Register(b.Context(), c, secret.New(lab.Password)); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	spend(b, l, n, "test-all", dir)
	return dir
}

// accountName is one of the servers' names with one of the account's, which is an
// account of its own to whoever does not know that they are the same.
type accountName struct{ url, signIn string }

// accounts are as many as are tested at once, or more.
func accounts(b *testing.B, l *lab.Lab) (names []accountName) {
	b.Helper()
	_, domain, _ := strings.Cut(lab.Address, "@")
	_, name, _ := strings.Cut(lab.SignIn, `\`)
	for _, host := range []string{"localhost", "mail." + domain, "autodiscover." + domain} {
		for _, signIn := range []string{lab.SignIn, domain + `\` + name, lab.Address} {
			names = append(names, accountName{strings.Replace(l.LoopbackURL(), "localhost", host, 1), signIn})
		}
	}
	if len(names) < usualParallel {
		b.Fatalf("%d accounts keep no %d connectors busy at once", len(names), usualParallel)
	}
	return names
}

// spend runs a command that signs in n times.
func spend(b *testing.B, l *lab.Lab, n int, name string, args ...string) cost {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	ca := filepath.Join(b.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, l.CAPEM(), 0o600); err != nil {
		b.Fatal(err)
	}
	before, _ := l.SignIns()
	p := exec.CommandContext(b.Context(), self)
	p.Args = append([]string{name}, args...)
	p.Env = append(os.Environ(), "LAB_CA="+ca, "LAB_URL="+l.LoopbackURL())
	var said bytes.Buffer
	p.Stderr = &said
	if err := p.Run(); err != nil {
		b.Fatalf("%s: %v\n%s", name, err, &said)
	}
	if after, failed := l.SignIns(); after-before != n || failed > 0 {
		b.Fatalf("%s signed in %d times and was refused %d times, instead of %d sign-ins", name, after-before, failed, n)
	}
	c := cost{cpu: p.ProcessState.UserTime() + p.ProcessState.SystemTime()}
	if _, err := fmt.Sscan(said.String(), &c.dials, &c.peak); err != nil {
		b.Fatalf("%s says %q: %v", name, &said, err)
	}
	return c
}

// benchTestAll is "test-all FOLDER".
func benchTestAll() {
	door := newDoor()
	world := network.System()
	world.Trust(door.authority)
	world.Lookup = func(context.Context, string) ([]netip.Addr, error) { return []netip.Addr{door.address.Addr()}, nil }
	world.Dial = func(context.Context, netip.AddrPort) (net.Conn, error) { return door.dial() }
	p := &program{in: strings.NewReader(""), out: io.Discard, errOut: io.Discard, getenv: os.Getenv, keyring: oneSecret{}, network: world}
	status := p.run([]string{"test", "--all", "--data", os.Args[1]})
	door.sum()
	os.Exit(status)
}

// oneSecret is a keyring that has one secret for every key.
type oneSecret struct{ keyring.Keyring }

func (oneSecret) Get(context.Context, string) (secret.Secret, error) {
	return secret.New(lab.Password), nil
}

// benchBareLoop is "bare-loop CONNECTORS CONNECTIONS": for each connector, so
// many connections with one request each, and on the last of them another that
// signs in.
func benchBareLoop() {
	door := newDoor()
	connectors, err := strconv.Atoi(os.Args[1])
	must(err)
	connections, err := strconv.Atoi(os.Args[2])
	must(err)
	pool := x509.NewCertPool()
	pool.AddCert(door.authority)
	config := &tls.Config{RootCAs: pool, ServerName: "localhost"}
	var workers sync.WaitGroup
	turns := make(chan struct{})
	for range usualParallel {
		workers.Go(func() {
			for range turns {
				for i := range connections {
					raw, err := door.dial()
					must(err)
					conn := tls.Client(raw, config)
					reader := bufio.NewReader(conn)
					door.call(conn, reader, ews.ConvertID(ews.Exchange2013), false)
					if i == connections-1 {
						door.call(conn, reader, ews.GetInbox(ews.Exchange2013, lab.Mailbox), true)
					}
					_ = conn.Close()
				}
			}
		})
	}
	for range connectors {
		turns <- struct{}{}
	}
	close(turns)
	workers.Wait()
	door.sum()
}

// door is where the lab is for a process of the benchmark.
type door struct {
	url       string
	address   netip.AddrPort
	authority *x509.Certificate
	dials     atomic.Int64
}

func newDoor() *door {
	d := &door{url: os.Getenv("LAB_URL")}
	text, err := os.ReadFile(os.Getenv("LAB_CA"))
	must(err)
	block, _ := pem.Decode(text)
	d.authority, err = x509.ParseCertificate(block.Bytes)
	must(err)
	request, err := http.NewRequest(http.MethodGet, d.url, nil)
	must(err)
	d.address, err = netip.ParseAddrPort("127.0.0.1:" + request.URL.Port())
	must(err)
	return d
}

func (d *door) dial() (net.Conn, error) {
	d.dials.Add(1)
	return net.Dial("tcp", d.address.String())
}

// call makes one EWS call and reads the answer.
func (d *door) call(conn io.Writer, reader *bufio.Reader, body string, signIn bool) {
	request, err := http.NewRequest(http.MethodPost, d.url, strings.NewReader(body))
	must(err)
	request.Header.Set("Content-Type", ews.ContentType)
	if signIn {
		request.SetBasicAuth(lab.SignIn, lab.Password)
	}
	must(request.Write(conn))
	response, err := http.ReadResponse(reader, request)
	must(err)
	_, err = io.Copy(io.Discard, response.Body)
	must(err)
}

// sum writes how many connections were made, and the most memory that was
// resident (proc_pid_status(5)).
func (d *door) sum() {
	peak := "0"
	status, _ := os.ReadFile("/proc/self/status") // on Linux alone
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); fields[0] == "VmHWM:" {
			peak = fields[1]
		}
	}
	fmt.Fprintln(os.Stderr, d.dials.Load(), peak)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
