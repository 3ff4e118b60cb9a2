package exchange

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fairlead/providers"
)

const (
	// servicePath is where Exchange answers Web Services calls.
	servicePath = "/EWS/Exchange.asmx"
	maxURL      = 2048
	example     = "https://mail.contoso.com" + servicePath
)

// ParseURL reads the address of Exchange Web Services as an administrator types
// it. Only https is taken. Where the path is missing, the usual one is added; a
// host in other letters than ASCII is turned into its form for the DNS. Errors
// are a [*providers.Problem].
func ParseURL(raw string) (*url.URL, error) {
	raw = strings.TrimSpace(raw)
	switch {
	case raw == "":
		return nil, problem("the address is empty", "", "type it like "+example)
	case len(raw) > maxURL:
		return nil, problem("this is too long for an address", "", "type it like "+example)
	case !utf8.ValidString(raw) || strings.ContainsFunc(raw, unicode.IsControl):
		return nil, problem("this is not an address", "it holds characters that cannot be typed", "type it like "+example)
	case strings.ContainsFunc(raw, unicode.IsSpace):
		return nil, problem("there is a space in the address", "", "take it out")
	}
	if !strings.Contains(raw, "://") {
		return nil, problem("https:// is missing", "the services take a whole address",
			"type "+suggestion("https://"+raw))
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, problem("this is not a web address", "", "type it like "+example)
	}
	if err := checkParts(raw, u); err != nil {
		return nil, err
	}
	return normal(u)
}

// checkParts refuses what an address of a service has no use for.
func checkParts(raw string, u *url.URL) error {
	switch {
	case u.User != nil:
		return problem("there is a name or password in the address", "addresses are shown, logged and kept",
			"take it out; the account has fields of its own")
	case strings.EqualFold(u.Scheme, "http"):
		secure := *u
		secure.Scheme = "https"
		if secure.Port() == "80" {
			secure.Host = secure.Hostname()
		}
		return problem("http:// is not encrypted", "the password would travel in the clear",
			"type "+suggestion(secure.String()))
	case !strings.EqualFold(u.Scheme, "https"):
		return problem("this does not begin with https://", "", "type it like "+example)
	case u.Opaque != "" || u.Hostname() == "":
		return problem("the name of the server is missing", "", "type it like "+example)
	case strings.Contains(raw, "?"):
		return problem("there is a ? in the address", "what follows it is not part of the service's address", "take it out, from the ? on")
	case strings.Contains(raw, "#"):
		return problem("there is a # in the address", "what follows it is not part of the service's address", "take it out, from the # on")
	}
	return nil
}

// normal returns the address with its host in the form of the DNS and a path.
func normal(u *url.URL) (*url.URL, error) {
	host, err := providers.ASCIIHost(u.Hostname())
	if err != nil {
		return nil, err
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return nil, problem("the port "+port+" does not exist", "ports go from 1 to 65535", "leave it out for the usual 443")
		}
		host += ":" + port
	} else if strings.HasSuffix(u.Host, ":") {
		return nil, problem("the port after the colon is missing", "", "take the colon out for the usual port 443")
	}
	path := u.Path
	if path == "" || path == "/" {
		path = servicePath
	}
	return &url.URL{Scheme: "https", Host: host, Path: path}, nil
}

// suggestion is a whole address made of one that lacks something, or the
// example when even that is none.
func suggestion(raw string) string {
	if u, err := ParseURL(raw); err == nil {
		return u.String()
	}
	return example
}
