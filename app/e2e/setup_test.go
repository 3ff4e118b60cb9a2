//go:build e2e

package e2e

import (
	"testing"

	"fairlead/lab/ldap"
	"fairlead/lab/zone"
)

// TestSetup adds the lab's good domain, walks through all six sections by keyboard,
// looks again at all of them, and then sees what to type for a domain that is broken.
func TestSetup(t *testing.T) {
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			d.secrets = append(d.secrets, ldap.Password)
			d.start("--lab", "--theme", theme)
			d.toSetup()
			d.keep("setup-" + theme + "-01-empty")
			d.addDomain(zone.Contoso)
			d.keep("setup-" + theme + "-02-domain")
			d.sections(theme)
			d.lookAgain(theme)
			d.brokenDomain(theme)
			d.stop()
		})
	}
}

// toSetup goes from the empty list to the table of domains.
func (d *desk) toSetup() {
	d.keys("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "Return") // More, the search, Clean-up, Set-up
	d.await("setup:loaded")
}

// addDomain adds a domain. The button to do so has the keyboard in an empty table.
func (d *desk) addDomain(name string) {
	d.keys("Return")
	d.await("dialog:add-domain")
	d.types(name)
	d.keys("Return")
	d.await("domain:loaded")
}

// sections walks through all six, each on the key of its number.
func (d *desk) sections(theme string) {
	d.keys("ctrl+1")
	d.await("page:account.contact")
	d.enters("Anna Berg", "anna@elsewhere.example", "+49 30 1234567")
	d.await("page:account.infrastructure")
	d.keys("Down", "space", "Return") // On-premises
	d.types("CUK1A2")
	d.keep("setup-" + theme + "-03-account")
	d.keys("ctrl+Return")
	d.await("page:account.region")
	d.section("account", "ctrl+Return")

	d.keys("ctrl+2")
	d.await("page:tenant.token")
	d.types(zone.Token)
	d.keys("ctrl+Return")
	d.await("page:tenant.record")
	d.keep("setup-" + theme + "-04-record")
	d.keys("ctrl+Return")
	d.tested("tenant")
	d.section("tenant", "ctrl+Return")

	d.keys("ctrl+4")
	d.await("page:directory.kind")
	d.keys("ctrl+Return")
	d.await("page:directory.server")
	d.types(ldap.Host)
	d.keys("ctrl+Return")
	d.await("page:directory.account")
	d.enters(ldap.Name, ldap.Password, ldap.Base)
	d.tested("directory")
	d.section("directory", "ctrl+Return")

	d.keys("ctrl+5")
	d.await("page:spoofing.senders")
	d.keys("Return")
	d.types(zone.Selector)
	d.keys("ctrl+Return")
	d.tested("spoofing")
	d.keep("setup-" + theme + "-05-spoofing")
	d.section("spoofing", "ctrl+Return")

	d.keys("ctrl+6")
	d.await("page:journaling.address")
	d.types("archive@elsewhere.example")
	d.keys("ctrl+Return")
	d.await("page:journaling.commands")
	d.keep("setup-" + theme + "-06-commands")
	d.keys("ctrl+Return")
	d.tested("journaling")
	d.section("journaling", "ctrl+Return")

	d.keys("ctrl+3")
	d.await("page:routing.hosts")
	d.types("mail." + zone.Contoso)
	d.keys("ctrl+Return")
	d.tested("routing")
	d.keys("ctrl+Return")
	d.await("page:routing.order")
	d.keep("setup-" + theme + "-07-order")
	d.section("routing", "ctrl+Return")
}

// enters types texts, each with Enter behind it.
func (d *desk) enters(texts ...string) {
	for _, text := range texts {
		d.types(text)
		d.keys("Return")
	}
}

// tested runs the test of a section, which its page shows before.
func (d *desk) tested(section string) {
	d.await("page:" + section + ".test")
	d.keys("ctrl+Return")
	d.await("done:" + section + ".test")
}

// section goes on to the summary of a section, keeps it, and is back at the domain.
func (d *desk) section(name, key string) {
	d.keys(key)
	d.await("page:" + name + ".keep")
	d.keys("ctrl+Return")
	d.await("page:" + name + ".kept")
	d.keys("ctrl+Return")
	d.await("domain:loaded")
}

// lookAgain looks again at the domain, and at all domains of the table.
func (d *desk) lookAgain(theme string) {
	d.keys("F5")
	d.await("done:domain")
	d.keep("setup-" + theme + "-08-sections")
	d.keys("alt+Left")
	d.await("setup:loaded")
	d.keys("F5")
	d.await("done:setup")
	d.keep("setup-" + theme + "-09-table")
	d.keys("Right", "Right", "Return") // Domain validation
	d.await("domain:loaded")
	d.keep("setup-" + theme + "-10-section")
	d.keys("alt+Left")
	d.await("setup:loaded")
}

// brokenDomain checks a domain that has no SPF record, and sees what to type.
func (d *desk) brokenDomain(theme string) {
	d.keys("shift+Tab", "shift+Tab", "Return") // past Add a domain, to the check
	d.await("domain-check")
	d.enters("spf-missing.example")
	d.await("done:domain-check")
	d.keep("setup-" + theme + "-11-check")
	d.keys("Next", "Next")
	d.keep("setup-" + theme + "-12-proposals")
}
