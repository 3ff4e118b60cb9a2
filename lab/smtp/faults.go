package smtp

import "slices"

// Fault is something that can be wrong in the mail server.
type Fault struct {
	Name        string // stable; that of the diagnosis, where it has one of its own
	Title       string // a few words
	Explanation string // what happens, and what the client sees of it
}

// The faults of certificates, which are those of the lab with "smtp-" before them.
var certificateFaults = []string{
	"smtp-certificate-expired", "smtp-certificate-name-mismatch", "smtp-certificate-untrusted", "smtp-certificate-self-signed",
}

// Faults lists every fault that [Server.Set] knows.
func Faults() []Fault {
	return []Fault{
		{"smtp-refused", "Nothing listens", "The port refuses connections."},
		{"smtp-no-answer", "The mail server says nothing", "A connection stands, and there is no greeting."},
		{"smtp-not-smtp", "Another program answers", "The greeting is that of SSH."},
		{"smtp-rejected", "The mail server takes nothing from here", "The greeting is 554."},
		{"smtp-busy", "The mail server is busy", "The greeting is 421."},
		{"smtp-ehlo-refused", "The mail server does not like the name", "EHLO is refused with 550."},
		{"smtp-starttls-missing", "The mail server has no STARTTLS", "EHLO lists no STARTTLS."},
		{"smtp-starttls-refused", "TLS is not available", "STARTTLS is refused with 454."},
		{"smtp-starttls-injected", "Somebody speaks before TLS", "Behind the answer to STARTTLS there is more, without TLS."},
		{"smtp-tls-too-old", "The mail server knows old TLS alone", "TLS 1.0 and 1.1 are spoken, and no newer version."},
		{"smtp-certificate-expired", "The mail server's certificate has expired", "The certificate was valid until three days ago."},
		{"smtp-certificate-name-mismatch", "The mail server's certificate is for another name", "The certificate is for another host."},
		{"smtp-certificate-untrusted", "Nobody knows the authority of the mail server's certificate", "The certificate comes from a root that nobody trusts."},
		{"smtp-certificate-self-signed", "The mail server's certificate vouches for itself", "The certificate is signed with its own key."},
		{"smtp-open-relay", "The mail server takes mail for everybody", "RCPT for a foreign domain is taken with 250."},
		{"smtp-greylisted", "The mail server wants to be asked again", "RCPT for a foreign domain is refused with 451."},
	}
}

// Known reports whether there is a fault of this name.
func Known(name string) bool {
	return slices.ContainsFunc(Faults(), func(f Fault) bool { return f.Name == name })
}
