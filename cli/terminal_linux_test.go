package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"fairlead/keyring"
	"fairlead/lab"
)

// terminal is a program that runs on a pseudo-terminal, and what it has shown.
type terminal struct {
	t      *testing.T
	master *os.File
	cmd    *exec.Cmd

	mu    sync.Mutex
	more  *sync.Cond
	shown string
	seen  int // how much of it was looked at
	ended bool
}

// start runs this test binary as the program.
func start(t *testing.T, args ...string) *terminal {
	t.Helper()
	master, slave := openTerminal(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	x := &terminal{t: t, master: master, cmd: exec.CommandContext(ctx, self)}
	x.more = sync.NewCond(&x.mu)
	x.cmd.Args = append([]string{"fairleadctl"}, args...)
	x.cmd.Env = append(os.Environ(), "TERM=xterm", "NO_COLOR=1")
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = slave, slave, slave
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := x.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close()
	go x.watch()
	return x
}

// openTerminal makes a pseudo-terminal (pty(7)).
func openTerminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = master.Close() })
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(int(slave.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80}); err != nil {
		t.Fatal(err)
	}
	return master, slave
}

// watch takes in what is shown until the program ends.
func (x *terminal) watch() {
	buffer := make([]byte, 4096)
	for {
		n, err := x.master.Read(buffer)
		x.mu.Lock()
		x.shown += strings.ReplaceAll(string(buffer[:n]), "\r\n", "\n")
		x.ended = err != nil
		x.mu.Unlock()
		x.more.Broadcast()
		if err != nil {
			return
		}
	}
}

// expect waits until a text is shown after the one that was expected last.
func (x *terminal) expect(text string) {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	for {
		if i := strings.Index(x.shown[x.seen:], text); i >= 0 {
			x.seen += i + len(text)
			return
		}
		if x.ended {
			x.t.Fatalf("%q was not shown after\n%s\nbut\n%s", text, x.shown[:x.seen], x.shown[x.seen:])
		}
		x.more.Wait()
	}
}

func (x *terminal) send(text string) {
	x.t.Helper()
	if _, err := io.WriteString(x.master, text); err != nil {
		x.t.Fatal(err)
	}
}

// answer waits for a prompt and types a line.
func (x *terminal) answer(prompt, line string) {
	x.t.Helper()
	x.expect(prompt)
	x.send(line + "\n")
}

// password waits until what is typed is not shown any more, and types.
func (x *terminal) password(prompt, line string) {
	x.t.Helper()
	x.expect(prompt)
	for x.echoes() {
		runtime.Gosched()
	}
	x.send(line)
}

