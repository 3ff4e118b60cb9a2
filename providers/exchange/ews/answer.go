package ews

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Answer is a SOAP answer of Exchange.
type Answer struct {
	// Code is the response code: "NoError", "ErrorImpersonateUserDenied". A
	// fault's code stands here as well as that of an answer with an error inside.
	Code    string
	Message string            // what the server says about it
	Values  map[string]string // such as "BackOffMilliseconds"
	Fault   bool              // it came as a SOAP fault
	Inner   string            // of an error that hides another one: the other one's code
	Server  Server
	Expires time.Time // the password, where that was asked for; see [NeverExpires]
	Entry   *Entry    // in the address list, where that was asked for
}

// Entry is who an address belongs to, according to the address list.
type Entry struct {
	Address string // the primary one
	Kind    string // "Mailbox", "Contact", "PublicDL" and the like
}

// NeverExpires reports whether a date is the one that stands for never: the last
// that .NET knows.
func NeverExpires(date time.Time) bool { return date.Year() >= 9999 }

// Server is who answered, from the SOAP header "ServerVersionInfo". It is the
// mailbox server; the front end's version stands in the HTTP header.
type Server struct {
	Build  string // "15.2.1748.43", or empty
	Schema string // the newest schema version that it speaks: no product name
}

// OK reports whether the call succeeded.
func (a *Answer) OK() bool { return a.Code == "NoError" }

// Error is an answer that is not a success.
type Error struct{ *Answer }

// Error says what Exchange said.
func (e *Error) Error() string {
	text := "Exchange answered " + e.Code
	if e.Inner != "" {
		text += " (" + e.Inner + ")"
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}

// Err is nil for a success, else an [*Error].
func (a *Answer) Err() error {
	if a.OK() {
		return nil
	}
	return &Error{a}
}

// Is reports whether the answer's code, or the one inside it, is among codes.
func (a *Answer) Is(codes ...string) bool {
	for _, code := range codes {
		if a.Code == code || a.Inner == code {
			return true
		}
	}
	return false
}

// ErrNotSOAP says that a body is no SOAP answer of Exchange: a web page, or
// something that was changed on its way.
var ErrNotSOAP = errors.New("the answer is not a SOAP envelope of Exchange")

// Read reads the body of an HTTP answer. Its error is an [ErrNotSOAP].
func Read(body []byte) (*Answer, error) {
	var e envelopeXML
	if err := decode(body, &e); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotSOAP, err)
	}
	a := &Answer{Server: e.Header.server()}
	switch {
	case e.Body.Fault != nil:
		e.Body.Fault.into(a)
	case e.Body.Call != nil && len(e.Body.Call.Messages.All) > 0:
		e.Body.Call.Messages.All[0].into(a)
	case e.Body.Call != nil:
		e.Body.Call.messageXML.into(a) // of a call that has no list of messages
		a.Expires = date(e.Body.Call.Expires)
	default:
		return nil, fmt.Errorf("%w: its body holds neither an answer nor a fault", ErrNotSOAP)
	}
	if a.Code == "" {
		return nil, fmt.Errorf("%w: it has no response code", ErrNotSOAP)
	}
	return a, nil
}

// date reads a date of XML Schema, whose zone may be missing and is UTC then. What
// is no date is the zero time.
func date(text string) time.Time {
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05"} {
		if date, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return date
		}
	}
	return time.Time{}
}

