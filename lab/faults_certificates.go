package lab

import (
	"crypto/x509"
)

// certificateFaults are those of the server's certificate.
func certificateFaults() []fault {
	return []fault{{
		Fault: Fault{
			"certificate-expired", "The certificate has expired",
			"The certificate was valid until three days ago.",
		},
		change: func(w *world) { w.certificate.until = w.lab.now().Add(-3 * day) },
	}, {
		Fault: Fault{
			"certificate-not-yet-valid", "The certificate is not valid yet",
			"The certificate becomes valid in two days.",
		},
		change: func(w *world) { w.certificate.from = w.lab.now().Add(2 * day) },
	}, {
		Fault: Fault{
			"certificate-expires-soon", "The certificate expires soon",
			"The certificate is valid for nine more days.",
		},
		change: func(w *world) { w.certificate.until = w.lab.now().Add(9*day + day/2) },
	}, {
		Fault: Fault{
			"certificate-name-mismatch", "The certificate is for other names",
			"The certificate is for mail.fabrikam.example and autodiscover.fabrikam.example.",
		},
		change: func(w *world) {
			w.certificate.commonName = "mail.fabrikam.example"
			w.certificate.names = []string{"mail.fabrikam.example", "autodiscover.fabrikam.example"}
			w.certificate.addresses = nil
		},
	}, {
		Fault: Fault{
			"certificate-common-name-only", "The certificate has the name in the wrong place",
			"The name stands in the subject's common name alone. Clients look at the alternative names, of which there are none.",
		},
		change: func(w *world) { w.certificate.names, w.certificate.addresses = nil, nil },
	}, {
		Fault: Fault{
			"certificate-wrong-usage", "The certificate is not for servers",
			"The certificate's extended key usage is client authentication alone.",
		},
		change: func(w *world) { w.certificate.usage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} },
	}, {
		Fault: Fault{
			"certificate-weak-key", "The certificate's key is too short",
			"The certificate has an RSA key of 1024 bits.",
		},
		change: func(w *world) { w.certificate.key = rsaKey(1024) },
	}, {
		Fault: Fault{
			"certificate-weak-signature", "The certificate is signed with SHA-1",
			"The authority has signed the certificate over a SHA-1 digest, which is no longer accepted.",
		},
		change: func(w *world) { w.certificate.signature = x509.ECDSAWithSHA1 },
	}, {
		Fault: Fault{
			"certificate-chain-incomplete", "The intermediate certificate is not sent",
			"The server sends its own certificate alone, so that a client finds no way to the root.",
		},
		change: func(w *world) { w.certificate.sent = nil },
	}, {
		Fault: Fault{
			"certificate-untrusted", "Nobody knows the authority",
			"The certificate comes, with its intermediate, from a root that nobody trusts.",
		},
		change: func(w *world) {
			w.certificate.issuer = w.lab.authorities.strangerCA
			w.certificate.sent = []*authority{w.lab.authorities.strangerCA}
		},
	}, {
		Fault: Fault{
			"certificate-private-ca", "The authority is the company's own",
			"The certificate comes from Contoso's own authority: trusted by this computer, unknown to the rest of the world.",
		},
		change: func(w *world) { w.certificate.issuer, w.certificate.sent = w.lab.authorities.company, nil },
	}, {
		Fault: Fault{
			"tls-inspected", "A web gateway opens the connection",
			"A gateway between client and server shows a certificate that it has made itself, trusted by this computer alone, " +
				"and adds a Via header to the answers.",
		},
		change: func(w *world) {
			w.certificate.issuer, w.certificate.sent = w.lab.authorities.inspection, nil
			w.before = append(w.before, func(v *visit) bool {
				v.set("Via", "1.1 webgateway."+domain)
				return false
			})
		},
	}, {
		Fault: Fault{
			"certificates-differ", "The servers show different certificates",
			"EX02 shows a certificate that is in order and not the one that EX01 shows.",
		},
		change: func(w *world) {
			other := w.certificate
			other.commonName = "ex02." + domain
			w.second = &other
		},
	}, {
		Fault: Fault{
			"certificate-self-signed", "The certificate vouches for itself",
			"The certificate is signed with its own key, as Exchange's set-up makes it.",
		},
		change: func(w *world) { w.certificate.issuer, w.certificate.sent = nil, nil },
	}}
}
