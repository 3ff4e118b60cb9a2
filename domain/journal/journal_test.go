package journal

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/dns"
	"fairlead/domain/routing"
	"fairlead/network"
)

func region(t *testing.T, id string) assets.Region {
	t.Helper()
	c, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	r, _ := c.Regions.Find(id)
	return r
}

// TestCommands fills in the values of a region for every infrastructure, and says
// what is not known of another.
func TestCommands(t *testing.T) {
	for _, i := range routing.Infrastructures() {
		streams := Streams("contoso.example", i)
		if len(streams) != len(i.Platforms()) || len(streams) == 2 && streams[0].Address == streams[1].Address {
			t.Errorf("%s: %v", i, streams)
		}
		for _, s := range streams {
			for _, c := range s.Commands(region(t, "de"), "postmaster@contoso.example") {
				if !strings.Contains(c.Text, "de-smtp-journal-2") || !strings.Contains(c.Text, s.Address) || c.Gap != "" || c.Where == "" {
					t.Errorf("%s: %+v", i, c)
				}
			}
			for _, c := range s.Commands(region(t, "za"), "postmaster@contoso.example") {
				if c.Text != "" || !strings.Contains(c.Gap, "slip of the pen") {
					t.Errorf("%s: a gap is filled: %+v", i, c)
				}
			}
		}
	}
	text := Streams("contoso.example", routing.HybridMicrosoft)[1].Commands(region(t, "de"), "p@contoso.example")[0].Text
	for _, want := range []string{"'SMTP:journal2.contoso.example;1'", "New-MailContact", "New-JournalRule", "-JournalingReportNdrTo 'p@contoso.example'"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nlacks %s", text, want)
		}
	}
}

// fixed is a DNS with the same MX records for every name.
type fixed struct {
	hosts []string
	err   error
}

func (f fixed) Lookup(_ context.Context, name string, t dns.Type) (dns.Answer, error) {
	a := dns.Answer{Name: name, Type: t}
	for _, host := range f.hosts {
		a.Records = append(a.Records, dns.Record{Name: name, Type: t, Text: host})
	}
	return a, f.err
}

func TestTheWayOfTheReports(t *testing.T) {
	n := &network.Network{
		Lookup: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil
		},
		Dial: func(context.Context, netip.AddrPort) (net.Conn, error) {
			return nil, os.NewSyscallError("connect", syscall.ECONNREFUSED)
		},
		Now: time.Now,
	}
	de := region(t, "de")
	for _, test := range []struct {
		name  string
		found []string
		err   error
		want  string
	}{
		{"no MX", nil, nil, ""},
		{"the region's", de.Journal.Names, nil, ""},
		{"by a wildcard", []string{"mail.contoso.example"}, nil, "journal-mx-foreign"},
		{"one of them elsewhere", []string{de.Journal.Names[0], "mail.contoso.example"}, nil, "journal-mx-foreign"},
		{"no answer", nil, errors.New("timeout"), "journal-dns-silent"},
	} {
		r := Test(n, fixed{test.found, test.err}, Streams("contoso.example", routing.Microsoft365), de).Run(t.Context(), nil)
		if got := r.Checks[0].Cause(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		refused := 0
		for _, c := range r.Checks[1:] {
			if c.Cause() == "smtp-refused" {
				refused++
			}
		}
		if refused != 2 || (r.Verdict() == check.Fail) != (test.want != "") {
			t.Errorf("%s: %d hosts are looked at: %s", test.name, refused, r.Headline())
		}
	}
	if err := check.Validate([]check.Check[*test]{subDomainCheck}, &test{}); err != nil {
		t.Error(err)
	}
}
