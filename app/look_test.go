package app

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestLook walks through the wizard by keyboard alone, in both themes.
func TestLook(t *testing.T) {
	for _, variant := range []string{"light", "dark"} {
		t.Run(variant, func(t *testing.T) {
			h := open(t, setup{lab: true, variant: variant})
			h.at("list:loaded")
			h.shot(variant + "-01-empty")
			h.shortcut(fyne.KeyF, fyne.KeyModifierControl)
			h.key(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
			h.at("page:services")
			h.shot(variant + "-02-services")
			h.key(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown)
			h.key(fyne.KeySpace)
			h.shot(variant + "-02-services2")
			h.shortcut(fyne.KeyReturn, fyne.KeyModifierControl)
			h.at("page:provider")
			h.shot(variant + "-03-provider")
			h.key(fyne.KeyReturn)
			h.at("page:exchange.prepare")
			h.shot(variant + "-04-prepare")
			h.key(fyne.KeyReturn)
			h.at("page:exchange.account")
			h.typed("svc-mail@contoso.com")
			h.key(fyne.KeyReturn)
			h.typed("svc-mail@contoso.local")
			h.key(fyne.KeyReturn)
			h.typed("Quay-Harbour-12")
			h.shot(variant + "-05-account")
			h.key(fyne.KeyReturn)
			h.at("page:exchange.server")
			h.shot(variant + "-06-server")
			h.shortcut(fyne.KeyReturn, fyne.KeyModifierControl)
			h.at("page:exchange.test")
			h.shot(variant + "-07-test")
			h.typed("anna@contoso.com")
			h.fake.broken = true
			h.key(fyne.KeyReturn)
			h.at("done:exchange.test")
			h.shot(variant + "-08-failed")
			h.fake.broken = false
			h.shortcut(fyne.KeyReturn, fyne.KeyModifierControl)
			h.shot(variant + "-09-passed")
			h.shortcut(fyne.KeyReturn, fyne.KeyModifierControl)
			h.at("page:name")
			h.shot(variant + "-10-name")
			h.shortcut(fyne.KeyReturn, fyne.KeyModifierControl)
			h.at("page:summary")
			h.shot(variant + "-11-summary")
			h.shortcut(fyne.KeyReturn, fyne.KeyModifierControl)
			h.at("page:created")
			h.shot(variant + "-12-created")
			h.shortcut(fyne.KeyReturn, fyne.KeyModifierControl)
			h.at("list:loaded")
			h.shot(variant + "-13-list")
			h.key(fyne.KeyReturn)
			h.at("details:loaded")
			h.shot(variant + "-14-details")
		})
	}
}
