package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fairlead/connectors"
)

// The answers that the tests give.
const (
	address  = "svc-mail@contoso.com"
	password = "Quay-Harbour-12"
	mailbox  = "anna@contoso.com"
)

// toAccount goes from the list to the page that asks for the account.
func (h *harness) toAccount() {
	h.t.Helper()
	h.press("New connector")
	h.at("page:services")
	h.key(fyne.KeySpace)
	h.next("page:provider")
	h.next("page:exchange.prepare")
	h.next("page:exchange.account")
}

// toTest answers the pages up to the connection test.
func (h *harness) toTest() {
	h.t.Helper()
	h.toAccount()
	h.typed(address)
	h.key(fyne.KeyReturn, fyne.KeyReturn)
	h.typed(password)
	h.key(fyne.KeyReturn)
	h.at("page:exchange.server")
	h.next("page:exchange.test")
	h.typed(mailbox)
}

// toSummary answers all pages.
func (h *harness) toSummary() {
	h.t.Helper()
	h.toTest()
	h.next("done:exchange.test")
	h.next("page:name")
	h.next("page:summary")
}

// next presses Ctrl+Enter and wants to be somewhere afterwards.
func (h *harness) next(want string) {
	h.t.Helper()
	h.shortcut(fyne.KeyReturn, fyne.KeyModifierShortcutDefault)
	h.at(want)
}

// register makes a connector through the wizard and returns it.
func (h *harness) register() connectors.Connector {
	h.t.Helper()
	h.toSummary()
	h.next("page:created")
	h.next("list:loaded")
	all, err := h.world.Keeper.List(h.t.Context())
	if err != nil || len(all) != 1 {
		h.t.Fatalf("%d connectors are registered, %v", len(all), err)
	}
	return all[0]
}

// TestWholeRoad goes from the empty list to the details of a connector by
// keyboard alone, in both themes.
func TestWholeRoad(t *testing.T) {
	for _, variant := range []string{"light", "dark"} {
		t.Run(variant, func(t *testing.T) {
			h := open(t, setup{lab: true, variant: variant})
			h.at("list:empty")
			h.mustSee("No connectors yet", "This is the lab", "Nothing leaves this computer.")
			h.key(fyne.KeyReturn) // New connector has the keyboard
			h.at("page:services")
			h.key(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
			h.next("page:provider")
			h.key(fyne.KeyReturn)
			h.at("page:exchange.prepare")
			h.mustSee("Cannot be seen from this computer")
			h.key(fyne.KeyReturn)
			h.at("page:exchange.account")
			h.typed(address)
			h.key(fyne.KeyReturn)
			h.typed("svc-mail@contoso.local")
			h.mustSee("This name ends in .local.") // while typing
			h.key(fyne.KeyReturn)
			h.typed(password)
			h.shot(variant + "-account")
			h.key(fyne.KeyReturn)
			h.at("page:exchange.server")
			h.key(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
			h.at("page:exchange.test")
			h.typed(mailbox)
			h.key(fyne.KeyReturn)
			h.at("done:exchange.test")
			h.mustSee("The connection works", "10 checks passed, seen from this computer.", "Tested from this computer.")
			h.key(fyne.KeyReturn)
			h.at("page:name")
			h.key(fyne.KeyReturn, fyne.KeyReturn)
			h.at("page:summary")
			h.mustSee("Continuity, Remediation", address, "typed, not shown")
			h.key(fyne.KeyReturn)
			h.at("page:created")
			h.key(fyne.KeyReturn)
			h.at("list:loaded")
			h.mustSee("Exchange, contoso.com", "Works", "1 connector: 1 works")
			h.key(fyne.KeyReturn)
			h.at("details:loaded")
			h.mustSee("Exchange 2019", "Continuity, Remediation", "https://mail.contoso.com/EWS/Exchange.asmx", "Held by")
			h.shot(variant + "-details")
		})
	}
}
