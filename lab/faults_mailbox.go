package lab

import "net/http"

// mailboxFaults are those of impersonation and of the mailbox behind it.
func mailboxFaults() []fault {
	return []fault{{
		Fault: Fault{
			"impersonation-denied", "The account may not impersonate",
			"The role ApplicationImpersonation is missing: EWS answers ErrorImpersonateUserDenied.",
		},
		change: func(w *world) { w.service().mayImpersonate = false },
	}, {
		Fault: Fault{
			"account-without-mailbox", "The account has no mailbox of its own",
			"The account signs in and may impersonate, but has no mailbox that it could open for itself.",
		},
		change: func(w *world) { w.service().hasMailbox = false },
	}, {
		Fault: Fault{
			"own-mailbox-shut", "The account's own mailbox is being moved",
			"EWS answers ErrorMailboxMoveInProgress for the account's own mailbox and for no other.",
		},
		change: func(w *world) {
			w.mailbox(Address).trouble = &problem{code: "ErrorMailboxMoveInProgress", text: mailboxMoving}
		},
	}, {
		Fault: Fault{
			"mailbox-not-found", "There is no such mailbox",
			"No mailbox but the account's own exists: EWS answers ErrorNonExistentMailbox.",
		},
		change: func(w *world) { w.mailboxes = w.mailboxes[:1] },
	}, {
		Fault: Fault{
			"mailbox-in-cloud", "The mailbox is in Exchange Online",
			"All mailboxes but the account's own have moved to Exchange Online: EWS answers ErrorNonExistentMailbox, the " +
				"address list still has them, and Autodiscover redirects to the cloud.",
		},
		change: guests(func(m *mailbox) { m.inCloud = true }),
	}, {
		Fault: Fault{
			"not-primary-address", "The address is not the primary one",
			"The mailboxes have other primary addresses: EWS answers ErrorNonPrimarySmtpAddress and names the right one.",
		},
		change: guests(func(m *mailbox) {
			m.aliases = append(m.aliases, m.primary)
			m.primary = "office." + m.primary
		}),
	}, {
		Fault: Fault{
			"mailbox-moving", "The mailbox is being moved",
			"EWS answers ErrorMailboxMoveInProgress for every mailbox but the account's own.",
		},
		change: trouble("ErrorMailboxMoveInProgress", mailboxMoving),
	}, {
		Fault: Fault{
			"mailbox-store-unavailable", "The mailbox database is not mounted",
			"EWS answers ErrorMailboxStoreUnavailable for every mailbox but the account's own.",
		},
		change: trouble("ErrorMailboxStoreUnavailable", "The mailbox database is temporarily unavailable., Cannot open mailbox."),
	}, {
		Fault: Fault{
			"routing-failed", "No server of the mailbox's site answers",
			"EWS answers ErrorNoRespondingCASInDestinationSite for every mailbox but the account's own.",
		},
		change: trouble("ErrorNoRespondingCASInDestinationSite", "The request failed because none of the Client Access "+
			"Servers in the destination site could process the request."),
	}, {
		Fault: Fault{
			"unknown-anchor", "The front end does not know the mailbox",
			"A request anchored to a mailbox other than the account's own is answered 404 with X-CasErrorCode: UserNotFound.",
		},
		change: func(w *world) {
			w.after = append(w.after, func(v *visit) bool {
				anchor := v.Header.Get("X-AnchorMailbox")
				if anchor == "" || anchor == Address {
					return false
				}
				v.set("X-CasErrorCode", "UserNotFound")
				v.end(http.StatusNotFound)
				return true
			})
		},
	}}
}

const mailboxMoving = "Mailbox move in progress. Try again later., Cannot open mailbox."

// guests changes every mailbox but the account's own.
func guests(change func(*mailbox)) func(*world) {
	return func(w *world) {
		for _, m := range w.mailboxes {
			if m.primary != Address {
				change(m)
			}
		}
	}
}

// trouble makes every attempt to open a mailbox end like this.
func trouble(code, text string) func(*world) {
	return guests(func(m *mailbox) { m.trouble = &problem{code: code, text: text} })
}
