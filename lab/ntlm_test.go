package lab

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestProof uses the example of [MS-NLMP], section 4.2.4.
func TestProof(t *testing.T) {
	const info = "02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000"
	response, err := hex.DecodeString("68cd0ab851e51c96aabc927bebef6a1c" +
		"01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000" + info + "00000000")
	if err != nil {
		t.Fatal(err)
	}
	p := ntlmProof{domain: "Domain", user: "User", response: response}
	nonce := [8]byte{0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}
	if !p.provedBy(ntlmHash("Password"), nonce) {
		t.Error("the right password does not prove it")
	}
	if p.provedBy(ntlmHash("password"), nonce) {
		t.Error("another password proves it")
	}
	nonce[0]++
	if p.provedBy(ntlmHash("Password"), nonce) {
		t.Error("another challenge proves it")
	}
	if p.bindings() != nil {
		t.Error("found bindings where there are none")
	}
}

func TestChannelBindings(t *testing.T) { // the example of Microsoft's text on Extended Protection
	end, err := hex.DecodeString("ea05fefecc6b0bd571dbbc5baa3ed45386d0446835f7b74c85621b9983475f95")
	if err != nil {
		t.Fatal(err)
	}
	const want = "6586e99d81c2fc984e47172fd4dd0310"
	if got := hex.EncodeToString(channelBindings([sha256.Size]byte(end))); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// ntlmLogin is a client that signs in by NTLM over one connection.
type ntlmLogin struct {
	scheme, domain, user, password string
	bind                           bool // tie the proof to the certificate
	wrongBind                      bool // tie it to another one
}

var goodNTLM = ntlmLogin{scheme: "NTLM", domain: "CONTOSO", user: "svc-fairlead", password: Password}

// run signs in and returns the last answer, and the target information that the
// server sent.
func (n ntlmLogin) run(ctx context.Context, c *client, r func() *http.Request) (*http.Response, []byte, error) {
	first := r().WithContext(ctx)
	hello := append([]byte(ntlmSignature), 1, 0, 0, 0, 0x07, 0x82, 0x08, 0xa2)
	first.Header.Set("Authorization", n.scheme+" "+base64.StdEncoding.EncodeToString(append(hello, make([]byte, 24)...)))
	response, _, err := c.do(first)
	if err != nil {
		return nil, nil, err
	}
	challenge, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(response.Header.Get("WWW-Authenticate"), n.scheme+" "))
	if err != nil || ntlmType(challenge) != 2 {
		return response, nil, nil
	}
	info, _ := field(challenge, 40)
	second := r().WithContext(ctx)
	second.Header.Set("Authorization", n.scheme+" "+base64.StdEncoding.EncodeToString(n.proof(c, challenge[24:32], info)))
	response, _, err = c.do(second)
	return response, info, err
}

func (n ntlmLogin) proof(c *client, nonce, info []byte) []byte {
	attributes := bytes.Clone(info[:len(info)-4])
	if n.bind || n.wrongBind {
		end := sha256.Sum256(c.lab.world.Load().tls.Certificates[0].Certificate[0])
		if n.wrongBind {
			end[0]++
		}
		attributes = append(attributes, avBindings, 0, 16, 0)
		attributes = append(attributes, channelBindings(end)...)
	}
	attributes = append(attributes, 0, 0, 0, 0)
	blob := binary.LittleEndian.AppendUint64([]byte{1, 1, 0, 0, 0, 0, 0, 0}, fileTime(time.Now()))
	blob = append(blob, "clientXX\x00\x00\x00\x00"...)
	blob = append(append(blob, attributes...), 0, 0, 0, 0)
	hash := ntlmHash(n.password)
	key := hmacMD5(hash[:], utf16Bytes(strings.ToUpper(n.user)+n.domain))
	response := append(hmacMD5(key, nonce, blob), blob...)

	domain, user := utf16Bytes(n.domain), utf16Bytes(n.user)
	m := append([]byte(ntlmSignature), 3, 0, 0, 0)
	at := 64
	for _, part := range [][]byte{nil, response, domain, user, nil, nil} {
		m = appendField(m, len(part), at)
		at += len(part)
	}
	m = binary.LittleEndian.AppendUint32(m, ntlmFlags)
	return append(append(append(m, response...), domain...), user...)
}

