// Package ews writes the few Exchange Web Services calls that a connection test
// needs, and reads what comes back.
//
// The wire format is SOAP 1.1 with Microsoft's schema, as described in
// "EWS reference for Exchange" of the Office developer documentation. Its
// samples show https:// in the names of namespaces; the real ones are http://.
package ews

import (
	"encoding/xml"
	"strings"
)

// ContentType is the media type of a request and of an answer.
const ContentType = "text/xml; charset=utf-8"

const (
	soapNS     = "http://schemas.xmlsoap.org/soap/envelope/"
	typesNS    = "http://schemas.microsoft.com/exchange/services/2006/types"
	messagesNS = "http://schemas.microsoft.com/exchange/services/2006/messages"
)

// Version is a schema version, the "RequestServerVersion" of a call. A test
// asks for the oldest that has what it needs.
type Version string

// The versions that are asked for.
const (
	Exchange2013    Version = "Exchange2013"     // known by everything that is supported
	Exchange2010SP1 Version = "Exchange2010_SP1" // for a server that refuses even that
)

// ConvertID asks to convert an id that does not exist. It needs neither a
// mailbox nor a right, so any SOAP answer, an error too, says that the sign-in
// was accepted and that EWS is alive. Microsoft's own
// Test-WebServicesConnectivity uses it in its light mode.
func ConvertID(v Version) string {
	return envelope(v, "", `<m:ConvertId DestinationFormat="EwsId"><m:SourceIds>`+
		`<t:AlternateId Format="EwsLegacyId" Id="AAAA" Mailbox="nobody@fairlead.invalid"/>`+
		`</m:SourceIds></m:ConvertId>`)
}

// GetInbox asks for the id of the inbox of a mailbox, in the name of its owner.
// It needs the right to impersonate that owner. The mailbox is named by its
// primary address.
func GetInbox(v Version, mailbox string) string {
	return envelope(v, mailbox, `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>`+
		`<m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>`)
}

// GetOwnInbox asks for the id of the inbox of whoever signs in.
func GetOwnInbox(v Version) string { return GetInbox(v, "") }

// PasswordExpires asks when the password of whoever signs in ends.
func PasswordExpires(v Version) string {
	return envelope(v, "", `<m:GetPasswordExpirationDate/>`)
}

// Resolve asks whose address this is, according to the address list.
func Resolve(v Version, address string) string {
	return envelope(v, "", `<m:ResolveNames ReturnFullContactData="false" SearchScope="ActiveDirectory">`+
		`<m:UnresolvedEntry>smtp:`+Escape(address)+`</m:UnresolvedEntry></m:ResolveNames>`)
}

// envelope wraps a call. The order in the header matters to the schema.
func envelope(v Version, impersonate, call string) string {
	header := `<t:RequestServerVersion Version="` + string(v) + `"/>`
	if impersonate != "" {
		header += `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>` + Escape(impersonate) +
			`</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`
	}
	return `<?xml version="1.0" encoding="utf-8"?>` +
		`<s:Envelope xmlns:s="` + soapNS + `" xmlns:t="` + typesNS + `" xmlns:m="` + messagesNS + `">` +
		`<s:Header>` + header + `</s:Header><s:Body>` + call + `</s:Body></s:Envelope>`
}

// Escape returns a text as it stands inside an XML element.
func Escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder never fails
	return b.String()
}
