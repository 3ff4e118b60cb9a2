package domain

import (
	"fmt"
	"strings"
	"time"
)

// Record is a record to make.
type Record struct {
	Zone  string // the domain in whose zone it goes
	Name  string // the whole name, without the last dot
	Type  string // TXT, CNAME or MX
	Value string // of an MX record with the priority before the host
	TTL   time.Duration
}

// usualTTL is how long a new record may be kept: short, so that a slip is soon put
// right.
const usualTTL = 5 * time.Minute

func newRecord(zone, name, kind, value string) Record {
	return Record{Zone: zone, Name: name, Type: kind, Value: value, TTL: usualTTL}
}

// Form is a record as a kind of provider wants it typed.
type Form struct {
	For   string // which providers
	Host  string // what goes into the field for the name
	Value string // what goes into the field for the value
	Line  string // the whole as one line or command, where that is how it is typed
}

// Forms are the record in the forms that DNS providers want.
func (r Record) Forms() []Form {
	quoted := r.Value
	if r.Type == "TXT" {
		quoted = quote(r.Value)
	}
	value := r.Value
	if r.Type != "TXT" {
		quoted, value = r.Value+".", r.Value
	}
	return []Form{
		{For: "Most providers: the name without the domain", Host: r.relative("@"), Value: value},
		{For: "Providers that leave the field empty for the domain itself", Host: r.relative(""), Value: value},
		{For: "Providers that want the whole name", Host: r.Name, Value: value},
		{For: "Amazon Route 53 and others that want quotation marks", Host: r.Name, Value: quoted},
		{For: "A zone file (BIND, NSD, Knot)", Line: r.Line()},
		{For: "Windows DNS Server", Line: r.windows()},
	}
}

// Line is the record as a zone file has it.
func (r Record) Line() string {
	value := r.Value + "."
	if r.Type == "TXT" {
		value = quote(r.Value)
	}
	return fmt.Sprintf("%s. %d IN %s %s", r.Name, int(r.TTL.Seconds()), r.Type, value)
}

// relative is the name without the zone's; self stands for the zone itself.
func (r Record) relative(self string) string {
	if r.Name == r.Zone {
		return self
	}
	return strings.TrimSuffix(r.Name, "."+r.Zone)
}

func (r Record) windows() string {
	what := fmt.Sprintf(`-Txt -DescriptiveText '%s'`, strings.ReplaceAll(r.Value, "'", "''"))
	switch priority, host, _ := strings.Cut(r.Value, " "); r.Type {
	case "CNAME":
		what = fmt.Sprintf(`-CName -HostNameAlias '%s.'`, r.Value)
	case "MX":
		what = fmt.Sprintf(`-MX -MailExchange '%s.' -Preference %s`, host, priority)
	}
	return fmt.Sprintf(`Add-DnsServerResourceRecord -ZoneName '%s' -Name '%s' %s`, r.Zone, r.relative("@"), what)
}

// quote writes text as the strings of a TXT record: each has at most 255 bytes
// (RFC 1035, section 3.3).
func quote(text string) string {
	const most = 255
	var parts []string
	for {
		part := text[:min(len(text), most)]
		parts = append(parts, `"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(part)+`"`)
		if text = text[len(part):]; text == "" {
			return strings.Join(parts, " ")
		}
	}
}

// Proposal is a record that should change.
type Proposal struct {
	Record  Record
	Current []string // what stands there today; empty: nothing
	Why     string
	Changes []string // what changes for whom, one sentence each
}
