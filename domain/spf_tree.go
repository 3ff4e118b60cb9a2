package domain

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"fairlead/dns"
)

// The limits of RFC 7208, section 4.6.4.
const (
	MaxSPFLookups = 10
	MaxSPFVoids   = 2
	maxSPFHosts   = 10 // of one "mx"
)

// mostSPFNodes bounds how many records of a tree are read: many times what the
// limits allow, so that a tree that is too large can still be drawn.
const mostSPFNodes = 60

// SPFNode is an SPF record with those that it refers to.
type SPFNode struct {
	Domain   string
	Record   SPFRecord
	Branches []SPFBranch // the words that take a look-up
	Trouble  string      // why there is no record to read; empty if there is
}

// SPFBranch is a word of a record that takes a look-up.
type SPFBranch struct {
	Term  SPFTerm
	Void  bool     // the look-up finds nothing
	Hosts int      // how many an "mx" stands for
	Node  *SPFNode // of an include or a redirect
	Note  string   // what is to say about it, such as "found nothing"
}

// Lookups is how many look-ups the record takes at most, those of the records that
// it refers to included.
func (n *SPFNode) Lookups() (total int) {
	for _, b := range n.Branches {
		total++
		if b.Node != nil {
			total += b.Node.Lookups()
		}
	}
	return total
}

// Voids is how many of those find nothing.
func (n *SPFNode) Voids() (total int) {
	for _, b := range n.Branches {
		if b.Void {
			total++
		}
		if b.Node != nil {
			total += b.Node.Voids()
		}
	}
	return total
}

// Includes are the domains of all includes and redirects in the tree.
func (n *SPFNode) Includes() (domains []string) {
	for _, b := range n.Branches {
		if b.Node != nil {
			domains = append(append(domains, b.Node.Domain), b.Node.Includes()...)
		}
	}
	return domains
}

// each calls f for the node and all below it, with the words that lead there.
func (n *SPFNode) each(f func(n *SPFNode, via string)) { n.walk("", f) }

func (n *SPFNode) walk(via string, f func(n *SPFNode, via string)) {
	f(n, via)
	for _, b := range n.Branches {
		if b.Node != nil {
			b.Node.walk(b.Term.Text, f)
		}
	}
}

// Draw is the tree as lines of text, with what every word costs.
func (n *SPFNode) Draw() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d of %d look-ups, %d of %d that find nothing\n", n.Domain, n.Lookups(), MaxSPFLookups, n.Voids(), MaxSPFVoids)
	n.draw(&b, "")
	return strings.TrimSuffix(b.String(), "\n")
}

func (n *SPFNode) draw(b *strings.Builder, indent string) {
	for i, branch := range n.Branches {
		corner, below := "├─ ", "│  "
		if i == len(n.Branches)-1 {
			corner, below = "└─ ", "   "
		}
		cost := 1
		if branch.Node != nil {
			cost += branch.Node.Lookups()
		}
		fmt.Fprintf(b, "%s%s%s  %d", indent, corner, branch.Term.Text, cost)
		if branch.Note != "" {
			fmt.Fprintf(b, "  (%s)", branch.Note)
		}
		b.WriteByte('\n')
		if branch.Node != nil {
			branch.Node.draw(b, indent+below)
		}
	}
}

// grower reads a tree, all branches at once.
type grower struct {
	dns   dns.Resolver
	nodes atomic.Int32
}

// grow reads the records that a record refers to. path are the domains that lead
// here, so that a circle ends.
func (g *grower) grow(ctx context.Context, domain string, record SPFRecord, path []string) *SPFNode {
	n := &SPFNode{Domain: domain, Record: record}
	redirect := record.redirect()
	for _, t := range record.Terms {
		if _, problem := parseTerm(t.Text); problem != "" {
			continue // the record is an error as it stands
		}
		if t.costs() && (!t.Modifier || t.Value == redirect && redirect != "") {
			n.Branches = append(n.Branches, SPFBranch{Term: t})
		}
		if t.Name == "all" && !t.Modifier {
			break // nobody reads on
		}
	}
	path = append(slices.Clone(path), domain)
	var all sync.WaitGroup
	for i := range n.Branches {
		all.Go(func() { g.branch(ctx, &n.Branches[i], domain, path) })
	}
	all.Wait()
	return n
}

// branch looks at what a word refers to.
func (g *grower) branch(ctx context.Context, b *SPFBranch, domain string, path []string) {
	target, _, _ := strings.Cut(b.Term.Value, "/")
	if target == "" {
		target = domain
	}
	target = dns.Normal(target)
	switch {
	case strings.Contains(target, "%"):
		b.Note = "depends on the sender"
	case b.Term.Name == "include" || b.Term.Name == "redirect":
		b.Node = g.read(ctx, target, path)
		b.Note, b.Void = b.Node.Trouble, b.Node.Trouble == noRecord
	case b.Term.Name == "a" || b.Term.Name == "exists":
		g.void(ctx, b, target, dns.A)
	case b.Term.Name == "mx":
		g.void(ctx, b, target, dns.MX)
	}
}

func (g *grower) void(ctx context.Context, b *SPFBranch, target string, t dns.Type) {
	answer, err := g.dns.Lookup(ctx, target, t)
	switch {
	case err != nil:
		b.Note = "the DNS fails"
		return
	case len(answer.Records) == 0 && t == dns.A && b.Term.Name == "a":
		if six, err := g.dns.Lookup(ctx, target, dns.AAAA); err == nil && len(six.Records) > 0 {
			return
		}
	}
	b.Hosts = len(answer.Records)
	if b.Void = b.Hosts == 0; b.Void {
		b.Note = "finds nothing"
	}
}

// What keeps a record that is referred to from being read.
const (
	noRecord    = "there is no SPF record"
	twoRecords  = "there are several SPF records"
	inCircle    = "leads in a circle"
	dnsFails    = "the DNS fails"
	tooManyRead = "not read any more"
)

func (g *grower) read(ctx context.Context, domain string, path []string) *SPFNode {
	trouble := func(why string) *SPFNode { return &SPFNode{Domain: domain, Trouble: why} }
	if slices.Contains(path, domain) {
		return trouble(inCircle)
	}
	if g.nodes.Add(1) > mostSPFNodes {
		return trouble(tooManyRead)
	}
	answer, err := g.dns.Lookup(ctx, domain, dns.TXT)
	if err != nil {
		return trouble(dnsFails)
	}
	records := spfRecords(answer)
	switch len(records) {
	case 0:
		return trouble(noRecord)
	case 1:
		return g.grow(ctx, domain, ParseSPF(records[0].Text), path)
	}
	return trouble(twoRecords)
}

// spfRecords are the records of an answer that are SPF's.
func spfRecords(a dns.Answer) (records []dns.Record) {
	for _, r := range a.Records {
		if IsSPF(r.Text) {
			records = append(records, r)
		}
	}
	return records
}
