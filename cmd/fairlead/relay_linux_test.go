//go:build e2e

package main

import (
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// silentAfterTrial stands before a display and returns DISPLAY=… for it. It
// passes everything on until somebody who has used the display hangs up, which
// is the trial. Whoever comes later is let in and never answered.
func silentAfterTrial(t *testing.T, display string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	_, addresses, err := displayAddress(strings.TrimPrefix(display, "DISPLAY="))
	if err != nil {
		t.Fatal(err)
	}
	// The program connects the moment that the trial's process is gone, which may be
	// before its connection is seen to end here: whoever comes while another one is open
	// waits for that end, for a while.
	var silent atomic.Bool
	last := make(chan struct{}) // closed once the connection before has ended
	close(last)
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			before, ended := last, make(chan struct{})
			last = ended
			go func() {
				defer close(ended)
				select {
				case <-before:
				case <-time.After(2 * time.Second): // it is the same process: the trial uses both
				}
				if silent.Load() {
					t.Cleanup(func() { _ = in.Close() })
				} else if passOn(in, addresses[0]) > 0 {
					silent.Store(true)
				}
			}()
		}
	}()
	return fmt.Sprintf("DISPLAY=127.0.0.1:%d", l.Addr().(*net.TCPAddr).Port-firstPort)
}

// passOn connects somebody with a display until they hang up, and returns how
// many bytes they sent.
func passOn(in net.Conn, address string) int64 {
	defer in.Close()
	out, err := net.Dial("unix", address)
	if err != nil {
		return 0
	}
	defer out.Close()
	go func() { _, _ = io.Copy(in, out) }()
	n, _ := io.Copy(out, in)
	return n
}