func TestNTLM(t *testing.T) {
	with := func(change func(*ntlmLogin)) ntlmLogin {
		n := goodNTLM
		change(&n)
		return n
	}
	for _, test := range []struct {
		name             string
		login            ntlmLogin
		fault            string
		status           int
		accepted, failed int
	}{
		{"the old form", goodNTLM, "", 200, 1, 0},
		{"under Negotiate", with(func(n *ntlmLogin) { n.scheme = "Negotiate" }), "", 200, 1, 0},
		{"the principal name", with(func(n *ntlmLogin) { n.domain, n.user = "", Address }), "", 200, 1, 0},
		{"a wrong password", with(func(n *ntlmLogin) { n.password = "x" }), "", 401, 0, 1},
		{"another name", with(func(n *ntlmLogin) { n.user = "anna" }), "", 401, 0, 1},
		{"bound", with(func(n *ntlmLogin) { n.bind = true }), "", 200, 1, 0},
		{"bound to another certificate", with(func(n *ntlmLogin) { n.wrongBind = true }), "", 401, 0, 1},
		{"bound, as required", with(func(n *ntlmLogin) { n.bind = true }), "extended-protection", 200, 1, 0},
		{"not bound, though required", goodNTLM, "extended-protection", 401, 0, 1},
		{"spread over two servers", goodNTLM, "front-end-changes-on-connection", 401, 0, 1},
		{"locked", goodNTLM, "account-locked", 401, 0, 1},
		{"without Basic", goodNTLM, "basic-not-offered", 200, 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			var o Options
			if test.fault != "" {
				o.Faults = []string{test.fault}
			}
			l := start(t, o)
			c := newClient(t, l, noAddr)
			ask := func() *http.Request { return post(l.URL(), request(version2013, convertIDBody)) }
			response, _, err := test.login.run(t.Context(), c, ask)
			if err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != test.status {
				t.Errorf("%s, want %d", response.Status, test.status)
			}
			if accepted, failed := l.SignIns(); accepted != test.accepted || failed != test.failed {
				t.Errorf("%d accepted and %d failed, want %d and %d", accepted, failed, test.accepted, test.failed)
			}
			// The sign-in holds for the connection, and for no other.
			if response, _ := c.must(ask()); response.StatusCode != test.status {
				t.Errorf("the next request: %s, want %d", response.Status, test.status)
			}
			if response, _ := newClient(t, l, noAddr).must(ask()); response.StatusCode != http.StatusUnauthorized {
				t.Errorf("another connection: %s, want 401", response.Status)
			}
		})
	}
}

// TestNTLMChallenge reads what the challenge tells before anyone has signed in.
func TestNTLMChallenge(t *testing.T) {
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	l := start(t, Options{Now: func() time.Time { return now }, Faults: []string{"clock-skew"}})
	_, info, err := goodNTLM.run(t.Context(), newClient(t, l, noAddr), func() *http.Request { return get(l.URL()) })
	if err != nil {
		t.Fatal(err)
	}
	got := map[uint16]string{}
	for rest := info; len(rest) >= 4; {
		id, length := binary.LittleEndian.Uint16(rest), binary.LittleEndian.Uint16(rest[2:])
		got[id] = utf16Text(rest[4 : 4+length])
		if id == avTime {
			got[id] = fmt.Sprint(binary.LittleEndian.Uint64(rest[4:]))
		}
		rest = rest[4+length:]
	}
	for id, want := range map[uint16]string{
		avComputer: "EX01", avDomain: "CONTOSO", avDNSComputer: "ex01.contoso.example", avDNSDomain: "contoso.example",
		avTime: fmt.Sprint(fileTime(now.Add(11 * time.Minute))),
	} {
		if got[id] != want {
			t.Errorf("attribute %d is %q, want %q", id, got[id], want)
		}
	}
}

// FuzzNTLM reads anything as a client's message.
func FuzzNTLM(f *testing.F) {
	n := goodNTLM
	info := append([]byte{avComputer, 0, 2, 0, 'E', 0}, 0, 0, 0, 0)
	f.Add(n.proof(nil, make([]byte, 8), info))
	f.Add(append([]byte(ntlmSignature), 3, 0, 0, 0))
	f.Fuzz(func(t *testing.T, message []byte) {
		p, err := readNTLMProof(message)
		if err != nil {
			return
		}
		_ = p.name()
		if p.provedBy(ntlmHash(Password), [8]byte{1}) {
			t.Error("proved without the password")
		}
		if b := p.bindings(); b != nil && len(b) != 16 {
			t.Errorf("bindings of %d bytes", len(b))
		}
	})
}