func (x *terminal) echoes() bool {
	x.t.Helper()
	state, err := unix.IoctlGetTermios(int(x.master.Fd()), unix.TCGETS)
	if err != nil {
		x.t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// end waits for the end of the program and wants an exit status.
func (x *terminal) end(status int) {
	x.t.Helper()
	_ = x.cmd.Wait() // its error says no more than the status
	if got := x.cmd.ProcessState.ExitCode(); got != status {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.t.Errorf("exit status %d, not %d, after\n%s", got, status, x.shown)
	}
}

const typedPassword = "Wr0ng-S3cret-9"

func (x *terminal) noPassword() {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	if strings.Contains(x.shown, typedPassword) {
		x.t.Error("the password was shown")
	}
}

func TestPasswordAtATerminal(t *testing.T) {
	l, err := lab.Start(t.Context(), lab.Options{Password: typedPassword})
	if err != nil {
		t.Fatal(err)
	}
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, l.CAPEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	x := start(t, "check", "exchange", "--url", l.LoopbackURL(), "--ca", ca, "--account", lab.Address, "--mailbox", lab.Mailbox)
	x.password("Password of "+lab.Address+" (not shown): ", typedPassword+"\n")
	x.expect("pass  Mailbox check")
	x.end(0)
	x.noPassword()
}

func TestInterruptedPasswordLeavesTheTerminalInOrder(t *testing.T) {
	x := start(t, "check", "exchange", "--lab", "--url", "https://mail.contoso.example/EWS/Exchange.asmx",
		"--account", lab.Address, "--mailbox", lab.Mailbox)
	x.password("(not shown): ", typedPassword)
	x.send("\x03")
	x.expect("interrupted")
	x.end(3)
	x.noPassword()
}

func TestInterruptedCheck(t *testing.T) {
	x := start(t, "check", "exchange", "--lab", "--fault", "port-unreachable",
		"--url", "https://mail.contoso.example/EWS/Exchange.asmx", "--account", lab.Address, "--mailbox", lab.Mailbox)
	x.password("(not shown): ", typedPassword+"\n")
	x.expect("… Port answers")
	x.send("\x03")
	x.expect("skip  Sign-in accepted")
	x.end(3)
	x.noPassword()
}

// TestWizardAtATerminal: Ctrl-C stops a test that hangs, and at a question it
// keeps a draft.
func TestWizardAtATerminal(t *testing.T) {
	data := t.TempDir()
	x := start(t, "new", "--accessible", "--lab", "--data", data, "--fault", "port-unreachable")
	x.answer("Services\n", "2")
	x.answer("Platform\n", "1")
	x.answer("Enter: Next", "")
	x.answer("How to go on\n", "1")
	x.answer("Mail address\n", lab.Address)
	x.answer("Sign-in name", "")
	x.password("Password\n", typedPassword+"\n")
	x.answer("Exchange Web Services URL\n", "https://mail.contoso.example/EWS/Exchange.asmx")
	x.answer("Security mode\n", "")
	x.answer("Mailbox check", lab.Mailbox)
	x.answer("Enter: Test connection", "")
	x.expect("… Port answers")
	x.send("\x03")
	x.expect("– Stopped.")
	x.expect("Enter: Run again")
	x.send("\x03")
	x.expect("kept as a draft, without the password")
	x.end(3)
	x.noPassword()

	x = start(t, "drafts", "--lab", "--data", data)
	x.expect("Exchange, contoso.example, kept on")
	x.end(0)
}

// TestManyAtATerminal: one line tells how far it is and gives way to the others.
func TestManyAtATerminal(t *testing.T) {
	p, _ := fleet(t, 2, keyring.Memory()) // which the process does not have
	x := start(t, "test", "--all", "--lab", "--data", p.dir)
	x.expect("… 0 of 2 · 0 failed. Ctrl-C stops, and keeps what is done.")
	x.expect("– Office ") // either may end first
	x.expect("… 1 of 2")
	x.expect("0 pass, 0 warn, 0 fail, 2 not tested.")
	x.end(3)
}

// TestInterruptedApply: Ctrl-C where it asks whether a password may stay unkept ends all
// of it, with plain lines and with a form.
func TestInterruptedApply(t *testing.T) {
	file := filepath.Join(t.TempDir(), "estate.yaml")
	if err := os.WriteFile(file, []byte(estateOfTwo), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		flags []string
		asks  string // what stands last where it waits
	}{"plain lines": {[]string{"--accessible"}, "[y/N]"}, "a form": {nil, "enter"}} {
		t.Run(name, func(t *testing.T) {
			x := start(t, append([]string{"apply", file, "--lab", "--data", t.TempDir()}, test.flags...)...)
			x.expect("Register the connector all the same?")
			x.expect(test.asks)
			if test.flags == nil { // F1 is no answer
				x.send("\x1bOP")
				x.expect("Enter: on · Esc: back · PgUp: read · Ctrl-C: leave")
				x.expect("Register the connector all the same?")
			}
			x.send("\x03")
			x.expect("Stopped. Nothing is half-made")
			x.end(3)
		})
	}
}

func TestLabEndsWithAnInterrupt(t *testing.T) {
	x := start(t, "lab")
	x.expect("Ctrl-C ends it")
	x.send("\x03")
	x.end(0)
}
