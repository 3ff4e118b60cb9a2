package doctor

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/logfile"
	"fairlead/network"
	"fairlead/secret"
	"fairlead/workspace"
)

const hidden = "Pa55-hidden-w0rd"

// ring is a keyring that answers in one way.
type ring struct {
	keyring.Keyring
	err error
}

func (r ring) Probe(context.Context) error { return r.err }

// healthy is a computer on which nothing is wrong, in the lab's world.
func healthy(t *testing.T) Patient {
	t.Helper()
	return Patient{
		World:  workspace.Options{Lab: true, Dir: t.TempDir(), Keyring: keyring.Memory()},
		Getenv: func(string) string { return "set" }, // a display and whatever else is asked for
	}
}

// outside is a healthy computer whose network is changed.
func outside(t *testing.T, change func(*network.Network)) Patient {
	t.Helper()
	l, err := lab.Start(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	n := *l.Network()
	change(&n)
	p := healthy(t)
	p.World.Lab, p.World.Network = false, &n
	return p
}

func TestFindings(t *testing.T) {
	display := func(name string) string { return map[string]string{"DISPLAY": ":0"}[name] }
	proxied := func(address string) func(*network.Network) {
		return func(n *network.Network) {
			var err error
			if n.Proxy, err = network.NewProxy(address, os.Getenv); err != nil {
				t.Fatal(err)
			}
		}
	}
	script := func(text string) string {
		path := filepath.Join(t.TempDir(), "fairlead")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, test := range []struct {
		code    string // of the one finding; empty for none
		patient func() Patient
	}{
		{"", func() Patient { return healthy(t) }},
		{"keyring-locked", func() Patient {
			p := healthy(t)
			p.World.Keyring = ring{keyring.Memory(), &keyring.Error{Op: "probe", Kind: keyring.ErrLocked}}
			return p
		}},
		{"keyring-denied", func() Patient {
			p := healthy(t)
			p.World.Keyring = ring{keyring.Memory(), &keyring.Error{Op: "probe", Kind: keyring.ErrDenied}}
			return p
		}},
		{"keyring-silent", func() Patient {
			p := healthy(t)
			p.World.Keyring = ring{keyring.Memory(), &keyring.Error{Op: "probe", Kind: keyring.ErrTimeout}}
			return p
		}},
		{"keyring-unavailable", func() Patient {
			p := healthy(t)
			p.World.Keyring = ring{keyring.Memory(), errors.New("no bus")}
			return p
		}},
		{"no-browser", func() Patient {
			p := healthy(t)
			p.Getenv = func(name string) string { return map[string]string{"SSH_TTY": "/dev/pts/1"}[name] }
			return p
		}},
		{"no-opengl", func() Patient {
			p := healthy(t)
			p.Window = script("echo no GLX here; exit 3")
			return p
		}},
		{"", func() Patient {
			p := healthy(t)
			p.Window = script(`[ "$1" = ` + ProbeFlag + ` ] && echo OpenGL 4.5`)
			return p
		}},
		{"folder-unusable", func() Patient {
			p := outside(t, func(*network.Network) {})
			file := filepath.Join(p.World.Dir, "file")
			if err := os.WriteFile(file, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			p.World.Dir = filepath.Join(file, "data")
			return p
		}},
		{"registry-damaged", func() Patient {
			p := healthy(t)
			dir := filepath.Join(p.World.Dir, "lab")
			if err := errors.Join(os.Mkdir(dir, 0o700), os.WriteFile(filepath.Join(dir, "connectors.db"), []byte("no registry at all"), 0o600)); err != nil {
				t.Fatal(err)
			}
			return p
		}},
		{"registry-unusable", func() Patient {
			p := healthy(t)
			p.World.Catalogue = filepath.Join(p.World.Dir, "none")
			return p
		}},
		{"crashed", func() Patient {
			p := healthy(t)
			folder := logfile.Folder(p.World.Dir)
			if err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, "crash-20260101-000000.txt"), []byte("panic"), 0o600)); err != nil {
				t.Fatal(err)
			}
			return p
		}},
		{"proxy-setting", func() Patient {
			p := healthy(t)
			p.World.Lab, p.World.Proxy = false, "proxy.contoso.com"
			return p
		}},
		{"authorities-setting", func() Patient {
			p := healthy(t)
			p.World.Lab, p.World.Proxy, p.World.Authorities = false, "none", filepath.Join("testdata", "..", "doctor.go")
			return p
		}},
		{"proxy-unreachable", func() Patient { return outside(t, proxied("127.0.0.1:1")) }},
		{"no-names", func() Patient {
			return outside(t, func(n *network.Network) {
				n.Lookup = func(_ context.Context, host string) ([]netip.Addr, error) {
					return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
				}
			})
		}},
		{"cloud-unreachable", func() Patient {
			return outside(t, func(n *network.Network) {
				n.Dial = func(context.Context, netip.AddrPort) (net.Conn, error) { return nil, errors.New("no route") }
			})
		}},
		{"tls-inspected", func() Patient {
			return outside(t, func(n *network.Network) {
				n.SystemRoots, n.PublicRoots = n.PublicRoots, network.System().PublicRoots
			})
		}},
		{"clock-wrong", func() Patient {
			return outside(t, func(n *network.Network) { n.Now = func() time.Time { return time.Now().Add(-6 * time.Minute) } })
		}},
		{"clock-off", func() Patient {
			return outside(t, func(n *network.Network) { n.Now = func() time.Time { return time.Now().Add(time.Minute) } })
		}},
	} {
		t.Run(test.code, func(t *testing.T) {
			p := test.patient()
			if p.Getenv("SSH_TTY") != "/dev/pts/1" {
				p.Getenv = display
			}
			r := Suite(p).Run(t.Context(), nil)
			var codes []string
			for _, c := range r.Checks {
				if c.Cause() != "" {
					codes = append(codes, c.Cause())
				}
				for _, d := range c.Diagnoses {
					if strings.Contains(d.Remedy+d.Title+strings.Join(d.Likely, ""), "<no value>") {
						t.Errorf("%s has a gap: %+v", d.Code, d)
					}
				}
			}
			if got := strings.Join(codes, " "); got != test.code && !(strings.HasSuffix(test.code, "-setting") && strings.HasPrefix(got, "registry-unusable")) {
				t.Errorf("found %q: %s", got, r.Headline())
			}
			if !r.Complete() {
				t.Error("the examination was not finished")
			}
		})
	}
}

