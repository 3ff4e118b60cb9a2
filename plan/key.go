package plan

import (
	"strings"

	"fairlead/connectors"
)

// key is the form in which names and tenants are compared, as the registry
// compares them. Most are plain already, and an estate has many.
func key(name string) string {
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 0x7f || c >= 'A' && c <= 'Z' {
			return connectors.Key(name)
		}
	}
	return name
}

// domainOf is the domain of a mail address, in lower case.
func domainOf(address string) string {
	return strings.ToLower(strings.TrimSpace(address[strings.LastIndex(address, "@")+1:]))
}
