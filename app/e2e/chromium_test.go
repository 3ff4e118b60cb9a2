//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// chromium is the browser that the system calls the default one. The program
// opens it by xdg-open; the test reads its pages and presses their buttons over
// a pair of pipes, as Chromium's --remote-debugging-pipe has it: messages in
// JSON that end with a zero byte.
type chromium struct {
	t       *testing.T
	desk    *desk
	profile string

	ended   chan struct{}
	in      io.WriteCloser
	replies chan reply
	sent    int

	mu    sync.Mutex
	codes map[string]bool // authorization codes in the addresses that it went to
}

type reply struct {
	ID     int
	Result json.RawMessage
	Error  *struct{ Message string }
}

// newChromium makes the desk's browser known to xdg-open, and starts it.
func newChromium(d *desk) *chromium {
	d.t.Helper()
	c := &chromium{t: d.t, desk: d, profile: d.t.TempDir(), codes: map[string]bool{}}
	folder := d.t.TempDir()
	shim := "#!/bin/sh\nexport DISPLAY=" + d.display + ".1 HOME=" + c.profile + "\nexec " + strings.Join(c.command(), " ") + ` "$@"` + "\n"
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(shim), 0o700); err != nil {
		d.t.Fatal(err)
	}
	d.path = folder + string(os.PathListSeparator) + d.path
	c.start()
	return c
}

// command starts Chromium without a question, and lets it reach this computer
// alone.
func (c *chromium) command() []string {
	name := "chromium"
	if _, err := exec.LookPath(name); err != nil {
		name = "chromium-browser" // as Fedora calls it
	}
	command := []string{
		name, "--user-data-dir=" + c.profile, "--no-first-run", "--no-default-browser-check", "--disable-gpu",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-breakpad",
		"--password-store=basic", "--window-position=0,0", "--window-size=900,620",
		"'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1'",
	}
	if os.Geteuid() == 0 {
		command = append(command, "--no-sandbox") // it refuses to run as root with one
	}
	return command
}

// start opens the browser with an empty page.
func (c *chromium) start() {
	c.t.Helper()
	theirs, in, err := os.Pipe()
	if err != nil {
		c.t.Fatal(err)
	}
	out, said, err := os.Pipe()
	if err != nil {
		c.t.Fatal(err)
	}
	program := exec.Command("sh", "-c", "exec "+strings.Join(c.command(), " ")+" --remote-debugging-pipe about:blank")
	program.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.profile, "DISPLAY=" + c.desk.display + ".1", "LANG=C.UTF-8"}
	program.ExtraFiles = []*os.File{theirs, said} // 3 and 4
	if err := program.Start(); err != nil {
		c.t.Fatalf("start Chromium: %v; make deps installs it", err)
	}
	theirs.Close()
	said.Close()
	c.in, c.replies, c.ended = in, make(chan reply), make(chan struct{})
	go c.listen(out, c.replies)
	go func() {
		_ = program.Wait()
		close(c.ended)
	}()
	c.t.Cleanup(func() {
		_ = program.Process.Kill()
		<-c.ended
	})
	c.page("about:blank")
}

var codeInAddress = regexp.MustCompile(`[?&]code=([^&"#]+)`)

// listen takes what the browser says, and keeps the codes in it.
func (c *chromium) listen(out io.ReadCloser, replies chan<- reply) {
	defer close(replies)
	defer out.Close()
	messages := bufio.NewReader(out)
	for {
		message, err := messages.ReadBytes(0)
		if err != nil {
			return // it has ended
		}
		c.mu.Lock()
		for _, found := range codeInAddress.FindAllSubmatch(message, -1) {
			c.codes[string(found[1])] = true
		}
		c.mu.Unlock()
		var r reply
		if json.Unmarshal(bytes.TrimSuffix(message, []byte{0}), &r) == nil && r.ID != 0 { // not an event
			replies <- r
		}
	}
}

