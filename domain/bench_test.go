package domain

import (
	"context"
	"net"
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/lab"
	"fairlead/lab/zone"
)

const (
	// roundTrip is the simulated distance to every server.
	roundTrip = 50 * time.Millisecond
	// longestChain is that of the look-ups of the lab's own domain that need each
	// other, in round trips: the address of the policy's host, then TCP, TLS and the
	// request. That of the name servers is their names, addresses and answers; that
	// of SPF is as long as its includes are deep.
	longestChain = 4
)

// BenchmarkDomainCheck times the whole diagnosis of a domain in round trips. It is
// to take as many as the longest chain of look-ups that need each other, however
// many questions it asks.
func BenchmarkDomainCheck(b *testing.B) {
	n, o := startLab(b, lab.Options{Delay: roundTrip}), usual(b)
	var questions atomic.Int64
	dial := n.DialUDP
	n.DialUDP = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
		questions.Add(1)
		return dial(ctx, to)
	}
	var took time.Duration
	for b.Loop() {
		start := time.Now()
		if r := diagnose(b, n, zone.Contoso, o); r.Verdict() != check.Pass {
			b.Fatal(r.Headline())
		}
		took += time.Since(start)
	}
	trips := float64(took) / float64(b.N) / float64(roundTrip)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(trips, "round-trips/check")
	b.ReportMetric(longestChain, "longest-chain")
	b.ReportMetric(float64(questions.Load())/float64(b.N), "questions/check")
	if trips < longestChain-0.1 || trips > longestChain+1 {
		b.Errorf("%.1f round trips; the longest chain has %d", trips, longestChain)
	}
}
