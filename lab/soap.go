package lab

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// The namespaces of EWS. Microsoft's pages show them with https since a bulk
// edit of links; the real ones, which servers demand, are these.
const (
	soapNS     = "http://schemas.xmlsoap.org/soap/envelope/"
	typesNS    = "http://schemas.microsoft.com/exchange/services/2006/types"
	messagesNS = "http://schemas.microsoft.com/exchange/services/2006/messages"
	errorsNS   = "http://schemas.microsoft.com/exchange/services/2006/errors"
)

// soapFault is an error that EWS reports with status 500 and a SOAP fault.
type soapFault struct {
	code, text string
	values     []string   // t:Value, name and value in turn
	violation  *violation // of the schema
}

// violation says where a request departs from the schema.
type violation struct {
	line, column int
	text         string
}

func (f *soapFault) Error() string { return f.code + ": " + f.text }

// problem is an error that EWS reports inside an answer with status 200.
type problem struct {
	code, text string
	values     []string // t:Value, name and value in turn
}

func (p *problem) Error() string { return p.code + ": " + p.text }

// envelope is a request that was read.
type envelope struct {
	version   string // RequestServerVersion; empty if absent
	as        *identity
	operation *element
}

// identity is whom the caller wants to be: a kind, such as PrimarySmtpAddress,
// and its value.
type identity struct{ kind, value string }

// readEnvelope takes a SOAP 1.1 envelope apart. Its errors are faults.
func (w *world) readEnvelope(body []byte) (*envelope, error) {
	root, err := readXML(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if !root.is(soapNS, "Envelope") {
		return nil, root.violation("The element '%s' in namespace '%s' is not a SOAP 1.1 envelope.",
			root.name.Local, root.name.Space)
	}
	soapBody := root.child(soapNS, "Body")
	if soapBody == nil || len(soapBody.children) == 0 {
		return nil, &soapFault{code: "ErrorInvalidRequest", text: "The request is invalid."}
	}
	e := &envelope{operation: soapBody.children[0]}
	header := root.child(soapNS, "Header")
	if asked := header.child(typesNS, "RequestServerVersion"); asked != nil {
		if e.version = asked.attr("Version"); !slices.Contains(w.schemas, e.version) {
			return nil, &soapFault{code: "ErrorInvalidServerVersion", text: "The specified server version is invalid."}
		}
	}
	if as := header.child(typesNS, "ExchangeImpersonation"); as != nil {
		if e.as, err = readIdentity(as); err != nil {
			return nil, err
		}
	}
	return e, nil
}

func readIdentity(as *element) (*identity, error) {
	sid := as.child(typesNS, "ConnectingSID")
	if sid == nil || len(sid.children) != 1 {
		return nil, &soapFault{
			code: "ErrorInvalidExchangeImpersonationHeaderData", text: "ExchangeImpersonation SOAP header contains invalid data.",
		}
	}
	who := sid.children[0]
	id := &identity{who.name.Local, sid.value(typesNS, who.name.Local)}
	if !slices.Contains([]string{"PrimarySmtpAddress", "SmtpAddress", "PrincipalName", "SID"}, id.kind) {
		return nil, who.violation("The element 'ConnectingSID' has invalid child element '%s'.", who.name.Local)
	}
	return id, nil
}

// writeEnvelope is the answer of the EWS application with its server's version.
func (w *world) writeEnvelope(answer *node) []byte {
	version := el("h:ServerVersionInfo").
		with("MajorVersion", strconv.Itoa(w.backEnd.major)).with("MinorVersion", strconv.Itoa(w.backEnd.minor)).
		with("MajorBuildNumber", strconv.Itoa(w.backEnd.build)).with("MinorBuildNumber", strconv.Itoa(w.backEnd.revision)).
		with("Version", w.schemas[len(w.schemas)-1]).
		with("xmlns:h", typesNS).with("xmlns", typesNS).
		with("xmlns:xsd", "http://www.w3.org/2001/XMLSchema").with("xmlns:xsi", xmlInstanceNS)
	body := el("s:Body", answer.with("xmlns:m", messagesNS).with("xmlns:t", typesNS)).
		with("xmlns:xsi", xmlInstanceNS).with("xmlns:xsd", "http://www.w3.org/2001/XMLSchema")
	return document(el("s:Envelope", el("s:Header", version), body).with("xmlns:s", soapNS))
}

// write is the fault as it goes over the wire. Faults carry no server version.
func (f *soapFault) write() []byte {
	detail := el("detail",
		txt("e:ResponseCode", f.code).with("xmlns:e", errorsNS),
		txt("e:Message", f.text).with("xmlns:e", errorsNS))
	if more := f.messageXML(); more != nil {
		detail.add(more.with("xmlns:t", typesNS))
	}
	fault := el("s:Fault",
		txt("faultcode", "a:"+f.code).with("xmlns:a", typesNS),
		txt("faultstring", f.text).with("xml:lang", "en-US"),
		detail)
	return document(el("s:Envelope", el("s:Body", fault)).with("xmlns:s", soapNS))
}

func (f *soapFault) messageXML() *node {
	if f.violation != nil {
		return el("t:MessageXml",
			txt("t:LineNumber", strconv.Itoa(f.violation.line)), txt("t:LinePosition", strconv.Itoa(f.violation.column)),
			txt("t:Violation", f.violation.text))
	}
	return values("t:MessageXml", f.values)
}

// values is the part of an error that programs read; nil if there is none.
func values(name string, pairs []string) *node {
	if len(pairs) == 0 {
		return nil
	}
	n := el(name)
	for i := 0; i < len(pairs); i += 2 {
		n.add(txt("t:Value", pairs[i+1]).with("Name", pairs[i]))
	}
	return n
}

func document(root *node) []byte {
	b := bytes.NewBufferString(`<?xml version="1.0" encoding="utf-8"?>`)
	root.write(b)
	return b.Bytes()
}

// atLeast refuses an operation that a newer schema brought, as the caller asked
// for an older one.
func (e *envelope) atLeast(version string) error {
	if slices.Index(schemas, e.version) >= slices.Index(schemas, version) {
		return nil
	}
	return &soapFault{
		code: "ErrorIncorrectSchemaVersion",
		text: fmt.Sprintf("The operation %s needs the schema version %s or later.", e.operation.name.Local, version),
	}
}

// sendSOAP ends a visit with an answer of the EWS application.
func (v *visit) sendSOAP(status int, body []byte) {
	v.signBackEnd(status)
	v.set("Cache-Control", "private")
	v.set("X-AspNet-Version", "4.0.30319")
	v.send(status, "text/xml; charset=utf-8", string(body))
}

// signBackEnd marks an answer as one that the mailbox server gave.
func (v *visit) signBackEnd(status int) {
	v.set("X-CalculatedBETarget", "ex01."+domain)
	v.set("X-BackEndHttpStatus", strconv.Itoa(status))
	v.set("X-BEServer", "EX01")
	v.set("X-DiagInfo", "EX01")
}

// faultOf is what the visitor is told of an error.
func faultOf(err error) (int, []byte) {
	fault, ok := errors.AsType[*soapFault](err)
	if !ok {
		fault = &soapFault{code: "ErrorInternalServerError", text: "An internal server error occurred. The operation failed."}
	}
	return http.StatusInternalServerError, fault.write()
}
