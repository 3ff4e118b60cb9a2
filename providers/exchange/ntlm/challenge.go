// Package ntlm asks a server for its NTLM challenge and reads it. A challenge
// names the server, its domain and its time, and is given to anyone: no sign-in
// is tried, so nothing can be locked by it. Answering it with [Challenge.Prove]
// is a sign-in.
//
// The messages are those of Microsoft's [MS-NLMP], section 2.2.1.
package ntlm

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"time"
	"unicode/utf16"
)

const signature = "NTLMSSP\x00"

// flags ask for Unicode, the target's information, NTLM version 2 and keys of
// 128 bits, below which servers do not go.
const flags = 0xa0888205

// Negotiate is the value of an Authorization header that asks for a challenge.
func Negotiate() string {
	m := append([]byte(signature), 1, 0, 0, 0)
	m = binary.LittleEndian.AppendUint32(m, flags)
	m = append(m, make([]byte, 16)...) // neither a domain nor a workstation
	return "NTLM " + base64.StdEncoding.EncodeToString(m)
}

// Challenge is what a server says about itself. Each field may be empty.
type Challenge struct {
	Server    string    // its NetBIOS name: "EX01"
	Domain    string    // that of its domain: "CONTOSO"
	DNSServer string    // "ex01.contoso.local"
	DNSDomain string    // "contoso.local"
	Time      time.Time // by the server's clock

	nonce [8]byte
	info  []byte // the attributes as they came, without the end of the list
}

// ErrNone says that there is no challenge in what was read.
var ErrNone = errors.New("no NTLM challenge")

// Read finds the challenge among the values of the WWW-Authenticate headers. Its
// error is [ErrNone].
func Read(values []string) (*Challenge, error) {
	for _, value := range values {
		scheme, token, _ := strings.Cut(value, " ")
		if !strings.EqualFold(scheme, "NTLM") {
			continue
		}
		message, err := base64.StdEncoding.DecodeString(strings.TrimSpace(token))
		if err != nil {
			continue
		}
		if c := parse(message); c != nil {
			return c, nil
		}
	}
	return nil, ErrNone
}

// parse reads the second message of NTLM, or returns nil.
func parse(m []byte) *Challenge {
	const head = 48
	if len(m) < head || !strings.HasPrefix(string(m), signature) || binary.LittleEndian.Uint32(m[8:]) != 2 {
		return nil
	}
	length, offset := int(binary.LittleEndian.Uint16(m[40:])), int(binary.LittleEndian.Uint32(m[44:]))
	if offset > len(m) || length > len(m)-offset {
		return nil
	}
	c := &Challenge{nonce: [8]byte(m[24:32])}
	whole := m[offset : offset+length]
	for info := whole; len(info) >= 4; {
		id, n := binary.LittleEndian.Uint16(info), int(binary.LittleEndian.Uint16(info[2:]))
		info = info[4:]
		if id == 0 || n > len(info) {
			break
		}
		c.keep(id, info[:n])
		info = info[n:]
		c.info = whole[:len(whole)-len(info)]
	}
	return c
}

// keep keeps one attribute. Their ids are those of AV_PAIR, section 2.2.2.1.
func (c *Challenge) keep(id uint16, value []byte) {
	switch id {
	case 1:
		c.Server = text(value)
	case 2:
		c.Domain = text(value)
	case 3:
		c.DNSServer = text(value)
	case 4:
		c.DNSDomain = text(value)
	case 7:
		if len(value) == 8 {
			c.Time = fileTime(binary.LittleEndian.Uint64(value))
		}
	}
}

func text(value []byte) string {
	units := make([]uint16, len(value)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(value[2*i:])
	}
	return string(utf16.Decode(units))
}

const until1970 = 116444736000000000 // since 1601, in tenths of a microsecond

// ticks is a time as Windows counts it.
func ticks(t time.Time) uint64 { return uint64(t.UnixNano()/100) + until1970 }

// fileTime is the reverse of ticks.
func fileTime(ticks uint64) time.Time {
	if ticks < until1970 {
		return time.Time{}
	}
	ticks -= until1970
	return time.Unix(int64(ticks/10_000_000), int64(ticks%10_000_000)*100).UTC()
}
