package oauth

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"sync"
	"time"

	"github.com/pkg/browser"
)

// Browser opens an address in the browser of the person at this computer.
type Browser interface {
	// Open returns once the browser was told, or fails with an error of kind
	// [NoBrowser]. That it opened is proved only by [Receiver.Reached].
	Open(ctx context.Context, address string) error
}

// SystemBrowser is the browser that the system calls the default one.
type SystemBrowser struct {
	// System is the name of the operating system, as runtime.GOOS has it.
	System string
	// Getenv reads the environment, as os.Getenv does.
	Getenv func(string) string
}

// launchTime is how long a launcher may take. Some run until the browser is
// closed, so that a launcher that still runs then has done its work.
const launchTime = 10 * time.Second

// longest is how long an address may be for ShellExecute, which takes 2,083
// characters with its end (INTERNET_MAX_URL_LENGTH in wininet.h) and opens
// nothing, or a part, of a longer one. A sign-in opens the short address of its
// [Receiver], which leads on to the long one.
const longest = 2048

// Open opens an address.
func (b SystemBrowser) Open(ctx context.Context, address string) error {
	if err := b.Available(); err != nil {
		return err
	}
	if b.System == "windows" && len(address) > longest {
		return fail(NoBrowser, "the address is longer than Windows passes on to a browser")
	}
	return launch(ctx, address, openQuietly)
}

// Available says why no browser can be opened here, with an error of kind
// [NoBrowser]: signed in over SSH, in WSL, or without a display.
func (b SystemBrowser) Available() error {
	set := func(names ...string) bool {
		for _, name := range names {
			if b.Getenv(name) != "" {
				return true
			}
		}
		return false
	}
	switch {
	case set("SSH_CONNECTION", "SSH_TTY"):
		return fail(NoBrowser, "this is a session over SSH: a browser would open on the other computer")
	case set("WSL_DISTRO_NAME"):
		return fail(NoBrowser, "this is Linux inside Windows: the browser is outside")
	case b.System != "windows" && b.System != "darwin" && !set("DISPLAY", "WAYLAND_DISPLAY"):
		return fail(NoBrowser, "there is no display here to open a browser on")
	}
	return nil
}

func launch(ctx context.Context, address string, open func(string) error) error {
	ended := make(chan error, 1)
	go func() { ended <- open(address) }()
	timer := time.NewTimer(launchTime)
	defer timer.Stop()
	select {
	case err := <-ended:
		switch {
		case err == nil:
			return nil
		case errors.Is(err, exec.ErrNotFound):
			return fail(NoBrowser, "no program to open a browser with was found")
		default:
			return failWith(NoBrowser, "the browser could not be opened", err)
		}
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return failWith(Cancelled, "the sign-in was cancelled", ctx.Err())
	}
}

// silence keeps the launcher's chatter out of the terminal that the wizard is
// drawn on: the library would hand it our standard output.
var silence = sync.OnceFunc(func() { browser.Stdout, browser.Stderr = io.Discard, io.Discard })

func openQuietly(address string) error {
	silence()
	return browser.OpenURL(address)
}
