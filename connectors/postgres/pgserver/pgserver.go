//go:build postgres && unix

// Package pgserver runs a PostgreSQL of its own for tests: made anew in a
// temporary folder, reachable on this computer alone, ended with the tests.
package pgserver

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// User signs in with Password over TCP, and without one over the socket.
const (
	User     = "fairlead"
	Password = "S3cret/?@#%"
)

// soon is how long the server may take to start or to end.
const soon = time.Minute

// Server is a running PostgreSQL.
type Server struct {
	Dir  string // of its socket and its data, below it in "data"
	Port int

	bin     string
	account *syscall.Credential
	running *exec.Cmd
	log     *bytes.Buffer // of the last start; read it after the end
	ended   chan error
}

// Start makes a database cluster and starts a server on it.
func Start() (_ *Server, err error) {
	s := &Server{}
	if s.bin, err = programs(); err != nil {
		return nil, err
	}
	if s.account, err = account(); err != nil {
		return nil, err
	}
	if s.Dir, err = os.MkdirTemp("", "fairlead-pg"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(s.Dir))
		}
	}()
	if s.Port, err = freePort(); err != nil {
		return nil, err
	}
	if err := s.initialise(); err != nil {
		return nil, err
	}
	return s, s.run()
}

// initialise makes the cluster. Texts are sorted as people do, where the server
// can, so that it shows where a store relies on the order of bytes.
func (s *Server) initialise() error {
	password := filepath.Join(s.Dir, "password")
	if err := s.Write(password, []byte(Password+"\n")); err != nil {
		return err
	}
	if s.account != nil {
		if err := os.Chown(s.Dir, int(s.account.Uid), int(s.account.Gid)); err != nil {
			return err
		}
	}
	args := []string{
		"--pgdata", s.data(), "--username", User, "--pwfile", password, "--no-sync", "--encoding", "UTF8", "--locale", "C",
		"--auth-local", "trust", "--auth-host", "scram-sha-256",
	}
	if help, err := s.command("initdb", "--help").Output(); err == nil && bytes.Contains(help, []byte("--icu-locale")) {
		args = append(args, "--locale-provider", "icu", "--icu-locale", "en-US")
	}
	if out, err := s.command("initdb", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// Write writes a file that the server alone can read.
func (s *Server) Write(path string, content []byte) error {
	if err := os.WriteFile(path, content, 0o600); err != nil || s.account == nil {
		return err
	}
	return os.Chown(path, int(s.account.Uid), int(s.account.Gid))
}

// run starts the server and waits until it takes connections.
func (s *Server) run() error {
	s.running = s.command("postgres", "-D", s.data(), "-k", s.Dir, "-h", "127.0.0.1", "-p", strconv.Itoa(s.Port),
		"-c", "logging_collector=off",
		"-c", "fsync=off") // what the disk does when the power fails is not on trial; a crash of the server is
	dieWithParent(s.running.SysProcAttr)
	log, err := s.running.StderrPipe()
	if err != nil {
		return err
	}
	if err := s.running.Start(); err != nil {
		return err
	}
	s.log, s.ended = &bytes.Buffer{}, make(chan error, 1)
	ready := make(chan struct{})
	go func() {
		lines := bufio.NewScanner(io.TeeReader(log, s.log))
		for told := false; lines.Scan(); {
			if !told && strings.Contains(lines.Text(), "is ready to accept connections") {
				close(ready)
				told = true
			}
		}
		s.ended <- s.running.Wait()
	}()
	select {
	case <-ready:
		return nil
	case err := <-s.ended:
		return fmt.Errorf("the server did not start: %w\n%s", err, s.log)
	case <-time.After(soon):
		return errors.Join(errors.New("the server does not start"), s.End(syscall.SIGKILL))
	}
}

// End ends the server: with SIGINT in good order, with SIGQUIT as if it had
// crashed. The databases stay.
func (s *Server) End(signal syscall.Signal) error {
	if err := s.running.Process.Signal(signal); err != nil {
		return err
	}
	select {
	case <-s.ended:
		return nil
	case <-time.After(soon):
		return errors.New("the server does not end")
	}
}

// Again starts a server that was ended.
func (s *Server) Again() error { return s.run() }

// Stop ends the server and removes what it leaves.
func (s *Server) Stop() error { return errors.Join(s.End(syscall.SIGINT), os.RemoveAll(s.Dir)) }

// Socket is the address of a database over the server's socket, without a
// password.
func (s *Server) Socket(database string) string {
	return fmt.Sprintf("postgres://%s@/%s?host=%s&port=%d", User, database, s.Dir, s.Port)
}

func (s *Server) data() string { return filepath.Join(s.Dir, "data") }

// command is one of the server's programs, run as its account.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = "/"
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "PG") }), "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.account, Setpgid: true} // a terminal's Ctrl-C is for the test
	return cmd
}

// freePort is a port on loopback that nothing listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// Folder makes a folder that the server alone can use, below its own.
func (s *Server) Folder(name string) (string, error) {
	path := filepath.Join(s.Dir, name)
	if err := os.Mkdir(path, 0o700); err != nil {
		return "", err
	}
	return path, s.Own(path)
}

// Own gives a file or a folder to the server's account.
func (s *Server) Own(path string) error {
	if s.account == nil {
		return nil
	}
	return os.Chown(path, int(s.account.Uid), int(s.account.Gid))
}
