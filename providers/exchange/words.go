package exchange

import (
	"net/url"
	"strings"
	"unicode"

	"fairlead/providers"
)

// This file holds what the texts of causes may ask for. Names that a server
// sent appear in commands that an administrator copies, so they appear only
// where they cannot be anything but names.

// Host is the host of the EWS address.
func (s *test) Host() string { return s.target.URL.Hostname() }

// Port is its port.
func (s *test) Port() string {
	if port := s.target.URL.Port(); port != "" {
		return port
	}
	return "443"
}

// URL is the EWS address.
func (s *test) URL() string { return s.target.URL.String() }

// UsualURL is where EWS is on a server that nobody changed.
func (s *test) UsualURL() string {
	return (&url.URL{Scheme: "https", Host: s.target.URL.Host, Path: servicePath}).String()
}

// SignIn is the sign-in name.
func (s *test) SignIn() string { return s.target.SignIn }

// User is the sign-in name without the domain.
func (s *test) User() string {
	if _, user, found := strings.Cut(s.target.SignIn, `\`); found {
		return user
	}
	user, _, _ := cutLast(s.target.SignIn, "@")
	return user
}

// Mailbox is the address of the mailbox to open.
func (s *test) Mailbox() string { return s.target.Mailbox }

// MailDomain is its domain.
func (s *test) MailDomain() string {
	_, domain, _ := cutLast(s.target.Mailbox, "@")
	return domain
}

// Address is the address that was connected to.
func (s *test) Address() string {
	if !s.address.IsValid() {
		return ""
	}
	return s.address.Addr().String()
}

// FrontEnd is the name of the Client Access server that answered, or empty.
func (s *test) FrontEnd() string {
	if s.open == nil {
		return ""
	}
	return frontEnd(s.open)
}

// Server is what to call the server that answered: its name, where it gave one.
func (s *test) Server() string {
	if name := s.FrontEnd(); name != "" {
		return name
	}
	return "the Exchange server"
}

// Primary is the primary address of the mailbox, as Exchange gave it when it
// was asked for another one; else empty.
func (s *test) Primary() string {
	if s.reply == nil || !s.reply.Is("ErrorNonPrimarySmtpAddress") {
		return ""
	}
	for _, value := range s.reply.Values {
		if strings.Contains(value, "@") && providers.CheckAddress(value) == nil {
			return value
		}
	}
	return ""
}

// Quote is [quoted] for the remedies.
func (s *test) Quote(text string) string { return quoted(text) }

// quoted writes a text as a string of PowerShell, or a placeholder where that
// would be unsafe. PowerShell takes five characters for a single quote.
func quoted(text string) string {
	if text == "" || strings.ContainsFunc(text, unicode.IsControl) || strings.Contains(text, "`") {
		return "'…'"
	}
	for _, quote := range []string{"'", "‘", "’", "‚", "‛"} {
		text = strings.ReplaceAll(text, quote, quote+quote)
	}
	return "'" + text + "'"
}

// serverName returns a name that a server sent if it can be nothing else.
func serverName(text string) string {
	if len(text) > 253 || strings.Trim(text, providers.HostLetters+".") != "" || strings.HasPrefix(text, "-") {
		return ""
	}
	return text
}

// plain makes text from outside fit for one line that is not endless.
func plain(text string) string { return providers.OneLine(text, 400) }
