package domain

import (
	"context"

	"fairlead/dns"
)

// only is a resolver that knows one TXT record, which every name has.
type only string

func (o only) Lookup(_ context.Context, name string, t dns.Type) (dns.Answer, error) {
	a := dns.Answer{Name: name, Type: t, Exists: true}
	if t == dns.TXT {
		a.Records = []dns.Record{{Name: name, Type: t, Text: string(o), Strings: []string{string(o)}}}
	}
	return a, nil
}
