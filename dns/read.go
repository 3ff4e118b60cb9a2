package dns

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/miekg/dns"
)

const (
	mostAliases = 16
	mostRecords = 256
)

// read makes an answer of a message, or an error.
func read(s Server, name string, t Type, m *dns.Msg) (Answer, error) {
	a := Answer{
		Server: s, Name: Normal(name), Type: t, Exists: m.Rcode != dns.RcodeNameError,
		Authoritative: m.Authoritative, Validated: m.AuthenticatedData, Note: note(m),
	}
	fail := func(kind error) (Answer, error) {
		return a, &Error{Server: s, Name: a.Name, Type: t, Kind: kind, Note: a.Note}
	}
	switch m.Rcode {
	case dns.RcodeSuccess, dns.RcodeNameError:
	case dns.RcodeServerFailure:
		return fail(ErrServer)
	case dns.RcodeRefused, dns.RcodeNotAuth, dns.RcodeNotImplemented:
		return fail(ErrRefused)
	default:
		return fail(ErrGarbled)
	}
	owner, err := a.follow(m.Answer)
	if err != nil {
		return fail(err)
	}
	shortest := time.Duration(-1)
	for _, rr := range m.Answer {
		h := rr.Header()
		if h.Rrtype == dns.TypeRRSIG {
			a.Signed = true
			continue
		}
		ttl := time.Duration(h.Ttl) * time.Second
		if shortest < 0 || ttl < shortest {
			shortest = ttl
		}
		if Normal(h.Name) == owner && Type(h.Rrtype) == t && len(a.Records) < mostRecords {
			a.Records = append(a.Records, record(rr, ttl))
		}
	}
	a.TTL = max(shortest, 0)
	if len(a.Records) == 0 {
		a.absent(m, shortest)
	}
	return a, nil
}

// follow goes along the aliases from the name that was asked for, and returns the
// last name.
func (a *Answer) follow(answer []dns.RR) (string, error) {
	owner := a.Name
	for a.Type != CNAME {
		i := slices.IndexFunc(answer, func(rr dns.RR) bool {
			_, alias := rr.(*dns.CNAME)
			return alias && Normal(rr.Header().Name) == owner
		})
		if i < 0 {
			return owner, nil
		}
		owner = Normal(answer[i].(*dns.CNAME).Target)
		if owner == a.Name || slices.Contains(a.Chain, owner) || len(a.Chain) == mostAliases {
			return "", ErrLoop
		}
		a.Chain = append(a.Chain, owner)
	}
	return owner, nil
}

// absent notes how long it holds that there is nothing (RFC 2308, section 5).
func (a *Answer) absent(m *dns.Msg, shortest time.Duration) {
	for _, rr := range m.Ns {
		if soa, ok := rr.(*dns.SOA); ok {
			ttl := time.Duration(min(soa.Hdr.Ttl, soa.Minttl)) * time.Second
			if shortest >= 0 {
				ttl = min(ttl, shortest)
			}
			a.TTL = ttl
		}
		a.Signed = a.Signed || rr.Header().Rrtype == dns.TypeRRSIG
	}
}

func record(rr dns.RR, ttl time.Duration) Record {
	r := Record{Name: Normal(rr.Header().Name), Type: Type(rr.Header().Rrtype), TTL: ttl}
	switch rr := rr.(type) {
	case *dns.A:
		r.Text = rr.A.String()
	case *dns.AAAA:
		r.Text = rr.AAAA.String()
	case *dns.CNAME:
		r.Text = Normal(rr.Target)
	case *dns.MX:
		r.Text, r.Preference = Normal(rr.Mx), rr.Preference
	case *dns.NS:
		r.Text = Normal(rr.Ns)
	case *dns.PTR:
		r.Text = Normal(rr.Ptr)
	case *dns.SOA:
		r.Text = strconv.FormatUint(uint64(rr.Serial), 10)
	case *dns.TXT:
		for _, text := range rr.Txt {
			r.Strings = append(r.Strings, unescape(text))
		}
		r.Text = strings.Join(r.Strings, "")
	default:
		r.Text = strings.TrimPrefix(rr.String(), rr.Header().String())
	}
	return r
}

// unescape undoes how the library writes bytes that are no plain characters:
// \DDD and \c (RFC 1035, section 5.1).
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		if i+3 < len(text) {
			if n, err := strconv.ParseUint(text[i+1:i+4], 10, 8); err == nil {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		i++
		b.WriteByte(text[i])
	}
	return b.String()
}

// note is what a server says beside an answer: an extended error (RFC 8914).
func note(m *dns.Msg) string {
	options := m.IsEdns0()
	if options == nil {
		return ""
	}
	var notes []string
	for _, option := range options.Option {
		if e, ok := option.(*dns.EDNS0_EDE); ok {
			text := dns.ExtendedErrorCodeToString[e.InfoCode]
			if e.ExtraText != "" {
				text = strings.TrimSpace(text + " " + e.ExtraText)
			}
			notes = append(notes, text)
		}
	}
	return strings.Join(notes, "; ")
}