type envelopeXML struct {
	XMLName xml.Name  `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
	Header  headerXML `xml:"http://schemas.xmlsoap.org/soap/envelope/ Header"`
	Body    bodyXML   `xml:"http://schemas.xmlsoap.org/soap/envelope/ Body"`
}

type headerXML struct {
	Version *struct {
		Major      string `xml:"MajorVersion,attr"`
		Minor      string `xml:"MinorVersion,attr"`
		MajorBuild string `xml:"MajorBuildNumber,attr"`
		MinorBuild string `xml:"MinorBuildNumber,attr"`
		Schema     string `xml:"Version,attr"`
	} `xml:"http://schemas.microsoft.com/exchange/services/2006/types ServerVersionInfo"`
}

func (h headerXML) server() Server {
	v := h.Version
	if v == nil {
		return Server{}
	}
	s := Server{Schema: v.Schema}
	if v.Major != "" && v.Minor != "" && v.MajorBuild != "" && v.MinorBuild != "" { // all optional in the schema
		s.Build = strings.Join([]string{v.Major, v.Minor, v.MajorBuild, v.MinorBuild}, ".")
	}
	return s
}

type bodyXML struct {
	Fault *faultXML `xml:"http://schemas.xmlsoap.org/soap/envelope/ Fault"`
	Call  *callXML  `xml:",any"`
}

// callXML is the answer to whatever call it was.
type callXML struct {
	messageXML
	Expires  string `xml:"http://schemas.microsoft.com/exchange/services/2006/messages PasswordExpirationDate"`
	Messages struct {
		All []messageXML `xml:",any"`
	} `xml:"http://schemas.microsoft.com/exchange/services/2006/messages ResponseMessages"`
}

type messageXML struct {
	Text string  `xml:"http://schemas.microsoft.com/exchange/services/2006/messages MessageText"`
	Code string  `xml:"http://schemas.microsoft.com/exchange/services/2006/messages ResponseCode"`
	More moreXML `xml:"http://schemas.microsoft.com/exchange/services/2006/messages MessageXml"`
	Set  struct {
		All []struct {
			Mailbox struct {
				Address string `xml:"http://schemas.microsoft.com/exchange/services/2006/types EmailAddress"`
				Kind    string `xml:"http://schemas.microsoft.com/exchange/services/2006/types MailboxType"`
			} `xml:"http://schemas.microsoft.com/exchange/services/2006/types Mailbox"`
		} `xml:"http://schemas.microsoft.com/exchange/services/2006/types Resolution"`
	} `xml:"http://schemas.microsoft.com/exchange/services/2006/messages ResolutionSet"`
}

func (m messageXML) into(a *Answer) {
	a.Code, a.Message = strings.TrimSpace(m.Code), strings.TrimSpace(m.Text)
	a.keep(m.More)
	if len(m.Set.All) == 1 {
		found := m.Set.All[0].Mailbox
		a.Entry = &Entry{Address: strings.TrimSpace(found.Address), Kind: strings.TrimSpace(found.Kind)}
	}
}

// faultXML is a SOAP fault. Its detail stands in a namespace that has no
// published schema, so the names alone count.
type faultXML struct {
	Code   string `xml:"faultcode"`
	Text   string `xml:"faultstring"`
	Detail struct {
		Code    string  `xml:"ResponseCode"`
		Message string  `xml:"Message"`
		More    moreXML `xml:"MessageXml"`
	} `xml:"detail"`
}

func (f *faultXML) into(a *Answer) {
	a.Fault = true
	a.Code, a.Message = strings.TrimSpace(f.Detail.Code), strings.TrimSpace(f.Detail.Message)
	if a.Code == "" {
		// "a:ErrorSchemaValidation": the prefix is whatever the server chose.
		code := strings.TrimSpace(f.Code)
		a.Code = code[strings.LastIndexByte(code, ':')+1:]
	}
	if a.Message == "" {
		a.Message = strings.TrimSpace(f.Text)
	}
	a.keep(f.Detail.More)
}

// moreXML is what stands beside an error, such as how long to wait.
type moreXML struct {
	Values []struct {
		Name string `xml:"Name,attr"`
		Text string `xml:",chardata"`
	} `xml:"Value"`
}

func (a *Answer) keep(more moreXML) {
	for _, v := range more.Values {
		if a.Values == nil {
			a.Values = map[string]string{}
		}
		a.Values[v.Name] = strings.TrimSpace(v.Text)
	}
	a.Inner = a.Values["InnerErrorResponseCode"]
}

func decode(body []byte, into any) error {
	return xml.NewTokenDecoder(&guard{from: xml.NewDecoder(bytes.NewReader(body))}).Decode(into)
}
