//go:build unix

package form

import (
	"io"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// tap lets one form at a time read the terminal. The library's own reader may go on
// reading for a moment after its form has ended, and so swallow the first key that is
// meant for the next one (bubbletea v2.0.2). A tap that is turned off reads no more.
//
// It has no Name, so that the library takes it for something that it cannot cancel
// and leaves that to us.
type tap struct {
	file     *os.File
	off, cut *os.File // a pipe: closing cut makes off readable
	reading  sync.Mutex
	once     sync.Once
}

// input is what a form reads: the terminal through a tap. close returns once nothing
// reads any more.
func input(in io.Reader) (r io.Reader, end, wait func(), err error) {
	file, ok := in.(*os.File)
	if !ok {
		return in, func() {}, func() {}, nil
	}
	off, cut, err := os.Pipe()
	if err != nil {
		return nil, nil, nil, err
	}
	t := &tap{file: file, off: off, cut: cut}
	return t, t.turnOff, t.wait, nil
}

// Read waits for a key, or for the end of the form.
func (t *tap) Read(p []byte) (int, error) {
	t.reading.Lock()
	defer t.reading.Unlock()
	terminal, off := int(t.file.Fd()), int(t.off.Fd())
	for {
		var ready unix.FdSet
		ready.Set(terminal)
		ready.Set(off)
		_, err := unix.Select(max(terminal, off)+1, &ready, nil, nil, nil)
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return 0, os.NewSyscallError("select", err)
		case ready.IsSet(off):
			return 0, io.EOF
		}
		return t.file.Read(p)
	}
}

// Write, Close and Fd are there because the library asks a terminal for them. The
// terminal stays open.
func (t *tap) Write(p []byte) (int, error) { return t.file.Write(p) }

// Close does nothing.
func (t *tap) Close() error { return nil }

// Fd is the terminal's, for its size and modes.
func (t *tap) Fd() uintptr { return t.file.Fd() }

func (t *tap) turnOff() { t.once.Do(func() { _ = t.cut.Close() }) }

// wait returns once nothing reads.
func (t *tap) wait() {
	t.turnOff()
	t.reading.Lock()
	defer t.reading.Unlock()
	_ = t.off.Close() // only now that nobody selects on it
}
