package app

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fairlead/check"
	"fairlead/providers"
)

// Permissions of the fake platform are one of each state.
func (f *fakeProvider) Permissions(_ map[string]string, asked []providers.Asked, last *check.Report) providers.Permissions {
	if last == nil {
		return providers.Permissions{}
	}
	p := providers.Permissions{
		Holder: "svc@contoso.com", Scope: "Every mailbox that the role covers.", Granted: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC),
		Where: "Exchange Management Shell", Command: "Get-ManagementRoleAssignment",
	}
	for _, state := range []providers.PermissionState{providers.Granted, providers.Missing, providers.Beyond, providers.Unverified} {
		p.List = append(p.List, providers.Permission{
			Name: "Role." + string(state), Title: "Open mailboxes", Kind: "role", State: state, Reason: asked[0].Service + " reads mail.\nAnd puts it back.",
			Seen: "The last test looked.",
		})
	}
	return p
}

// TestPermissions shows what was granted, in plain words, with a shape, a colour
// and a word for each state.
func TestPermissions(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.openFirst()
	h.shortcut(fyne.Key2, fyne.KeyModifierShortcutDefault)
	h.at("details:part 1")
	h.mustSee("Granted to svc@contoso.com", "Consent given 4 March 2026", "Looked at 24 November 2026, 10:00",
		"Open mailboxes granted", "Open mailboxes missing", "Open mailboxes beyond", "Open mailboxes not verified",
		"Continuity reads mail.", "And puts it back.", "Role.missing, role. The last test looked.", "Get-ManagementRoleAssignment")
	h.shot("light-details-permissions")
	h.app.showDetails(h.app.screen.(*detailsScreen).id)
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt)
	h.app.showDetails(h.app.screen.(*listScreen).ids[3])
	h.shortcut(fyne.Key2, fyne.KeyModifierShortcutDefault)
	h.mustSee("does not know what this platform grants")
}
