package ldap

import (
	"slices"
	"strings"

	ber "github.com/go-asn1-ber/asn1-ber"
)

// The scopes of a search.
const (
	scopeBase    = 0
	scopeOne     = 1
	scopeSubtree = 2
)

// entry is something in the directory.
type entry struct {
	dn     string
	values map[string][]string // by attribute, in lower case
}

// search answers a request for entries.
func (c *session) search(id int64, request *ber.Packet) bool {
	if len(request.Children) < 8 {
		return false
	}
	done := func(code int64, matched, why string, to ...string) bool {
		return c.send(id, result(opSearchDone, code, matched, why, to...))
	}
	base := text(request.Children[0])
	scope, _ := request.Children[1].Value.(int64)
	most, _ := request.Children[3].Value.(int64)
	filter, wanted := request.Children[6], request.Children[7]
	switch {
	case base == "" && scope == scopeBase:
		return c.give(id, rootDSE(), wanted) && done(success, "", "")
	case !c.bound:
		return done(operationsError, "", "000004DC: LdapErr: DSID-0C0907E9, comment: In order to perform this operation a "+
			"successful bind must be completed on the connection., data 0, v4f7c")
	case !strings.Contains(base, "="):
		return done(invalidDNSyntax, "", "0000208F: NameErr: DSID-03100231, problem 2006 (BAD_NAME), data 8349, best match of:\n\t'"+base+"'\n")
	case c.server.on("ldap-referral") || !below(base, Base) && below(base, "DC=example"):
		return done(referral, "", "0000202B: RefErr: DSID-0310082F, data 0, 1 access points\n\tref 1: 'fabrikam.example'\n", "ldap://fabrikam.example/"+base)
	case c.server.on("ldap-busy"):
		return done(busy, "", "00002024: SvcErr: the server is busy")
	case c.server.on("ldap-no-right"):
		return done(insufficientRights, "", "00002098: SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0")
	case c.server.on("ldap-base-missing") || !exists(base):
		return done(noSuchObject, "DC=example", "0000208D: NameErr: DSID-0310028B, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'"+Base+"'\n")
	case c.server.on("ldap-hidden"):
		return done(success, "", "")
	}
	if c.server.on("ldap-size-limit") && scope == scopeSubtree {
		most = 1
	}
	given := int64(0)
	for _, e := range directory() {
		if !within(e.dn, base, scope) || !matches(filter, e) || c.server.on("ldap-empty") && e.values["mail"] != nil {
			continue
		}
		if most > 0 && given == most {
			return done(sizeLimitExceeded, "", "")
		}
		if !c.give(id, e, wanted) {
			return false
		}
		given++
	}
	if c.server.on("ldap-references") && scope == scopeSubtree {
		refs := ber.Encode(ber.ClassApplication, ber.TypeConstructed, opReference, nil, "reference")
		refs.AppendChild(octets("ldap://DomainDnsZones.contoso.example/DC=DomainDnsZones," + Base))
		if !c.send(id, refs) {
			return false
		}
	}
	return done(success, "", "")
}

// give sends one entry with the attributes that were asked for.
func (c *session) give(id int64, e entry, wanted *ber.Packet) bool {
	p := ber.Encode(ber.ClassApplication, ber.TypeConstructed, opEntry, nil, "entry")
	p.AppendChild(octets(e.dn))
	list := ber.NewSequence("attributes")
	for name, values := range e.values {
		asked := len(wanted.Children) == 0 || slices.ContainsFunc(wanted.Children, func(w *ber.Packet) bool {
			return text(w) == "*" || text(w) == "+" || strings.EqualFold(text(w), name)
		})
		if !asked {
			continue
		}
		attribute, set := ber.NewSequence("attribute"), ber.Encode(ber.ClassUniversal, ber.TypeConstructed, ber.TagSet, nil, "values")
		for _, value := range values {
			set.AppendChild(octets(value))
		}
		attribute.AppendChild(octets(name))
		attribute.AppendChild(set)
		list.AppendChild(attribute)
	}
	p.AppendChild(list)
	return c.send(id, p)
}

// matches evaluates a filter (RFC 4511, section 4.5.1.7). Kinds that are not
// known match nothing.
func matches(filter *ber.Packet, e entry) bool {
	switch filter.Tag {
	case 0: // and
		return !slices.ContainsFunc(filter.Children, func(f *ber.Packet) bool { return !matches(f, e) })
	case 1: // or
		return slices.ContainsFunc(filter.Children, func(f *ber.Packet) bool { return matches(f, e) })
	case 2: // not
		return len(filter.Children) == 1 && !matches(filter.Children[0], e)
	case 3: // equals
		return len(filter.Children) == 2 && slices.ContainsFunc(e.values[strings.ToLower(text(filter.Children[0]))], func(v string) bool {
			return strings.EqualFold(v, text(filter.Children[1]))
		})
	case 7: // present
		return e.values[strings.ToLower(text(filter))] != nil
	}
	return false
}

// below reports whether a name is at or below another.
func below(dn, base string) bool {
	dn, base = strings.ToLower(dn), strings.ToLower(base)
	return dn == base || strings.HasSuffix(dn, ","+base)
}

func within(dn, base string, scope int64) bool {
	switch scope {
	case scopeBase:
		return strings.EqualFold(dn, base)
	case scopeOne:
		_, above, _ := strings.Cut(dn, ",")
		return strings.EqualFold(above, base)
	}
	return scope == scopeSubtree && below(dn, base)
}

func exists(base string) bool {
	return slices.ContainsFunc(directory(), func(e entry) bool { return strings.EqualFold(e.dn, base) })
}
