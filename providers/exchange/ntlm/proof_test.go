package ntlm

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"

	"fairlead/network/md4"
	"fairlead/secret"
)

func bytesOf(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestRespond is the example of [MS-NLMP], section 4.2.4.
func TestRespond(t *testing.T) {
	hash := md4.Sum(utf16Bytes("Password"))
	key := mac(hash[:], utf16Bytes("USER"+"Domain"))
	c := &Challenge{
		info: bytesOf(t, "02000c0044006f006d00610069006e0001000c00530065007200760065007200"),
		Time: fileTime(until1970),
	}
	blob := c.blob([8]byte(bytes.Repeat([]byte{0xaa}, 8)), nil)
	binary.LittleEndian.PutUint64(blob[8:], 0) // the example's time is that of Windows' zero
	response := respond(key, [8]byte(bytesOf(t, "0123456789abcdef")), blob)
	if got := hex.EncodeToString(response[:16]); got != "68cd0ab851e51c96aabc927bebef6a1c" {
		t.Errorf("the proof is %s", got)
	}
}

// TestBinding: the digest is that of the certificate's signature, and at least
// SHA-256 (RFC 5929, section 4.1). The lab knows an example of Microsoft's.
func TestBinding(t *testing.T) {
	sha256 := Binding(&x509.Certificate{Raw: []byte("x"), SignatureAlgorithm: x509.SHA1WithRSA})
	if !bytes.Equal(sha256, Binding(&x509.Certificate{Raw: []byte("x"), SignatureAlgorithm: x509.ECDSAWithSHA256})) {
		t.Error("SHA-1 does not count as SHA-256 (RFC 5929, section 4.1)")
	}
	for _, algorithm := range []x509.SignatureAlgorithm{x509.SHA384WithRSA, x509.ECDSAWithSHA512} {
		if bytes.Equal(sha256, Binding(&x509.Certificate{Raw: []byte("x"), SignatureAlgorithm: algorithm})) {
			t.Errorf("%s counts as SHA-256", algorithm)
		}
	}
}

// TestProve looks at the message as a whole: whom it names, and that its parts
// are where it says.
func TestProve(t *testing.T) {
	c, err := Read([]string{header(message(map[uint16]string{1: "EX01", 2: "CONTOSO"}))})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]string{
		`CONTOSO\svc`: {"CONTOSO", "svc"}, "svc@contoso.com": {"", "svc@contoso.com"},
	} {
		value := c.Prove(name, secret.New("pass"), []byte("0123456789abcdef"))
		m, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(value, "NTLM "))
		if err != nil {
			t.Fatal(err)
		}
		part := func(at int) []byte {
			length, offset := int(binary.LittleEndian.Uint16(m[at:])), int(binary.LittleEndian.Uint32(m[at+4:]))
			return m[offset : offset+length]
		}
		if got := [2]string{text(part(28)), text(part(36))}; got != want {
			t.Errorf("%s is %q", name, got)
		}
		if !bytes.Contains(part(20), []byte("\x0a\x00\x10\x000123456789abcdef\x00\x00\x00\x00")) {
			t.Errorf("%s: the binding is not in the response", name)
		}
		if bytes.Contains(m, utf16Bytes("pass")) {
			t.Error("the password is in the message")
		}
	}
}
