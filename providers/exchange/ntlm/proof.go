package ntlm

import (
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"
	"unicode/utf16"

	"fairlead/network/md4"
	"fairlead/secret"
)

// Prove is the value of an Authorization header that answers the challenge: the
// message of [MS-NLMP], section 2.2.1.3, with the proof of NTLM version 2 alone.
// It signs in, so a wrong password counts. name is DOMAIN\user, or a user
// principal name. A binding ties the proof to the TLS connection, see [Binding];
// nil leaves that out.
func (c *Challenge) Prove(name string, password secret.Secret, binding []byte) string {
	domain, user, found := strings.Cut(name, `\`)
	if !found {
		domain, user = "", name // a principal name names its domain itself
	}
	var nonce [8]byte
	_, _ = rand.Read(nonce[:]) // never fails
	hash := md4.Sum(utf16Bytes(password.Reveal()))
	key := mac(hash[:], utf16Bytes(strings.ToUpper(user)+domain))
	m := authenticate(domain, user, respond(key, c.nonce, c.blob(nonce, binding)))
	return "NTLM " + base64.StdEncoding.EncodeToString(m)
}

// respond is the response of section 3.3.2: the proof, and what it is made over.
func respond(key []byte, challenge [8]byte, blob []byte) []byte {
	return append(mac(key, append(challenge[:], blob...)), blob...)
}

// blob is the structure of section 2.2.2.7.
func (c *Challenge) blob(nonce [8]byte, binding []byte) []byte {
	when := c.Time
	if when.IsZero() {
		when = time.Now()
	}
	b := []byte{1, 1, 0, 0, 0, 0, 0, 0}
	b = binary.LittleEndian.AppendUint64(b, ticks(when))
	b = append(append(b, nonce[:]...), 0, 0, 0, 0)
	b = append(b, c.info...)
	if binding != nil {
		const channelBindings = 10
		b = binary.LittleEndian.AppendUint16(b, channelBindings)
		b = binary.LittleEndian.AppendUint16(b, uint16(len(binding)))
		b = append(b, binding...)
	}
	return append(b, 0, 0, 0, 0 /* the end of the list */, 0, 0, 0, 0)
}

// authenticate is the client's second message. Nothing is signed or sealed after
// it, so it has neither a session key nor an integrity code.
func authenticate(domain, user string, response []byte) []byte {
	m := append([]byte(signature), 3, 0, 0, 0)
	const head = 64
	var load []byte
	for _, part := range [][]byte{make([]byte, 24), response, utf16Bytes(domain), utf16Bytes(user), nil, nil} {
		m = binary.LittleEndian.AppendUint16(m, uint16(len(part)))
		m = binary.LittleEndian.AppendUint16(m, uint16(len(part)))
		m = binary.LittleEndian.AppendUint32(m, uint32(head+len(load)))
		load = append(load, part...)
	}
	return append(binary.LittleEndian.AppendUint32(m, flags), load...)
}

// Binding ties a proof to the TLS connection that ends at a certificate: the
// digest of RFC 5929's tls-server-end-point in the structure of RFC 2744, as
// Windows' Extended Protection compares it.
func Binding(server *x509.Certificate) []byte {
	digest := crypto.SHA256 // in place of MD5 and SHA-1 too
	switch server.SignatureAlgorithm {
	case x509.SHA384WithRSA, x509.ECDSAWithSHA384, x509.SHA384WithRSAPSS:
		digest = crypto.SHA384
	case x509.SHA512WithRSA, x509.ECDSAWithSHA512, x509.SHA512WithRSAPSS:
		digest = crypto.SHA512
	}
	h := digest.New()
	h.Write(server.Raw)
	data := h.Sum([]byte("tls-server-end-point:"))
	structure := binary.LittleEndian.AppendUint32(make([]byte, 16), uint32(len(data)))
	sum := md5.Sum(append(structure, data...))
	return sum[:]
}

func mac(key, message []byte) []byte {
	h := hmac.New(md5.New, key)
	h.Write(message)
	return h.Sum(nil)
}

func utf16Bytes(text string) (b []byte) {
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return b
}
