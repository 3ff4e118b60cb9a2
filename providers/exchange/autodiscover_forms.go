package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"fairlead/providers/exchange/wire"
)

// form is one of the three forms of Autodiscover. Each is asked without a
// sign-in.
type form struct {
	name     string
	at       func(host, address string) *url.URL
	question func(address string) string // what is posted; nil asks by GET
	read     func(*wire.Answer) (told, error)
	ends     string // how the path of a redirect must end, in lower case
}

// told is what an answer of Autodiscover comes to: an address, or where to ask
// instead, or neither but the sign of an Exchange that wants a sign-in first.
type told struct {
	url     *url.URL
	next    string
	guarded bool
}

var (
	jsonForm = form{name: "JSON", at: discoveryURL, read: readJSON}
	poxForm  = form{
		name: "POX", at: xmlAt("/autodiscover/autodiscover.xml"), question: poxQuestion,
		read: readXML(readPOX), ends: "/autodiscover.xml",
	}
	soapForm = form{
		name: "SOAP", at: xmlAt("/autodiscover/autodiscover.svc"), question: soapQuestion,
		read: readXML(readSOAP), ends: "/autodiscover.svc",
	}
)

func xmlAt(path string) func(host, _ string) *url.URL {
	return func(host, _ string) *url.URL { return &url.URL{Scheme: "https", Host: host, Path: path} }
}

// discoveryURL is the question in JSON for the EWS address of a mailbox.
func discoveryURL(host, address string) *url.URL {
	return &url.URL{
		Scheme: "https", Host: host, Path: "/autodiscover/autodiscover.json/v1.0/" + address,
		RawQuery: "Protocol=EWS&RedirectCount=1",
	}
}

var errStranger = errors.New("what answers there is not Autodiscover")

// readJSON reads the answer of the second version.
func readJSON(answer *wire.Answer) (told, error) {
	var says struct{ Protocol, Url, ErrorCode, ErrorMessage string }
	if err := json.Unmarshal(answer.Body, &says); err != nil {
		return told{}, unread(answer)
	}
	if says.ErrorCode != "" {
		return told{}, fmt.Errorf("it answers %s", says.ErrorCode)
	}
	return named(says.Url)
}

// unread says that an answer is none that Autodiscover gives.
func unread(answer *wire.Answer) error {
	if answer.Status == http.StatusOK {
		return errStranger
	}
	return fmt.Errorf("the answer is %s", answer.Line)
}

// named takes the address that an answer names.
func named(raw string) (told, error) {
	if raw == "" {
		return told{}, errors.New("it names no address")
	}
	u, err := ParseURL(raw)
	if err != nil {
		return told{}, fmt.Errorf("it names %q: %w", raw, err)
	}
	if isOnline(u.Hostname()) {
		return told{}, errInCloud
	}
	return told{url: u}, nil
}

// readXML reads an answer of the two older forms, which want a sign-in as a
// rule. That it is wanted tells where Autodiscover is only if the answer bears
// Exchange's marks: many a web site answers 401 to anything.
func readXML(read func(body []byte) (told, error)) func(*wire.Answer) (told, error) {
	return func(answer *wire.Answer) (told, error) {
		switch {
		case answer.Status == http.StatusOK:
			return read(answer.Body)
		case answer.Status != http.StatusUnauthorized:
			return told{}, unread(answer)
		case marked(answer.Header):
			return told{guarded: true}, nil
		}
		return told{}, errors.New("it asks for a sign-in and bears no sign of Exchange")
	}
}

// marked reports whether an answer has headers that Exchange alone sets, which
// it does before anyone signs in.
func marked(h http.Header) bool {
	return h.Get("X-FEServer") != "" || h.Get("X-OWA-Version") != "" || h.Get("X-SOAP-Enabled") != ""
}

// elsewhere takes another address of the mailbox that an answer leads to. It is
// not followed: an administrator decides whose address is looked for.
func elsewhere(address string) (told, error) {
	address = strings.ToLower(strings.TrimSpace(address))
	if strings.HasSuffix(address, ".onmicrosoft.com") {
		return told{}, errInCloud
	}
	return told{}, fmt.Errorf("it names another address of the mailbox, %q", address)
}
