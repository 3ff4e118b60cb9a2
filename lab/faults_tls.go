package lab

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
)

// tlsFaults are those of the TLS handshake.
func tlsFaults() []fault {
	return []fault{{
		Fault: Fault{
			"tls-too-old", "Only TLS 1.0 and 1.1 are spoken",
			"The server ends the handshake with every client that wants TLS 1.2 or later.",
		},
		change: func(w *world) { w.tls.MinVersion, w.tls.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 },
	}, {
		Fault: Fault{
			"old-tls-on", "TLS 1.0 and 1.1 are still on",
			"The server speaks TLS 1.2 and 1.3, and the old versions too.",
		},
		change: func(w *world) { w.tls.MinVersion = tls.VersionTLS10 },
	}, {
		Fault: Fault{
			"tls-handshake-failed", "There is no cipher in common",
			"The server speaks TLS 1.2 with RSA key exchange alone, which today's clients no longer offer.",
		},
		change: func(w *world) {
			w.tls.MaxVersion = tls.VersionTLS12
			w.tls.CipherSuites = []uint16{tls.TLS_RSA_WITH_AES_128_CBC_SHA, tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA}
			w.certificate.key = rsaKey(2048)
		},
	}, {
		Fault: Fault{
			"client-certificate-required", "The server wants a client certificate",
			"The handshake fails for a client that shows no certificate of its own.",
		},
		change: func(w *world) { w.tls.ClientAuth = tls.RequireAnyClientCert },
	}}
}

func rsaKey(bits int) func() (crypto.Signer, error) {
	return func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, bits) }
}