// TestProxyWantsSignIn goes through a proxy that lets nobody through.
func TestProxyWantsSignIn(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if _, err := conn.Read(make([]byte, 4096)); err != nil {
					return // it was only looked whether there is a proxy
				}
				_, _ = io.WriteString(conn, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n")
			}()
		}
	}()
	p := outside(t, func(n *network.Network) {
		n.Lookup, n.Dial = network.System().Lookup, network.System().Dial // the proxy is no part of the lab
		if n.Proxy, err = network.NewProxy("", func(name string) string {
			return map[string]string{"HTTPS_PROXY": "http://ana:" + hidden + "@" + listener.Addr().String()}[name]
		}); err != nil {
			t.Fatal(err)
		}
	})
	p.Getenv = func(name string) string { return map[string]string{"DISPLAY": ":0"}[name] }
	r := Suite(p).Run(t.Context(), nil)
	if r.Worst() == nil || r.Worst().Cause() != "proxy-wants-sign-in" {
		t.Errorf("found %+v", r.Checks)
	}
	text, err := r.MarshalJSON()
	if err != nil || strings.Contains(string(text), hidden) {
		t.Errorf("the report holds the proxy's password, or %v:\n%s", err, text)
	}
}

func TestBundle(t *testing.T) {
	dir := t.TempDir()
	log, closer := logfile.Open(logfile.Folder(dir))
	log.Info("signed in as anna.berg@contoso.com", "password", secret.New(hidden), "error", "https://x:"+hidden+"@y/")
	closer.Close()
	if err := os.WriteFile(filepath.Join(logfile.Folder(dir), "crash-20260101-000000.txt"), []byte("panic: token="+hidden), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "support.zip")
	if err := Bundle(path, dir, check.Report{Started: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has %v, %v", info.Mode(), err)
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil || strings.Contains(string(text), hidden) || strings.Contains(string(text), "anna.berg") {
			t.Errorf("%s, %v, holds a secret or a name:\n%s", f.Name, err, text)
		}
	}
	if got := strings.Join(names, " "); got != "README.txt doctor.txt doctor.json log/fairlead.log log/crash-20260101-000000.txt" {
		t.Errorf("the bundle has %s", got)
	}
	if err := Bundle(path, dir, check.Report{}); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second one: %v", err)
	}
}
