//go:build e2e

package e2e

import (
	"testing"

	"fairlead/lab/entra"
)

// The pages of the lab's Entra, by their titles.
const (
	accounts  = "Pick an account (LAB)"
	requested = "Permissions requested (LAB)"
	approval  = "Need admin approval (LAB)"
	sent      = "Request sent (LAB)"
	refused   = "Sign in (LAB)"
	back      = "Fairlead"
)

var tenant = entra.Tenants()[0]

// at is the address of somebody of the tenant.
func at(who string) string { return who + "@" + tenant.Domain }

// TestMicrosoft365 makes a connector to the lab's tenant, with the consent given
// in a real browser, and tests it again.
func TestMicrosoft365(t *testing.T) {
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) {
			d, name := newDesk(t), "microsoft365-"+theme
			c := newChromium(d)
			d.start("--lab", "--theme", theme)
			d.toAuthorize(name)
			d.keep(name + "-04-authorize")
			d.ownApplication()
			d.keep(name + "-05-own")
			d.authorize()
			c.press(accounts, at(entra.Admin))
			c.keep(requested, "microsoft365-consent")
			d.keep(name + "-06-waiting")
			c.press(requested, "accept")
			c.press(accounts, at(entra.Admin))
			c.press(requested, "accept")
			d.await("page:microsoft365.verify")
			c.keep(back, "microsoft365-back")
			d.create(name)
			d.stop()
			d.start("--lab", "--theme", theme) // the lab remembers the consent
			d.testAgain(c, name)
			d.stop()
			c.proveHistory()
		})
	}
}

// TestMicrosoft365Refused meets everything in the browser that is not Accept,
// one after the other on the same page, and goes on from it.
func TestMicrosoft365Refused(t *testing.T) {
	d := newDesk(t)
	c := newChromium(d)
	d.start("--lab", "--theme", "light")
	d.toAuthorize("")
	d.ownApplication()

	d.authorize()
	c.press(accounts, at(entra.Admin))
	c.press(requested, "cancel")
	d.notAuthorized("microsoft365-20-declined")
	c.tidy()

	d.authorize()
	c.press(accounts, at(entra.User))
	c.keep(approval, "microsoft365-21-need-approval")
	c.press(approval, "back")
	d.notAuthorized("microsoft365-22-not-an-admin")
	c.tidy()

	d.authorize()
	c.press(accounts, entra.Admin+"@"+entra.Tenants()[1].Domain)
	c.keep(refused, "microsoft365-23-another-organisation")
	told := c.text(refused, "p")
	c.tidy()
	d.focus()
	d.keys("Tab", "Tab") // from Open again past Copy link: what the page says is pasted
	d.types(told)
	d.keys("Return")
	d.notAuthorized("microsoft365-24-wrong-account")

	d.authorize()
	c.page(accounts)
	c.quit()
	d.focus()
	d.keep("microsoft365-25-closed-browser")
	c.start()
	d.focus()
	d.keys("Return") // Open again has the keyboard
	c.page(accounts)
	d.focus()
	d.keys("Tab", "Tab", "Tab", "Tab", "Return") // past Copy link, the field and its button: Cancel
	d.await("done:microsoft365.authorize")
	d.keep("microsoft365-26-cancelled")
	c.tidy()

	d.keys("Return")
	d.await("busy:microsoft365.authorize")
	c.press(accounts, at(entra.Admin))
	c.press(requested, "accept")
	c.press(accounts, at(entra.Admin))
	c.press(requested, "accept")
	d.await("page:microsoft365.verify")
	d.stop()
	c.proveHistory()
}

// TestMicrosoft365Approval asks the administrators for approval, leaves the
// draft, and goes on with it.
func TestMicrosoft365Approval(t *testing.T) {
	d := newDesk(t)
	c := newChromium(d)
	d.start("--lab", "--theme", "light", "--fault", "consent-workflow")
	d.toAuthorize("")
	d.ownApplication()
	d.authorize()
	c.press(accounts, at(entra.User))
	c.keep(approval, "microsoft365-30-request")
	c.press(approval, "request")
	c.press(sent, "back")
	d.notAuthorized("microsoft365-31-approval-pending")
	d.stop()

	d.start("--lab", "--theme", "light")
	d.keys("Return") // the draft is the first row
	d.await("page:microsoft365.authorize")
	d.keep("microsoft365-32-resumed")
	d.stop()
}

// ownApplication chooses the way of an application of one's own, and types its
// id.
func (d *desk) ownApplication() {
	d.t.Helper()
	d.keys("Down", "space", "Tab", "Tab", "Tab")
	d.types(entra.Own)
}

// authorize presses Enter on the page that authorizes.
func (d *desk) authorize() {
	d.t.Helper()
	d.focus()
	d.keys("Return")
	d.await("busy:microsoft365.authorize")
}

// notAuthorized waits until the page says why nothing was authorized.
func (d *desk) notAuthorized(picture string) {
	d.t.Helper()
	d.await("done:microsoft365.authorize")
	d.focus()
	d.keep(picture)
}

// create goes from the page that verifies to a connector, and to its details.
func (d *desk) create(name string) {
	d.t.Helper()
	d.focus()
	d.keep(name + "-07-verify")
	d.keys("Return")
	d.await("done:microsoft365.verify")
	d.keep(name + "-08-verified")
	d.keys("Return")
	d.await("page:name")
	d.keep(name + "-09-name")
	d.keys("Return", "Return")
	d.await("page:summary")
	d.keep(name + "-10-summary")
	d.keys("Return")
	d.await("page:created")
	d.keep(name + "-11-created")
	d.keys("Return")
	d.await("list:loaded")
	d.keep(name + "-12-list")
}

// testAgain tests the first connector again, which wants a sign-in.
func (d *desk) testAgain(c *chromium, name string) {
	d.t.Helper()
	c.tidy()
	d.keys("Return")
	d.await("details:loaded")
	d.keep(name + "-13-details")
	d.keys("ctrl+Return")
	d.await("busy:details")
	d.await("errand:details")
	c.page(accounts)
	d.focus()
	d.keep(name + "-14-sign-in-again")
	c.press(accounts, at(entra.Admin))
	d.await("done:details")
	d.focus()
	d.keep(name + "-15-tested-again")
}

// toAuthorize goes from the empty list to the page that authorizes Sync &
// Recover, and keeps pictures of the way if they have a name.
func (d *desk) toAuthorize(name string) {
	d.t.Helper()
	keep := func(picture string) {
		if name != "" {
			d.keep(name + picture)
		}
	}
	d.keys("Return")
	d.await("page:services")
	d.keys("Down", "Down", "Down", "Down", "Down", "Down", "space", "ctrl+Return")
	d.await("page:provider")
	d.keys("Down", "space", "ctrl+Return")
	d.await("page:microsoft365.prepare")
	keep("-01-before-you-start")
	d.keys("Return")
	d.await("page:microsoft365.tenant")
	d.types(tenant.Domain)
	keep("-02-tenant")
	d.keys("Return")
	d.await("page:microsoft365.permissions")
	keep("-03-permissions")
	d.keys("ctrl+Return")
	d.await("page:microsoft365.authorize")
}
