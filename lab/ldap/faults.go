package ldap

import "slices"

// Fault is something that can be wrong in the directory.
type Fault struct {
	Name        string // stable; that of the diagnosis, where it has one of its own
	Title       string // a few words
	Explanation string // what happens, and what the client sees of it
}

// The faults of certificates, which are those of the lab with "ldap-" before them.
var certificateFaults = []string{
	"ldap-certificate-expired", "ldap-certificate-name-mismatch", "ldap-certificate-untrusted", "ldap-certificate-self-signed",
}

// bindFault is how a sign-in can be refused.
type bindFault struct {
	Fault
	code int64
	text string
}

// bindFaults are those with a number of Windows first.
func bindFaults() []bindFault {
	var list []bindFault
	for _, f := range []struct{ data, title string }{
		{"525", "There is no such account"},
		{"52e", "The password is wrong"},
		{"530", "The account may not sign in at this hour"},
		{"531", "The account may not sign in from this computer"},
		{"532", "The password has expired"},
		{"533", "The account is disabled"},
		{"701", "The account has expired"},
		{"773", "The password must be changed first"},
		{"775", "The account is locked"},
	} {
		list = append(list, bindFault{
			Fault{"ldap-bind-" + f.data, f.title, "The bind is refused with invalidCredentials and data " + f.data + ", as Active Directory does."},
			invalidCredentials, badLogon(f.data),
		})
	}
	return append(list,
		bindFault{Fault{"ldap-bind-refused", "The sign-in is refused without a reason", "The bind is refused with invalidCredentials and no text, as OpenLDAP does."}, invalidCredentials, ""},
		bindFault{Fault{"ldap-unwilling", "The server does not take this sign-in", "The bind is refused with unwillingToPerform."}, unwilling, "0000052D: SvcErr: DSID-031A124C, problem 5003 (WILL_NOT_PERFORM), data 0"},
		bindFault{Fault{"ldap-confidentiality-required", "The encryption is too weak for the server", "The bind is refused with confidentialityRequired, as by OpenLDAP where it asks for more than was agreed on."}, confidentialityRequired, "stronger TLS confidentiality required"},
		bindFault{Fault{"ldap-strong-auth", "The server wants a stronger sign-in", "The bind is refused with strongerAuthRequired, even over TLS."}, strongAuthRequired, "stronger authentication required"},
	)
}

// Faults lists every fault that [Server.Set] knows.
func Faults() []Fault {
	list := []Fault{
		{"ldap-refused", "Nothing listens", "The ports refuse connections."},
		{"ldap-no-answer", "The server says nothing", "A connection stands, and nothing is answered."},
		{"ldap-not-tls", "LDAPS is spoken without TLS", "The port of LDAPS speaks LDAP in the clear."},
		{"ldap-tls-too-old", "The server knows old TLS alone", "TLS 1.0 and 1.1 are spoken, and no newer version."},
		{"ldap-starttls-missing", "The server has no StartTLS", "The request for TLS is refused with protocolError."},
		{"ldap-certificate-expired", "The directory's certificate has expired", "The certificate was valid until three days ago."},
		{"ldap-certificate-name-mismatch", "The directory's certificate is for another name", "The certificate is for another host."},
		{"ldap-certificate-untrusted", "Nobody knows the authority of the directory's certificate", "The certificate comes from a root that nobody trusts."},
		{"ldap-certificate-self-signed", "The directory's certificate vouches for itself", "The certificate is signed with its own key."},
		{"ldap-base-missing", "The base is not there", "The search is refused with noSuchObject."},
		{"ldap-no-right", "The account may not read", "The search is refused with insufficientAccessRights."},
		{"ldap-hidden", "The account sees nothing", "The search succeeds and brings nothing, as where the right to list is missing."},
		{"ldap-size-limit", "The server gives few entries", "A search ends with sizeLimitExceeded after one entry."},
		{"ldap-empty", "Nobody has a mail address", "No entry below the base has an attribute mail."},
		{"ldap-referral", "The base is elsewhere", "The search is answered with a referral to another server."},
		{"ldap-references", "Parts of the directory are elsewhere", "The search brings entries and a reference to another server."},
		{"ldap-busy", "The server is busy", "The search is refused with busy."},
	}
	for _, f := range bindFaults() {
		list = append(list, f.Fault)
	}
	return list
}

// Known reports whether there is a fault of this name.
func Known(name string) bool {
	return slices.ContainsFunc(Faults(), func(f Fault) bool { return f.Name == name })
}
