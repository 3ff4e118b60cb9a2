//go:build servers

package domain

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/lab"
	"fairlead/lab/zone"
	"fairlead/network"
)

// TestNSD holds the diagnosis to a name server that others wrote: NSD has the zones
// of the lab's domains, all that a server can serve as they are, and the diagnosis
// comes to the same as in the lab.
func TestNSD(t *testing.T) {
	catalogue := regions(t)
	z, err := zone.New(catalogue)
	if err != nil {
		t.Fatal(err)
	}
	n := behindNSD(startLab(t, lab.Options{}), startNSD(t, z))
	o, asked := usual(t), 0
	for _, d := range slices.Concat(zone.Good(), zone.Broken()) {
		if !d.Standard() {
			continue
		}
		asked++
		t.Run(d.Name, func(t *testing.T) {
			o := o
			special(d, &o)
			report := diagnose(t, n, d.Name, o)
			var want []string
			if d.Code != "" {
				want = append([]string{d.Code}, also[d.Name]...)
			}
			slices.Sort(want)
			if got := codes(report); !slices.Equal(got, want) {
				t.Errorf("says %q, want %q", got, want)
				for _, c := range report.Checks {
					if c.Verdict == check.Fail || c.Verdict == check.Warn {
						t.Logf("%s: %s\n%s", c.ID, c.Summary, c.Evidence)
					}
				}
			}
		})
	}
	if asked < 60 {
		t.Errorf("only %d domains were asked about", asked)
	}
	t.Logf("%d domains", asked)
}

// behindNSD is a network whose name servers are all NSD, but the one that refuses
// everything.
func behindNSD(n *network.Network, address string) *network.Network {
	there := *n
	there.DialUDP = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
		if conn, err := n.DialUDP(ctx, to); err != nil || to == zone.Lame {
			return conn, err
		} else if err := conn.Close(); err != nil {
			return nil, err
		}
		return (&net.Dialer{}).DialContext(ctx, "udp", address)
	}
	there.Dial = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
		if to.Port() != network.DNSPort || to == zone.Lame {
			return n.Dial(ctx, to)
		}
		return (&net.Dialer{}).DialContext(ctx, "tcp", address)
	}
	return &there
}

// startNSD starts NSD on a port of loopback until the test is over.
func startNSD(t *testing.T, z *zone.Zone) (address string) {
	program, err := exec.LookPath("nsd")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/nsd"); err != nil {
			t.Skip("nsd is not installed; on Debian: apt install nsd")
		}
	}
	dir, port := t.TempDir(), freePort()
	config := fmt.Sprintf(`
server:
	ip-address: 127.0.0.1
	port: %d
	username: ""
	zonesdir: %q
	pidfile: "nsd.pid"
	xfrdfile: "xfrd.state"
	zonelistfile: "zones.list"
	xfrdir: %q
	server-count: 1
remote-control:
	control-enable: no
zone:
	name: "."
	zonefile: "root.zone"
`, port, dir, dir)
	files := map[string]string{"root.zone": ". 300 IN SOA ns1.dns.example. x. 1 2 3 4 300\n. 300 IN NS ns1.dns.example.\n"}
	for _, d := range z.Domains {
		if !d.Standard() {
			continue
		}
		files[d.Name+".zone"] = z.Text(d.Name)
		config += fmt.Sprintf("zone:\n\tname: %q\n\tzonefile: %q\n", d.Name, d.Name+".zone")
	}
	files["nsd.conf"] = config
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	c := exec.CommandContext(ctx, program, "-d", "-c", filepath.Join(dir, "nsd.conf"))
	c.Cancel, c.WaitDelay = func() error { return c.Process.Signal(syscall.SIGTERM) }, 5*time.Second
	var said strings.Builder
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = c.Wait()
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
		if strings.Contains(said.String(), "error") {
			t.Error(said.String())
		}
	})
	address = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	// Nothing but an answer tells that a server of somebody else's is ready.
	for again := time.NewTicker(10 * time.Millisecond); ; {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return address
		}
		select {
		case <-again.C:
		case <-ended:
			t.Fatalf("nsd ended: %s", said.String())
		}
	}
}

// freePort is one that nobody listens on, below those that systems give out by
// themselves, so that nobody takes it meanwhile.
func freePort() int {
	for {
		port := 20000 + rand.IntN(10000)
		if listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			_ = listener.Close()
			return port
		}
	}
}
