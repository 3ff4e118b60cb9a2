package providers

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

const (
	maxLocal   = 64  // RFC 5321, section 4.5.3.1.1
	maxAddress = 254 // RFC 5321, erratum 1690
)

// CheckAddress says what is wrong with a mail address, or nothing. Errors are a
// [*Problem].
func CheckAddress(address string) error {
	const form = "type it like anna@contoso.com"
	switch {
	case strings.TrimSpace(address) == "":
		return &Problem{"the mail address is empty", "", form}
	case len(address) > maxAddress:
		return &Problem{"this is too long for a mail address", "", form}
	case !utf8.ValidString(address) || strings.ContainsFunc(address, unicode.IsControl):
		return &Problem{"this is not a mail address", "it holds characters that cannot be typed", form}
	case strings.ContainsFunc(address, unicode.IsSpace):
		return &Problem{"there is a space in the mail address", "", "take it out"}
	case strings.ContainsAny(address, "<>\""):
		return &Problem{"this is more than a mail address", "", "type what stands between < and > alone"}
	}
	last := strings.LastIndex(address, "@")
	if last < 0 {
		return &Problem{"the @ is missing", "", form}
	}
	local, domain := address[:last], address[last+1:]
	switch {
	case local == "":
		return &Problem{"the part before the @ is missing", "", form}
	case domain == "":
		return &Problem{"the part after the @ is missing", "", form}
	case strings.Contains(local, "@"):
		return &Problem{"there is more than one @", "", form}
	case len(local) > maxLocal:
		return &Problem{"the part before the @ is too long", "at most 64 characters fit", form}
	case strings.Trim(local, atext) != "" || strings.Contains("."+local+".", ".."):
		return &Problem{
			"the part before the @ cannot be part of a mail address", "it takes letters without accents, digits, dots and hyphens",
			form,
		}
	}
	return checkDomain(domain)
}

// atext are the characters of RFC 5322, section 3.2.3, and the dot.
const atext = HostLetters + ".!#$%&'*+/=?^`{|}~"

func checkDomain(domain string) error {
	ascii, err := ASCIIHost(domain)
	_, noIP := netip.ParseAddr(domain)
	if err == nil && noIP != nil && strings.Contains(ascii, ".") && !strings.HasSuffix(domain, ".") {
		return nil
	}
	return &Problem{
		"“" + domain + "” is not a mail domain", "",
		"check the part after the @ for typing errors; it looks like contoso.com",
	}
}

// ASCIIHost checks a host and returns it as the DNS knows it. Errors are a
// [*Problem].
func ASCIIHost(host string) (string, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		if ip.Zone() != "" {
			return "", &Problem{
				"the address " + host + " is valid on one network card only", "the services cannot reach it",
				"use the server's name",
			}
		}
		return ip.String(), nil
	}
	wrong := &Problem{
		"“" + host + "” is not the name of a server", "",
		"check it for typing errors; a name has letters, digits, hyphens and dots, like mail.contoso.com",
	}
	ascii := strings.ToLower(host)
	if strings.ContainsFunc(host, func(r rune) bool { return r >= utf8.RuneSelf }) {
		var err error
		if ascii, err = idna.Lookup.ToASCII(host); err != nil {
			return "", wrong
		}
	}
	if len(ascii) > 253 {
		return "", wrong
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(ascii, "."), ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, HostLetters) != "" || strings.Trim(label, "-") != label {
			return "", wrong
		}
	}
	last := ascii[strings.LastIndexByte(ascii, '.')+1:]
	if last != "" && strings.Trim(last, "0123456789") == "" {
		return "", &Problem{"“" + host + "” is not a complete IP address", "", "type four numbers, or better the server's name"}
	}
	return strings.TrimSuffix(ascii, "."), nil
}

// HostLetters may stand in the name of a server. An underscore is no part of the
// standard, but there are Windows computers that have one.
const HostLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
