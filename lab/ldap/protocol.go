package ldap

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"strings"

	ber "github.com/go-asn1-ber/asn1-ber"
)

// The operations of RFC 4511 that are known here.
const (
	opBind         = ber.Tag(0)
	opBindDone     = ber.Tag(1)
	opUnbind       = ber.Tag(2)
	opSearch       = ber.Tag(3)
	opEntry        = ber.Tag(4)
	opSearchDone   = ber.Tag(5)
	opReference    = ber.Tag(19)
	opExtended     = ber.Tag(23)
	opExtendedDone = ber.Tag(24)
)

// The result codes of RFC 4511, appendix A, that are used here.
const (
	success                 = 0
	operationsError         = 1
	protocolError           = 2
	sizeLimitExceeded       = 4
	strongAuthRequired      = 8
	referral                = 10
	confidentialityRequired = 13
	noSuchObject            = 32
	invalidDNSyntax         = 34
	invalidCredentials      = 49
	insufficientRights      = 50
	busy                    = 51
	unwilling               = 53
)

// startTLS is the name of the request for TLS (RFC 4511, section 4.14).
const startTLS = "1.3.6.1.4.1.1466.20037"

// result is an answer that ends a request.
func result(op ber.Tag, code int64, matched, text string, referrals ...string) *ber.Packet {
	p := ber.Encode(ber.ClassApplication, ber.TypeConstructed, op, nil, "result")
	p.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagEnumerated, code, "code"))
	p.AppendChild(octets(matched))
	p.AppendChild(octets(text))
	if len(referrals) > 0 {
		list := ber.Encode(ber.ClassContext, ber.TypeConstructed, 3, nil, "referral")
		for _, to := range referrals {
			list.AppendChild(octets(to))
		}
		p.AppendChild(list)
	}
	return p
}

func octets(text string) *ber.Packet {
	return ber.NewString(ber.ClassUniversal, ber.TypePrimitive, ber.TagOctetString, text, "")
}

// text is a string in a message, or nothing.
func text(p *ber.Packet) string {
	if p.Data == nil {
		return ""
	}
	return p.Data.String()
}

// bind judges a name and a password as Active Directory does.
func (c *session) bind(id int64, request *ber.Packet) bool {
	if len(request.Children) < 3 {
		return false
	}
	name, password := text(request.Children[1]), text(request.Children[2])
	c.bound = false
	refuse := func(code int64, why string) bool { return c.send(id, result(opBindDone, code, "", why)) }
	switch {
	case name == "" && password == "":
		return c.send(id, result(opBindDone, success, "", ""))
	case !c.secure:
		return refuse(strongAuthRequired, "00002028: LdapErr: DSID-0C090259, comment: The server requires binds to turn on "+
			"integrity checking if SSL\\TLS are not already active on the connection, data 0, v4f7c")
	}
	c.server.binds.Add(1)
	for _, f := range bindFaults() {
		if c.server.on(f.Name) {
			return refuse(f.code, f.text)
		}
	}
	known := strings.EqualFold(name, Account) || strings.EqualFold(name, Name)
	switch {
	case !known:
		return refuse(invalidCredentials, badLogon("525"))
	case password != Password:
		return refuse(invalidCredentials, badLogon("52e"))
	}
	c.bound = true
	return c.send(id, result(opBindDone, success, "", ""))
}

// badLogon is what Active Directory says to a refused sign-in. The number behind
// data is a Windows error in hexadecimal.
func badLogon(data string) string {
	return fmt.Sprintf("80090308: LdapErr: DSID-0C090549, comment: AcceptSecurityContext error, data %s, v4f7c", data)
}

// extended answers the request for TLS, and no other.
func (c *session) extended(id int64, request *ber.Packet) bool {
	if len(request.Children) == 0 || text(request.Children[0]) != startTLS || c.secure || c.server.on("ldap-starttls-missing") {
		return c.send(id, result(opExtendedDone, protocolError, "", "0000203D: LdapErr: DSID-0C091203, comment: Unknown extended request OID, data 0, v4f7c"))
	}
	if !c.send(id, result(opExtendedDone, success, "", "")) {
		return false
	}
	over := tls.Server(c.conn, c.server.tls())
	c.conn, c.in, c.secure = over, bufio.NewReader(over), true
	return true
}
