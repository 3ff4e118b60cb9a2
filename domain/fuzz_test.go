package domain

import (
	"net"
	"strings"
	"testing"

	eval "blitiri.com.ar/go/spf"

	"fairlead/lab/zone"
)

func FuzzParseSPF(f *testing.F) {
	for _, d := range zone.Broken() {
		f.Add("v=spf1 include:" + d.Name + " -all")
	}
	f.Add("v=spf1 a:b.example/24//64 mx/30 ip4:192.0.2.0/24 exists:%{i}.x.example redirect=a.example")
	f.Add("v=spf1 include: a=b / : +:")
	f.Fuzz(func(t *testing.T, text string) {
		r := ParseSPF(text)
		if len(r.Terms) > strings.Count(text, " ")+1 {
			t.Fatal("more words than there are")
		}
		_, _, _ = r.all(), r.redirect(), r.ignored()
		joined([]string{text, text})
	})
}

// FuzzSPFAgrees: what we call broken, the evaluation does not call right.
func FuzzSPFAgrees(f *testing.F) {
	f.Add("ip4:192.0.2.0/33")
	f.Add("ip6:::/0")
	f.Add("all")
	f.Fuzz(func(t *testing.T, word string) {
		if strings.ContainsAny(word, " %") || word == "" || !strings.HasPrefix(word, "ip") {
			t.Skip("it is about one word with an address")
		}
		_, problem := parseTerm(word)
		result, _ := eval.CheckHostWithSender(net.IPv4(203, 0, 113, 9), "a.example", "x@a.example",
			eval.WithResolver(forSPF{only("v=spf1 " + word + " -all")}))
		if problem == "" && result == eval.PermError {
			t.Fatalf("%q is in order here and an error there", word)
		}
	})
}

func FuzzParseDKIM(f *testing.F) {
	f.Add("v=DKIM1; k=rsa; p=AAAA")
	f.Add(`v=DKIM1\; k=ed25519; p=`)
	f.Fuzz(func(t *testing.T, text string) {
		if k := ParseDKIM(text); k.Bits > 0 && k.Unreadable != "" {
			t.Fatal("a key that cannot be read has a length")
		}
	})
}

func FuzzParseDMARC(f *testing.F) {
	f.Add("v=DMARC1; p=reject; rua=mailto:a@b.example!10m,mailto:c")
	f.Fuzz(func(t *testing.T, text string) {
		r := ParseDMARC(text)
		if r.Policy != "" && len(dmarcPolicies) == 0 {
			t.Fatal("a policy from nowhere")
		}
		if !IsDMARC(text) && len(r.Problems) == 0 {
			t.Fatal("a record that is none has no problem")
		}
	})
}

func FuzzParseSTSPolicy(f *testing.F) {
	f.Add("version: STSv1\nmode: enforce\nmx: *.a.example\nmax_age: 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		p := ParseSTSPolicy(text)
		if p.Covers("") && len(p.MX) == 0 {
			t.Fatal("nothing covers something")
		}
	})
}

func FuzzParseTags(f *testing.F) {
	f.Add("v=STSv1; id=1;")
	f.Add("v=TLSRPTv1; rua=mailto:a@b,https://c")
	f.Fuzz(func(_ *testing.T, text string) {
		ParseSTSRecord(text)
		ParseTLSReports(text).wrong()
		parseAddresses(text)
	})
}

func FuzzParseName(f *testing.F) {
	f.Add("Müller.example.")
	f.Fuzz(func(t *testing.T, text string) {
		name, err := ParseName(text)
		if again, failed := ParseName(name); err == nil && (failed != nil || again != name) {
			t.Fatalf("%q is %q, which is %q", text, name, again)
		}
	})
}

func FuzzParseSender(f *testing.F) {
	f.Add("include:_spf.sender.example")
	f.Add("2001:db8::/32")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSender(text)
		if err != nil {
			return
		}
		for _, term := range s.terms() {
			if _, problem := parseTerm(term); problem != "" {
				t.Fatalf("%q gives %q: %s", text, term, problem)
			}
		}
	})
}
