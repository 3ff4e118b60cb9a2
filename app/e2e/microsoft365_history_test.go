//go:build e2e

package e2e

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // Chromium's history is such a file
)

// tokenStart is how every token of the lab's Entra begins: a JWT's head, whose
// first member is alg.
const tokenStart = "eyJhbGciOi"

// proveHistory closes the browser, and fails the test where its history has a
// token, or a code anywhere but in an address of the program's own: the redirect
// that brought it. The desk then looks for the codes wherever the program writes.
func (c *chromium) proveHistory() {
	c.t.Helper()
	c.quit()
	if len(c.codes) == 0 {
		c.t.Fatal("no code was seen in any address, so that nothing was proven")
	}
	c.desk.secrets = append(c.desk.secrets, tokenStart)
	for code := range c.codes {
		c.desk.secrets = append(c.desk.secrets, code)
	}
	visited := c.history()
	if len(visited) == 0 {
		c.t.Fatal("the history is empty, so that nothing was proven")
	}
	for address, title := range visited {
		u, err := url.Parse(address)
		if err != nil {
			c.t.Fatal(err)
		}
		redirect := u.Scheme == "http" && u.Hostname() == "localhost" && u.Path == "/"
		if strings.Contains(address+title, tokenStart) || u.Query().Has("code") && !redirect || u.Fragment != "" {
			c.t.Errorf("the history has %s (%s)", address, title)
		}
		for code := range c.codes {
			if strings.Contains(title, code) || strings.Contains(address, code) && !redirect {
				c.t.Errorf("the history has a code: %s (%s)", address, title)
			}
		}
	}
}

// history is the title of every address that the browser keeps.
func (c *chromium) history() map[string]string {
	c.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(c.profile, "Default", "History")+"?mode=ro")
	if err != nil {
		c.t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT url, title FROM urls")
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var address, title string
		if err := rows.Scan(&address, &title); err != nil {
			c.t.Fatal(err)
		}
		all[address] = title
	}
	if err := rows.Err(); err != nil {
		c.t.Fatal(err)
	}
	return all
}
