package lab

import (
	"crypto/tls"
	"net"
)

// transportFaults are those of what stands in for TLS on the port.
func transportFaults() []fault {
	return []fault{{
		Fault: Fault{
			"connection-reset", "The connection is reset",
			"Whatever the client says first is answered with a TCP reset, as by an intrusion filter or a block by country.",
		},
		change: func(w *world) {
			w.wire = func(c net.Conn, _ *tls.Config) net.Conn { return &curt{Conn: c} }
		},
	}, {
		Fault: Fault{
			"plain-http", "The port speaks plain HTTP",
			"Port 443 speaks HTTP without TLS and answers a TLS greeting with status 400.",
		},
		change: func(w *world) {
			w.wire = func(c net.Conn, _ *tls.Config) net.Conn { return &plain{Conn: c} }
		},
	}, {
		Fault: Fault{
			"proxy-in-the-way", "A proxy wants a sign-in",
			"A proxy answers in place of the server: status 407 in plain text, whatever the client says first.",
		},
		change: func(w *world) {
			w.wire = func(c net.Conn, _ *tls.Config) net.Conn { return &curt{c, proxyReply} }
		},
	}}
}

const proxyReply = "HTTP/1.1 407 Proxy Authentication Required\r\n" +
	"Via: 1.1 proxy." + domain + "\r\n" +
	"Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm=\"proxy." + domain + "\"\r\n" +
	"Content-Type: text/html\r\nContent-Length: 0\r\nProxy-Connection: close\r\nConnection: close\r\n\r\n"
