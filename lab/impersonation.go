package lab

import (
	"regexp"
	"strings"
	"sync"
)

// Forms of the values in an ExchangeImpersonation header.
var (
	addressForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[^@\s<>"]+@[^@\s<>"]+\.[^@\s<>"]+$`)
	})
	sidForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^S-1(-\d+)+$`)
	})
)

// impersonate finds the mailbox that the caller wants to act as, and whether it
// may. Its errors are faults.
func (w *world) impersonate(caller *account, as *identity) (*mailbox, error) {
	if err := as.check(); err != nil {
		return nil, err
	}
	target := w.find(func(m *mailbox) bool {
		switch as.kind {
		case "PrincipalName":
			return strings.EqualFold(m.principal, as.value)
		case "SID":
			return m.sid == as.value
		default:
			return m.has(as.value)
		}
	})
	switch {
	case target == nil || target.inCloud:
		return nil, &soapFault{code: "ErrorNonExistentMailbox", text: noMailbox}
	case as.kind == "PrimarySmtpAddress" && !strings.EqualFold(target.primary, as.value):
		return nil, &soapFault{
			code: "ErrorNonPrimarySmtpAddress", text: notPrimary, values: []string{"Primary", target.primary},
		}
	case !caller.mayImpersonate:
		return nil, &soapFault{
			code: "ErrorImpersonateUserDenied",
			text: "The account does not have permission to impersonate the requested user.",
		}
	}
	return target, nil
}

// check finds values that cannot name anyone.
func (as *identity) check() error {
	switch {
	case as.value == "":
		return &soapFault{
			code: "ErrorInvalidExchangeImpersonationHeaderData",
			text: "ExchangeImpersonation SOAP header contains invalid data.",
		}
	case as.kind == "SID" && !sidForm().MatchString(as.value):
		return &soapFault{code: "ErrorInvalidUserSid", text: "The user's SID is invalid."}
	case as.kind == "PrincipalName" && !addressForm().MatchString(as.value):
		return &soapFault{code: "ErrorInvalidUserPrincipalName", text: "The user principal name is invalid."}
	case as.kind != "SID" && !addressForm().MatchString(as.value):
		return &soapFault{code: "ErrorInvalidSmtpAddress", text: "The SMTP address format is invalid."}
	}
	return nil
}

const (
	noMailbox  = "The SMTP address has no mailbox associated with it."
	notPrimary = "The primary SMTP address must be specified when referencing a mailbox."
)
