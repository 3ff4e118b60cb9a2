package lab

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"syscall"

	"fairlead/assets"
	"fairlead/lab/zone"
)

// addNames puts name servers into the world, with domains that are in order and
// domains that are not, and a web server for their MTA-STS policies. See [zone].
func (l *Lab) addNames() error {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		return err
	}
	z, err := zone.New(catalogue.Regions)
	if err != nil {
		return err
	}
	l.zone = z
	if err := l.openMail(catalogue.Regions); err != nil {
		return err
	}
	web := l.newCloud(policies(z), nil, netip.Addr{})
	for _, host := range z.PolicyHosts() {
		web.names[host] = zone.WebAddress()
		if host != "mta-sts."+zone.NameOf("mta-sts-certificate") { // its certificate is for the others
			web.hosts = append(web.hosts, host)
		}
	}
	l.clouds = append(l.clouds, web)
	return nil
}

// openNames starts the name servers.
func (l *Lab) openNames() (err error) {
	if l.names, err = zone.Start(l.zone, l.delay, l.lag); err != nil {
		return fmt.Errorf("start the name servers: %w", err)
	}
	return nil
}

// policies serves the policy of each host (RFC 8461, section 3.3).
func policies(z *zone.Zone) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, known := z.Policy(r.Host)
		if !known || r.URL.Path != "/.well-known/mta-sts.txt" {
			http.NotFound(w, r)
			return
		}
		if p.Type == "" {
			p.Type = "text/plain"
		}
		w.Header().Set("Content-Type", p.Type)
		if p.Location != "" {
			w.Header().Set("Location", p.Location)
		}
		if p.Status != 0 {
			w.WriteHeader(p.Status)
		}
		_, _ = io.WriteString(w, p.Text) // whoever asked may be gone
	})
}

// dialUDP opens a socket to a name server of the world. Packets to any other
// address are refused.
func (l *Lab) dialUDP(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	conn, known, err := l.names.Dial(ctx, "udp", to)
	if !known {
		err = &net.OpError{Op: "dial", Net: "udp", Addr: net.UDPAddrFromAddrPort(to), Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}
	return conn, err
}

// nameServers are those of the computer on which the wizard runs in this world.
func nameServers() ([]netip.AddrPort, error) { return []netip.AddrPort{zone.Inside}, nil }
