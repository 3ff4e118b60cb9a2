package lab

import (
	"strings"
	"time"
)

// account is an account of the Windows domain.
type account struct {
	domain    string // NetBIOS name, such as CONTOSO
	name      string // SAM account name
	principal string // user principal name
	address   string // mail address
	credential
	mayImpersonate bool
	hasMailbox     bool
	locked         bool
	blocked        bool      // by an authentication policy: the password is right but does not help
	expires        time.Time // the password
}

func (l *Lab) accounts() []*account {
	return []*account{{
		domain: "CONTOSO", name: "svc-fairlead", principal: Address, address: Address,
		credential: l.credential, mayImpersonate: true, hasMailbox: true, expires: l.now().Add(58 * day),
	}}
}

// service is the one account that can sign in, for faults to change.
func (w *world) service() *account { return w.accounts[0] }

// answersTo reports whether the account has this sign-in name. The domain may
// be given by its NetBIOS or its DNS name.
func (a *account) answersTo(signIn string) bool {
	if within, name, ok := strings.Cut(signIn, `\`); ok {
		_, dns, _ := strings.Cut(a.principal, "@")
		return strings.EqualFold(name, a.name) &&
			(strings.EqualFold(within, a.domain) || strings.EqualFold(within, dns))
	}
	return strings.EqualFold(signIn, a.principal)
}

// mailbox is a mailbox that Exchange knows.
type mailbox struct {
	name      string
	primary   string // the primary address
	principal string // user principal name of its owner
	sid       string
	aliases   []string
	inCloud   bool     // it lives in Exchange Online
	trouble   *problem // what is said of every attempt to open it, if anything
}

func contosoMailboxes() []*mailbox {
	const sid = "S-1-5-21-1004336348-1177238915-682003330-"
	return []*mailbox{
		{name: "Fairlead service", primary: Address, principal: Address, sid: sid + "1131"},
		{
			name: "Anna Berg", primary: Mailbox, principal: Mailbox, sid: sid + "1132",
			aliases: []string{"anna.berg@" + domain},
		},
		{name: "Ben Okoro", primary: "ben@" + domain, principal: "ben@" + domain, sid: sid + "1133"},
	}
}

// has reports whether the address, primary or not, belongs to the mailbox.
func (m *mailbox) has(address string) bool {
	for _, own := range append([]string{m.primary}, m.aliases...) {
		if strings.EqualFold(own, address) {
			return true
		}
	}
	return false
}

// mailbox finds a mailbox by any of its addresses; nil if there is none.
func (w *world) mailbox(address string) *mailbox {
	return w.find(func(m *mailbox) bool { return m.has(address) })
}

func (w *world) find(is func(*mailbox) bool) *mailbox {
	for _, m := range w.mailboxes {
		if is(m) {
			return m
		}
	}
	return nil
}

// own is the account's own mailbox; nil if it has none.
func (w *world) own(a *account) *mailbox {
	if !a.hasMailbox {
		return nil
	}
	return w.mailbox(a.address)
}
