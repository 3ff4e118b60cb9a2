package lab

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strings"
	"time"
	"unicode/utf16"

	"fairlead/network/md4"
)

// NTLM as in Microsoft's [MS-NLMP]: the server's challenge, which names the
// server, its domain and its time before anyone has signed in, and the client's
// proof, in version 2 alone. The message integrity code is not looked at, since
// nothing is signed after the sign-in.

const ntlmSignature = "NTLMSSP\x00"

// Ids of the attributes that a challenge carries and a proof repeats.
const (
	avEnd         = 0
	avComputer    = 1
	avDomain      = 2
	avDNSComputer = 3
	avDNSDomain   = 4
	avTime        = 7
	avBindings    = 10
)

// ntlmFlags are those of a Windows server in a domain: Unicode, extended session
// security, target information, version, 128 bits and the like.
const ntlmFlags = 0xe2898215

const ntlmUnicode = 1

// ntlmChallenge is the server's message.
func ntlmChallenge(nonce [8]byte, server, domain, dnsDomain string, now time.Time) []byte {
	target := utf16Bytes(domain)
	var info []byte
	for _, attribute := range []struct {
		id    uint16
		value []byte
	}{
		{avDomain, utf16Bytes(domain)},
		{avComputer, utf16Bytes(server)},
		{avDNSDomain, utf16Bytes(dnsDomain)},
		{avDNSComputer, utf16Bytes(strings.ToLower(server) + "." + dnsDomain)},
		{avTime, binary.LittleEndian.AppendUint64(nil, fileTime(now))},
		{avEnd, nil},
	} {
		info = binary.LittleEndian.AppendUint16(info, attribute.id)
		info = binary.LittleEndian.AppendUint16(info, uint16(len(attribute.value)))
		info = append(info, attribute.value...)
	}
	const headerLength = 56
	m := append([]byte(ntlmSignature), 2, 0, 0, 0)
	m = appendField(m, len(target), headerLength)
	m = binary.LittleEndian.AppendUint32(m, ntlmFlags)
	m = append(m, nonce[:]...)
	m = append(m, make([]byte, 8)...)
	m = appendField(m, len(info), headerLength+len(target))
	m = append(m, 10, 0, 0x7c, 0x4f, 0, 0, 0, 15) // Windows Server 2022
	return append(append(m, target...), info...)
}

func appendField(m []byte, length, offset int) []byte {
	m = binary.LittleEndian.AppendUint16(m, uint16(length))
	m = binary.LittleEndian.AppendUint16(m, uint16(length))
	return binary.LittleEndian.AppendUint32(m, uint32(offset))
}

// ntlmProof is the client's message.
type ntlmProof struct {
	domain, user string
	response     []byte // the proof itself, 16 bytes, and what it was made over
}

var errNTLM = errors.New("not a message of NTLM version 2")

// readNTLMProof reads the client's second message.
func readNTLMProof(m []byte) (*ntlmProof, error) {
	const headerLength = 64
	if len(m) < headerLength || ntlmType(m) != 3 {
		return nil, errNTLM
	}
	response, ok1 := field(m, 20)
	domain, ok2 := field(m, 28)
	user, ok3 := field(m, 36)
	if !ok1 || !ok2 || !ok3 || len(response) < 16+28 {
		return nil, errNTLM
	}
	text := func(b []byte) string { return string(b) }
	if binary.LittleEndian.Uint32(m[60:])&ntlmUnicode != 0 {
		text = utf16Text
	}
	return &ntlmProof{domain: text(domain), user: text(user), response: response}, nil
}

// field returns the bytes that the length and offset at a place point to.
func field(m []byte, at int) ([]byte, bool) {
	length, offset := int(binary.LittleEndian.Uint16(m[at:])), int(binary.LittleEndian.Uint32(m[at+4:]))
	if offset > len(m) || length > len(m)-offset {
		return nil, false
	}
	return m[offset : offset+length], true
}

// ntlmType returns the number of a message, or 0 if it is none of NTLM's.
func ntlmType(m []byte) uint32 {
	if len(m) < 12 || !bytes.HasPrefix(m, []byte(ntlmSignature)) {
		return 0
	}
	return binary.LittleEndian.Uint32(m[8:])
}

// name is the sign-in name: DOMAIN\user, or the user alone when that is a
// principal name and the domain is empty.
func (p *ntlmProof) name() string {
	if p.domain == "" {
		return p.user
	}
	return p.domain + `\` + p.user
}

// provedBy reports whether the proof was made with the password of this hash.
func (p *ntlmProof) provedBy(hash [16]byte, nonce [8]byte) bool {
	key := hmacMD5(hash[:], utf16Bytes(strings.ToUpper(p.user)+p.domain))
	return hmac.Equal(p.response[:16], hmacMD5(key, nonce[:], p.response[16:]))
}

// bindings returns the channel bindings in the proof; nil if there are none.
func (p *ntlmProof) bindings() []byte {
	for rest := p.response[16+28:]; len(rest) >= 4; {
		id, length := binary.LittleEndian.Uint16(rest), int(binary.LittleEndian.Uint16(rest[2:]))
		if rest = rest[4:]; id == avEnd || length > len(rest) {
			return nil
		}
		if id == avBindings && length == 16 && !bytes.Equal(rest[:16], make([]byte, 16)) {
			return rest[:16]
		}
		rest = rest[length:]
	}
	return nil
}

// channelBindings is the digest that ties a proof to the certificate of the
// connection, given by its SHA-256: RFC 5929's tls-server-end-point, in the
// structure of RFC 2744.
func channelBindings(end [sha256.Size]byte) []byte {
	data := append([]byte("tls-server-end-point:"), end[:]...)
	structure := binary.LittleEndian.AppendUint32(make([]byte, 16), uint32(len(data)))
	sum := md5.Sum(append(structure, data...))
	return sum[:]
}

// ntlmHash is what NTLM keeps of a password.
func ntlmHash(password string) [16]byte { return md4.Sum(utf16Bytes(password)) }

func hmacMD5(key []byte, parts ...[]byte) []byte {
	h := hmac.New(md5.New, key)
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

func newNonce() (nonce [8]byte) {
	_, _ = rand.Read(nonce[:]) // never fails
	return nonce
}

func utf16Bytes(text string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return b
}

func utf16Text(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// fileTime counts Windows' hundreds of nanoseconds since 1601.
func fileTime(t time.Time) uint64 { return uint64(t.UnixNano()/100) + 116444736000000000 }
