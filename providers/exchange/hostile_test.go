package exchange

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/check"
)

// hostile are servers that do harm or nonsense with an answer. Each writes to
// the connection what it likes; what is left of it is read until the client
// closes.
var hostile = []struct {
	name string
	talk func(net.Conn)
	want string // the code of the cause
}{
	{"ten megabytes", func(c net.Conn) {
		say(c, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 10485760\r\n\r\n")
		for range 160 {
			say(c, strings.Repeat("<a/>", 16384))
		}
	}, "body-altered"},
	{"a body that never ends", func(c net.Conn) {
		for say(c, "HTTP/1.1 200 OK\r\n\r\n"); say(c, "x"); {
			time.Sleep(time.Second)
		}
	}, "no-answer"},
	{"a header that never ends", func(c net.Conn) {
		say(c, "HTTP/1.1 200 OK\r\n")
		for i := 0; say(c, fmt.Sprintf("X-%d: x\r\n", i)); i++ {
			time.Sleep(time.Second)
		}
	}, "no-answer"},
	{"a header without measure", func(c net.Conn) {
		say(c, "HTTP/1.1 200 OK\r\n")
		for range 100 {
			say(c, strings.Repeat("X-Header: "+strings.Repeat("x", 100)+"\r\n", 1000))
		}
	}, "body-altered"},
	{"one line without measure", func(c net.Conn) { say(c, "HTTP/1.1 200 "+strings.Repeat("x", 1<<20)) }, "body-altered"},
	{"continue for ever", func(c net.Conn) { say(c, strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1000)) }, "body-altered"},
	{"nothing", func(net.Conn) {}, "no-answer"},
	{"noise", func(c net.Conn) { say(c, strings.Repeat("\x00\xff\x13", 5000)+"\n") }, "body-altered"},
	{"mail", func(c net.Conn) { say(c, "220 mail.contoso.com ESMTP\r\n") }, "body-altered"},
	{"a compressed bomb", func(c net.Conn) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(make([]byte, 4<<20))
		_ = z.Close()
		say(c, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", b.Len(), b.String()))
	}, "body-altered"},
	{"an entity bomb", func(c net.Conn) {
		say(c, soap(200, `<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>`+strings.Replace(inboxXML, "NoError", "&b;", 1)))
	}, "body-altered"},
	{"endless depth", func(c net.Conn) { say(c, soap(200, strings.Repeat("<a>", 50000))) }, "body-altered"},
	{"broken chunks", func(c net.Conn) { say(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno\r\n") }, "body-altered"},
	{"a length below nothing", func(c net.Conn) { say(c, "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n") }, "body-altered"},
	{"half an answer", func(c net.Conn) {
		say(c, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<s:Envelope")
		_ = c.Close()
	}, "connection-reset"},
	{"half a header", func(c net.Conn) {
		say(c, "HTTP/1.1 200 OK\r\nContent-Le")
		_ = c.Close()
	}, "connection-reset"},
	{"an end instead of an answer", func(c net.Conn) { _ = c.Close() }, "connection-reset"},
	{"another host", func(c net.Conn) {
		say(c, "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://evil.example/EWS/Exchange.asmx\r\nContent-Length: 0\r\n\r\n")
	}, "wrong-path"},
	{"a redirect to nowhere", func(c net.Conn) {
		say(c, "HTTP/1.1 302 Found\r\nLocation: ://\x01\r\nContent-Length: 0\r\n\r\n")
	}, "body-altered"},
	{"a status that is none", func(c net.Conn) { say(c, reply(999, "", "")) }, "body-altered"},
}

func say(c net.Conn, text string) bool {
	_, err := io.WriteString(c, text)
	return err == nil
}

// TestHostile lets each of them answer the call without a sign-in, and then the
// one with it. The test ends in time with a cause, and the password went
// nowhere but into one call.
func TestHostile(t *testing.T) {
	for _, h := range hostile {
		for _, stage := range []string{"endpoint", "sign-in"} {
			t.Run(h.name+" at "+stage, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := newWorld(t, nil)
					var signIns atomic.Int32
					w.servers[here] = serve(w.good(), func(c net.Conn) {
						requests := bufio.NewReader(c)
						for {
							r, err := http.ReadRequest(requests)
							if err != nil {
								return
							}
							_, _ = io.Copy(io.Discard, r.Body)
							if r.Header.Get("Authorization") != "" {
								signIns.Add(1)
							}
							if stage == "sign-in" && r.Header.Get("Authorization") == "" {
								say(c, challenge401)
								continue
							}
							h.talk(c)
						}
					})
					w.names["evil.example"] = w.names[testHost]
					report := w.run()
					worst := report.Worst()
					if worst == nil || worst.ID != stage || worst.Cause() != h.want {
						t.Errorf("want %s at %s: %s, %q", h.want, stage, report.Headline(), codes(report))
					}
					if report.Took > waitWhole {
						t.Errorf("it took %v", report.Took)
					}
					// A second call may follow only where the first met something
					// other than a refusal; see signInCheck.
					if limit := map[string]int{"endpoint": 0, "sign-in": 2}[stage]; int(signIns.Load()) > limit {
						t.Errorf("the password was sent %d times", signIns.Load())
					}
				})
			})
		}
	}
}

// TestRedirectKeepsPassword: where a server sends on to, no connection is made,
// let alone with the password.
func TestRedirectKeepsPassword(t *testing.T) {
	bubble(t, exchangeServer(func(*http.Request) string {
		return reply(302, "Location: https://evil.example/EWS/Exchange.asmx\r\n", "")
	}), func(t *testing.T, w *world) {
		w.names["evil.example"] = w.names[testHost]
		w.servers[there] = func(c net.Conn) {
			t.Error("the redirect was followed")
			_ = c.Close()
		}
		w.names["evil.example"][0] = here
		report := w.run()
		if report.Verdict() != check.Fail || len(w.dials) != 1+repeats {
			t.Errorf("%s after %d connections", report.Headline(), len(w.dials))
		}
	})
}
