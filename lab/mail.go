package lab

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"fairlead/assets"
	"fairlead/lab/ldap"
	"fairlead/lab/smtp"
)

// directoryAddress is where Contoso's directory stands, see package ldap.
var directoryAddress = netip.MustParseAddr("203.0.113.20")

// openMail starts Contoso's directory, and the mail server to which the names of
// all mail hosts lead.
func (l *Lab) openMail(regions assets.Regions) (err error) {
	l.directory, err = ldap.Start(ldap.Options{Certificate: l.certificateFor("ldap-", ldap.Host)})
	if err != nil {
		return fmt.Errorf("start the directory: %w", err)
	}
	l.mail, err = smtp.Start(smtp.Options{
		Host: mailHost, Domains: []string{domain}, Certificate: l.certificateFor("smtp-", mailHosts(regions)...),
	})
	if err != nil {
		return fmt.Errorf("start the mail server: %w", err)
	}
	return nil
}

// mailHosts are the names that the mail server's certificate is for.
func mailHosts(regions assets.Regions) []string {
	names := []string{mailHost, "*.mail.protection.outlook.com", "smtp.google.com"}
	for _, r := range regions.List {
		for _, hosts := range []assets.Hosts{r.MX, r.Outbound, r.Journal} {
			names = append(names, hosts.Names...)
		}
	}
	return names
}

// certificateFor returns a server's certificates by fault: those of Exchange's
// faults, whose names stand behind the prefix.
func (l *Lab) certificateFor(prefix string, names ...string) func(fault string) (tls.Certificate, error) {
	return func(fault string) (tls.Certificate, error) {
		w := &world{lab: l, certificate: l.authorities.server(l.now())}
		w.certificate.commonName, w.certificate.names = names[0], append([]string{"localhost"}, names...)
		for _, f := range certificateFaults() {
			if f.Name == strings.TrimPrefix(fault, prefix) {
				f.change(w)
			}
		}
		return w.certificate.issue()
	}
}

// dialMail connects to the directory or to the mail server, where an address and a
// port are theirs.
func (l *Lab) dialMail(ctx context.Context, to netip.AddrPort) (conn net.Conn, known bool, err error) {
	var at, fault string
	switch {
	case to == netip.AddrPortFrom(directoryAddress, 636):
		at, fault = l.directory.AddrTLS(), "ldap-refused"
	case to == netip.AddrPortFrom(directoryAddress, 389):
		at, fault = l.directory.Addr(), "ldap-refused"
	case to.Port() == 25:
		at, fault = l.mail.Addr(), "smtp-refused"
	default:
		return nil, false, nil
	}
	if l.isOn(fault) {
		return nil, false, nil
	}
	conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", at)
	return conn, true, err
}

func (l *Lab) isOn(fault string) bool {
	for _, active := range append(l.directory.Active(), l.mail.Active()...) {
		if active == fault {
			return true
		}
	}
	return false
}

// closeMail ends what was started.
func (l *Lab) closeMail() {
	if l.directory != nil {
		l.directory.Close()
	}
	if l.mail != nil {
		l.mail.Close()
	}
}

// Mails is how many times a client began to send a mail to the mail server.
func (l *Lab) Mails() int { return l.mail.Mails() }

// MailFaults lists the faults of the directory and of the mail server that
// [Lab.Set] knows, by name.
func MailFaults() []Fault {
	var list []fault
	for _, f := range ldap.Faults() {
		list = append(list, fault{Fault: Fault(f)})
	}
	for _, f := range smtp.Faults() {
		list = append(list, fault{Fault: Fault(f)})
	}
	return listed(list)
}