// call asks the browser for something, or a page of it.
func (c *chromium) call(page, method string, parameters map[string]any, result any) {
	c.t.Helper()
	c.sent++
	message := map[string]any{"id": c.sent, "method": method, "params": parameters}
	if page != "" {
		message["sessionId"] = page
	}
	data, err := json.Marshal(message)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.in.Write(append(data, 0)); err != nil {
		c.t.Fatalf("Chromium has ended: %v", err)
	}
	select {
	case r, more := <-c.replies:
		switch {
		case !more || r.ID != c.sent:
			c.t.Fatalf("Chromium gives no answer to %s", method)
		case r.Error != nil:
			c.t.Fatalf("%s: %s", method, r.Error.Message)
		case result != nil:
			if err := json.Unmarshal(r.Result, result); err != nil {
				c.t.Fatalf("%s: %v", method, err)
			}
		}
	case <-time.After(patience):
		c.t.Fatalf("Chromium does not answer %s", method)
	}
}

// target is a page of the browser.
type target struct{ TargetID, Type, Title, URL string }

// pages lists the tabs.
func (c *chromium) pages() (tabs []target) {
	c.t.Helper()
	var all struct{ TargetInfos []target }
	c.call("", "Target.getTargets", map[string]any{}, &all)
	for _, t := range all.TargetInfos {
		if t.Type == "page" {
			tabs = append(tabs, t)
		}
	}
	return tabs
}

// page waits for a tab with a title, and returns the way to it.
func (c *chromium) page(title string) (page string) {
	c.t.Helper()
	deadline := time.Now().Add(patience)
	var tabs []target
	for time.Now().Before(deadline) {
		tabs = c.pages()
		for _, tab := range tabs {
			if tab.Title == title {
				return c.attach(tab)
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	c.t.Fatalf("Chromium has no page %q; it has %v", title, tabs)
	return ""
}

func (c *chromium) attach(tab target) (page string) {
	c.t.Helper()
	var attached struct{ SessionID string }
	c.call("", "Target.attachToTarget", map[string]any{"targetId": tab.TargetID, "flatten": true}, &attached)
	c.call(attached.SessionID, "Network.enable", map[string]any{}, nil) // it tells of every address from now on
	return attached.SessionID
}

// run runs a line of JavaScript in a page and returns what it comes to as text.
func (c *chromium) run(page, script string) string {
	c.t.Helper()
	var got struct {
		Result           struct{ Value string }
		ExceptionDetails *struct{ Text string }
	}
	c.call(page, "Runtime.evaluate", map[string]any{"expression": "String(" + script + ")", "userGesture": true}, &got)
	if got.ExceptionDetails != nil {
		c.t.Fatalf("%s: %s", script, got.ExceptionDetails.Text)
	}
	return got.Result.Value
}

// press presses the button of a page with a value, as its form sends it.
func (c *chromium) press(title, value string) {
	c.t.Helper()
	c.run(c.page(title), fmt.Sprintf("document.querySelector('button[value=%q]').click()", value))
}

// text is what stands in an element of a page.
func (c *chromium) text(title, element string) string {
	c.t.Helper()
	return c.run(c.page(title), fmt.Sprintf("document.querySelector(%q).textContent", element))
}

// waitFor waits until an element of a page holds a text.
func (c *chromium) waitFor(title, element, text string) {
	c.t.Helper()
	page := c.page(title)
	script := fmt.Sprintf("[...document.querySelectorAll(%q)].some(e => e.textContent.includes(%q))", element, text)
	deadline := time.Now().Add(patience)
	for c.run(page, script) != "true" {
		if time.Now().After(deadline) {
			c.t.Fatalf("no %s of %q holds %q", element, title, text)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// keep keeps a picture of a page, as docs/screens/NAME.png.
func (c *chromium) keep(title, name string) {
	c.t.Helper()
	var shot struct{ Data string }
	c.call(c.page(title), "Page.captureScreenshot", map[string]any{"format": "png"}, &shot)
	picture, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		c.t.Fatal(err)
	}
	save(c.t, name, picture)
}

// tidy closes all tabs but an empty one.
func (c *chromium) tidy() {
	c.t.Helper()
	for _, tab := range c.pages() {
		if tab.URL != "about:blank" {
			c.call("", "Target.closeTarget", map[string]any{"targetId": tab.TargetID}, nil)
		}
	}
}

// quit closes the browser, as its user would.
func (c *chromium) quit() {
	c.t.Helper()
	c.call("", "Browser.close", map[string]any{}, nil)
	select {
	case <-c.ended:
	case <-time.After(patience):
		c.t.Fatal("Chromium does not end")
	}
}
