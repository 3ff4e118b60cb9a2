package ntlm

import (
	"encoding/base64"
	"encoding/binary"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"fairlead/secret"
)

// message is a server's message with these attributes, and the end of the list.
func message(attributes map[uint16]string) []byte {
	var info []byte
	for id, value := range attributes {
		bytes := []byte(value)
		if id != 7 {
			bytes = nil
			for _, unit := range utf16.Encode([]rune(value)) {
				bytes = binary.LittleEndian.AppendUint16(bytes, unit)
			}
		}
		info = binary.LittleEndian.AppendUint16(info, id)
		info = binary.LittleEndian.AppendUint16(info, uint16(len(bytes)))
		info = append(info, bytes...)
	}
	info = append(info, 0, 0, 0, 0)
	m := append([]byte(signature), 2, 0, 0, 0)
	m = append(m, make([]byte, 28)...)
	m = binary.LittleEndian.AppendUint16(m, uint16(len(info)))
	m = binary.LittleEndian.AppendUint16(m, uint16(len(info)))
	m = binary.LittleEndian.AppendUint32(m, 48)
	return append(m, info...)
}

func header(m []byte) string { return "NTLM " + base64.StdEncoding.EncodeToString(m) }

func TestRead(t *testing.T) {
	when := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	ticks := uint64(when.Unix())*10_000_000 + 116444736000000000
	m := message(map[uint16]string{
		1: "EX01", 2: "CONTOSO", 3: "ex01.contoso.local", 4: "contoso.local", 9: "HTTP/x",
		7: string(binary.LittleEndian.AppendUint64(nil, ticks)),
	})
	c, err := Read([]string{"Negotiate", "Basic realm=x", strings.ToLower("NTLM") + header(m)[4:]})
	if err != nil {
		t.Fatal(err)
	}
	want := Challenge{Server: "EX01", Domain: "CONTOSO", DNSServer: "ex01.contoso.local", DNSDomain: "contoso.local", Time: when}
	if c.info = nil; !reflect.DeepEqual(*c, want) {
		t.Errorf("got %+v, want %+v", *c, want)
	}
}

func TestReadRefuses(t *testing.T) {
	whole := message(map[uint16]string{1: "EX01"})
	far := message(nil)
	binary.LittleEndian.PutUint32(far[44:], 1<<31)
	for name, value := range map[string]string{
		"nothing": "", "the offer": "NTLM", "no base64": "NTLM ???", "another scheme": "Negotiate" + header(whole)[4:],
		"too short": header(whole[:20]), "the first message": Negotiate(), "an offset beyond": header(far),
		"a length beyond": header(whole[:len(whole)-8]),
	} {
		if c, err := Read([]string{value}); err == nil {
			t.Errorf("%s: got %+v", name, c)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(message(map[uint16]string{1: "EX01", 4: "contoso.local", 7: "12345678"}))
	f.Add([]byte(signature))
	f.Fuzz(func(t *testing.T, m []byte) {
		c, err := Read([]string{header(m)})
		if (c == nil) == (err == nil) {
			t.Fatalf("got %v and %v", c, err)
		}
		if c != nil && len(c.Prove("x@y", secret.New("z"), nil)) < len(c.info) {
			t.Fatal("the proof leaves something out")
		}
	})
}
