//go:build e2e

package e2e

import (
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/lab/google"
)

// delegation is the title of the lab's page for domain-wide delegation.
const delegation = "Domain-wide delegation (LAB)"

// TestGoogle makes a connector to the lab's Google Workspace with the key of a
// service account that nobody has authorised yet: it waits, is closed, goes on
// from its draft, is authorised in a real browser on the page that comes filled
// in, and is verified. The private key is nowhere but in the keyring afterwards.
func TestGoogle(t *testing.T) {
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) {
			d, name := newDesk(t), "google-"+theme
			c := newChromium(d)
			key := d.keyFile()
			d.start("--lab", "--theme", theme)
			d.toClient(name)
			d.giveKey(key)
			d.keep(name + "-03-client")
			d.keys("ctrl+Return")
			d.await("page:google.delegation")
			d.keep(name + "-04-delegation")
			d.keys("Return") // too early
			d.await("done:google.delegation")
			d.keep(name + "-05-waiting")
			d.stop()

			d.start("--lab", "--theme", theme)
			d.keep(name + "-06-draft")
			d.keys("Return") // the draft is the first row
			d.await("page:google.client")
			d.keep(name + "-07-resumed") // no draft holds a key: it is read again
			d.keys("ctrl+Return")
			d.await("page:google.delegation")
			d.openDelegation()
			c.keep(delegation, "google-page-filled-in")
			c.press(delegation, "authorize")
			c.waitFor(delegation, "td", google.ClientID(google.NewAccount))
			c.keep(delegation, "google-page-authorized")
			d.verify(name)
			d.stop()
		})
	}
}

// keyFile writes the key of an account that is authorised nowhere, as it is
// downloaded, outside of HOME, and has the desk look for parts of it.
func (d *desk) keyFile() (path string) {
	d.t.Helper()
	data := google.KeyFile(google.NewAccount)
	path = filepath.Join(d.t.TempDir(), "fairlead-new-2b4d6f.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		d.t.Fatal(err)
	}
	var file struct {
		Key string `json:"private_key"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		d.t.Fatal(err)
	}
	block, _ := pem.Decode([]byte(file.Key))
	d.secrets = append(d.secrets, string(block.Bytes[600:648]), strings.Split(file.Key, "\n")[9])
	return path
}

// toClient goes from the empty list to the page that asks for the client.
func (d *desk) toClient(name string) {
	d.t.Helper()
	d.keys("Return")
	d.await("page:services")
	d.keys("Down", "Down", "Down", "Down", "Down", "space", "ctrl+Return") // Remediation
	d.await("page:provider")
	d.keys("Down", "Down", "space", "ctrl+Return")
	d.await("page:google.guide")
	d.keep(name + "-01-before-you-start")
	d.keys("ctrl+Return")
	d.await("page:google.customer")
	d.types(google.CustomerID)
	d.keys("Return")
	d.types(google.Mailbox)
	d.keep(name + "-02-organisation")
	d.keys("ctrl+Return")
	d.await("page:google.client")
}

// giveKey names the key file, on the page that asks for it.
func (d *desk) giveKey(path string) {
	d.t.Helper()
	d.keys("Return", "ctrl+a") // the way by a file is chosen: on to its name
	d.types(path)
}

// openDelegation opens the page with the form filled in, from the box that a page
// which has waited begins with.
func (d *desk) openDelegation() {
	d.t.Helper()
	d.keys("Tab", "Tab", "Tab", "Return") // past both Copy
}

// verify goes on once the client is authorised, to a connector that is verified.
func (d *desk) verify(name string) {
	d.t.Helper()
	d.focus()
	d.keys("ctrl+Return")
	d.await("page:google.test")
	d.keep(name + "-08-test")
	d.keys("Return")
	d.await("done:google.test")
	d.keep(name + "-09-verified")
	d.keys("Return")
	d.await("page:name")
	d.keep(name + "-10-name")
	d.keys("Return", "Return")
	d.await("page:summary")
	d.keep(name + "-11-summary")
	d.keys("Return")
	d.await("page:created")
	d.keep(name + "-12-created")
	d.keys("Return")
	d.await("list:loaded")
	d.keep(name + "-13-list")
	d.keys("Return")
	d.await("details:loaded")
	d.keep(name + "-14-details")
	d.keys("alt+Left")
	d.await("list:loaded")
	d.keys("Menu", "Down", "Return")
	d.await("done:details")
	d.keep(name + "-15-tested-again")
}
