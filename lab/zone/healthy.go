package zone

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fairlead/assets"
)

// change makes a healthy domain another one.
type change func(d *Domain)

// healthy is a domain in which all is in order: its mail goes through the service
// in both directions.
func healthy(name, code, title string, changes ...change) Domain {
	d := Domain{Name: name, Code: code, Title: title, inside: map[string][]string{}, stale: map[string][]string{}, acts: map[string]act{}}
	d.records = map[string][]string{
		"@ SOA":                      {soa(1)},
		"@ NS":                       {"ns1.dns.example.", "ns2.dns.example."},
		"@ MX":                       {"10 {mx1}.", "10 {mx2}."},
		"@ TXT":                      {quote("v=spf1 include:{spf} -all"), quote(Token)},
		"_dmarc TXT":                 {quote("v=DMARC1; p=reject; rua=mailto:dmarc@" + name)},
		Selector + "._domainkey TXT": {quote("v=DKIM1; k=rsa; p=" + key2048)},
		"_mta-sts TXT":               {quote("v=STSv1; id=20261124T100000;")},
		"mta-sts A":                  {webAddress},
		"_smtp._tls TXT":             {quote("v=TLSRPTv1; rua=mailto:tls@" + name)},
	}
	d.policy = &Policy{Text: "version: STSv1\r\nmode: enforce\r\nmx: {mx1}\r\nmx: {mx2}\r\nmax_age: 604800\r\n"}
	for _, change := range changes {
		change(&d)
	}
	return d
}

func soa(serial int) string {
	return fmt.Sprintf("ns1.dns.example. hostmaster.dns.example. %d 7200 3600 1209600 300", 2026112400+serial)
}

// quote writes text as the strings of a TXT record, each of 255 bytes at most.
func quote(text string) string {
	var parts []string
	for part := range slices.Chunk([]byte(text), 255) {
		parts = append(parts, strconv.Quote(string(part)))
	}
	return strings.Join(parts, " ")
}

// set puts records in the place of those of the same owner and type.
func set(key string, values ...string) change { return func(d *Domain) { d.records[key] = values } }

// without takes records away.
func without(keys ...string) change {
	return func(d *Domain) {
		for _, key := range keys {
			delete(d.records, key)
		}
	}
}

// spf sets the SPF record, or several.
func spf(records ...string) change {
	return func(d *Domain) {
		values := []string{quote(Token)}
		for _, r := range records {
			values = append(values, quote(r))
		}
		d.records["@ TXT"] = values
	}
}

// dmarc sets the DMARC record, or several.
func dmarc(records ...string) change { return texts("_dmarc TXT", records...) }

// texts sets TXT records.
func texts(key string, records ...string) change {
	return func(d *Domain) {
		d.records[key] = nil
		for _, r := range records {
			d.records[key] = append(d.records[key], quote(r))
		}
	}
}

// dkim sets the record of the healthy selector.
func dkim(records ...string) change { return texts(Selector+"._domainkey TXT", records...) }

// behaves makes servers behave in a way when asked for some records.
func behaves(how act, keys ...string) change {
	return func(d *Domain) {
		for _, key := range keys {
			d.acts[key] = how
		}
	}
}

// policy changes the file of the MTA-STS policy.
func policy(p Policy) change { return func(d *Domain) { d.policy = &p } }

// onlyInside sets what the company's own resolver says.
func onlyInside(key string, values ...string) change {
	return func(d *Domain) { d.inside[key] = values }
}

// onlyOld sets what a server or a resolver says that has not heard of a change.
func onlyOld(key string, values ...string) change { return func(d *Domain) { d.stale[key] = values } }

// plain is a domain that is in order and does not use the service.
func plain(name, title string, changes ...change) Domain {
	d := healthy(name, "", title, changes...)
	d.Code = "mx_foreign"
	return d
}

// infrastructure are the names that the domains lean on: their name servers, the
// services' hosts and records, mail platforms.
func infrastructure(regions assets.Regions) []Domain {
	bare := func(name string, records map[string][]string) Domain {
		all := map[string][]string{"@ SOA": {soa(1)}, "@ NS": {"ns1.dns.example.", "ns2.dns.example."}}
		maps.Copy(all, records)
		return Domain{Name: name, records: all}
	}
	list := []Domain{
		bare("dns.example", map[string][]string{
			"ns1 A": {first.Addr().String()}, "ns2 A": {second.Addr().String()}, "lame A": {Lame.Addr().String()},
			"older A": {older.Addr().String()}, "gone A": {"192.0.2.57"},
		}),
		bare("mail.protection.outlook.com", map[string][]string{"* A": {mailAddress}}),
		bare("spf.protection.outlook.com", map[string][]string{"@ TXT": {quote("v=spf1 ip4:192.0.2.128/26 -all")}}),
		bare("google.com", map[string][]string{
			"smtp A": {mailAddress}, "_spf TXT": {quote("v=spf1 include:_netblocks.google.com ~all")},
			"_netblocks TXT": {quote("v=spf1 ip4:198.51.100.192/27 ~all")},
		}),
		bare("sender.example", map[string][]string{"_spf TXT": {quote("v=spf1 ip4:192.0.2.192/28 -all")}, "@ A": {mailAddress}}),
		bare("reports.example", map[string][]string{"willing.example._report._dmarc TXT": {quote("v=DMARC1")}, "@ A": {mailAddress}}),
		bare("chain.example", chain(12)),
	}
	for _, r := range regions.List {
		if r.Record != "" {
			list = append(list, bare(r.Record, map[string][]string{"@ TXT": {quote(netblocks(r))}}))
		}
		for _, hosts := range [][]string{r.MX.Names, r.Outbound.Names, r.Journal.Names} {
			for _, host := range hosts {
				list = append(list, bare(host, map[string][]string{"@ A": {mailAddress}}))
			}
		}
	}
	list = append(list, bare(regions.Validation.Host, map[string][]string{"@ A": {webAddress}}))
	return append(list, bare(regions.Global, map[string][]string{"@ TXT": {quote(global(regions))}}))
}

func netblocks(r assets.Region) string {
	words := []string{"v=spf1"}
	for _, network := range r.Ranges {
		words = append(words, "ip4:"+network.String())
	}
	return strings.Join(append(words, "~all"), " ")
}

func global(regions assets.Regions) string {
	words := []string{"v=spf1"}
	for _, id := range []string{"eu", "us", "za", "de", "au", "ca"} {
		if r, ok := regions.Find(id); ok {
			words = append(words, "include:"+r.Record)
		}
	}
	return strings.Join(append(words, "~all"), " ")
}

// chain is a row of SPF records each of which includes the next one.
func chain(length int) map[string][]string {
	records := map[string][]string{}
	for i := range length {
		records[fmt.Sprintf("s%d TXT", i)] = []string{quote(fmt.Sprintf("v=spf1 include:s%d.chain.example ~all", i+1))}
	}
	records[fmt.Sprintf("s%d TXT", length)] = []string{quote("v=spf1 ip4:192.0.2.1 ~all")}
	return records
}
