package network

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// door is a network with one host, whose addresses answer, refuse or say nothing
// as their last byte tells, and the addresses that were dialled.
type door struct {
	addresses []netip.Addr
	lookup    error
	dialled   []string
}

const (
	answers = 1
	refuses = 2
	silent  = 3
)

var errRefused = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}

func (d *door) network() *Network {
	return &Network{
		Lookup: func(context.Context, string) ([]netip.Addr, error) { return d.addresses, d.lookup },
		Dial: func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
			d.dialled = append(d.dialled, to.String())
			switch bytes := to.Addr().AsSlice(); bytes[len(bytes)-1] {
			case answers:
				near, _ := net.Pipe()
				return near, nil
			case refuses:
				return nil, errRefused
			}
			<-ctx.Done()
			return nil, ctx.Err()
		},
	}
}

func TestDialHost(t *testing.T) {
	const public, inside = "203.0.113.", "10.0.0."
	noPrivate := func(a netip.Addr) bool { return !a.IsPrivate() }
	for _, test := range []struct {
		name      string
		addresses []string
		may       func(netip.Addr) bool
		dialled   []string
		took      time.Duration
		err       error // nil for a connection
	}{
		{"the first", []string{public + "1", public + "2"}, nil, []string{public + "1"}, 0, nil},
		{"the next", []string{public + "2", "2001:db8::1"}, nil, []string{public + "2", "2001:db8::1"}, 0, nil},
		{"after a silent one", []string{public + "3", public + "1"}, nil, []string{public + "3", public + "1"}, waitAddress, nil},
		{"none", []string{public + "3", public + "2"}, nil, []string{public + "3", public + "2"}, waitAddress, errRefused},
		{"silence", []string{public + "2", public + "3"}, nil, []string{public + "2", public + "3"}, waitAddress, context.DeadlineExceeded},
		{"mapped", []string{"::ffff:" + public + "1"}, nil, []string{public + "1"}, 0, nil},
		{"allowed", []string{inside + "1", public + "2", public + "1"}, noPrivate, []string{public + "2", public + "1"}, 0, nil},
		{"allowed and dead", []string{public + "2", inside + "1"}, noPrivate, []string{public + "2"}, 0, errRefused},
		{"not allowed", []string{inside + "1", "::ffff:" + inside + "1"}, noPrivate, nil, 0, ErrNoneAllowed},
		{"many", slices.Repeat([]string{public + "2"}, 40), nil, slices.Repeat([]string{public + "2"}, maxDials), 0, errRefused},
		{"many not allowed", append(slices.Repeat([]string{inside + "1"}, 40), public+"1"), noPrivate, []string{public + "1"}, 0, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &door{}
				for _, address := range test.addresses {
					d.addresses = append(d.addresses, netip.MustParseAddr(address))
				}
				var want []string
				for _, address := range test.dialled {
					want = append(want, net.JoinHostPort(address, "80"))
				}
				start := time.Now()
				conn, err := d.network().DialHost(t.Context(), "pki.contoso.com", 80, test.may)
				if !errors.Is(err, test.err) || (conn != nil) != (test.err == nil) {
					t.Errorf("got %v and %v, want %v", conn, err, test.err)
				}
				if took := time.Since(start); !slices.Equal(d.dialled, want) || took != test.took {
					t.Errorf("dialled %q in %v", d.dialled, took)
				}
			})
		})
	}
}

// TestDialHostWithoutAddress: nothing is dialled for a name that is not there,
// nor for one without an address.
func TestDialHostWithoutAddress(t *testing.T) {
	missing := &net.DNSError{Err: "no such host", Name: "pki.contoso.com", IsNotFound: true}
	for name, d := range map[string]*door{"not there": {lookup: missing}, "empty": {}} {
		conn, err := d.network().DialHost(t.Context(), "pki.contoso.com", 80, nil)
		if dns, ok := errors.AsType[*net.DNSError](err); !ok || !dns.IsNotFound || conn != nil || d.dialled != nil {
			t.Errorf("%s: %v, %v, dialled %q", name, conn, err, d.dialled)
		}
	}
}

// TestDialHostStops: once the context has ended, no address waits.
func TestDialHostStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &door{addresses: slices.Repeat([]netip.Addr{netip.AddrFrom4([4]byte{203, 0, 113, silent})}, maxDials)}
		ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		start := time.Now()
		_, err := d.network().DialHost(ctx, "pki.contoso.com", 80, nil)
		if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took != 7*time.Second {
			t.Errorf("%v after %v", err, took)
		}
	})
}
