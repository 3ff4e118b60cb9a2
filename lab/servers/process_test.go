//go:build servers

package servers

import (
	"context"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fairlead/lab"
)

// stage is where the servers of one case run.
type stage struct {
	t           *testing.T
	authorities *authorities
	lab         string // a healthy Exchange, as host:port
	running     []process
}

// stages starts the lab that stands behind, and returns what makes a stage for
// one case.
func stages(t *testing.T) func(t *testing.T) *stage {
	t.Helper()
	a := newAuthorities(t)
	behind, err := lab.Start(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(behind.LoopbackURL())
	if err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T) *stage {
		return &stage{t: t, authorities: a, lab: net.JoinHostPort("127.0.0.1", u.Port())}
	}
}

type process struct {
	stop func() // returns once it has ended
	dir  string
}

// files makes a folder for one server and writes its files.
func (s *stage) files(files map[string][]byte) (dir string) {
	dir = s.t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	return dir
}

// open lets every account read a file in a folder.
func (s *stage) open(dir, file string) {
	for path, mode := range map[string]os.FileMode{filepath.Dir(dir): 0o711, dir: 0o711, filepath.Join(dir, file): 0o644} {
		if err := os.Chmod(path, mode); err != nil {
			s.t.Fatal(err)
		}
	}
}

// certificate is what the server of a folder shows, with its key.
func (s *stage) certificate(c certificate) []byte {
	if c == nil {
		return nil
	}
	return encode(s.t, c(s.t, s.authorities))
}

// start runs a server in the foreground until the case is over, and waits until
// it listens. The signal lets it bring to an end what it has under way.
func (s *stage) start(dir, address string, end os.Signal, command ...string) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Dir = dir
	c.Cancel = func() error { return c.Process.Signal(end) }
	c.WaitDelay = 5 * time.Second
	out, err := os.Create(filepath.Join(dir, "out.log"))
	if err != nil {
		s.t.Fatal(err)
	}
	c.Stdout, c.Stderr = out, out
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = c.Wait()
		_ = out.Close()
	}()
	stop := func() {
		cancel()
		<-ended
	}
	s.t.Cleanup(stop)
	s.running = append(s.running, process{stop, dir})
	// Nothing but an answer tells that a server of somebody else's is ready.
	for again := time.NewTicker(10 * time.Millisecond); ; {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-again.C:
		case <-ended:
			s.t.Fatalf("%s ended: %s", command[0], s.logs())
		}
	}
}

// stop ends every server, so that all it has to say stands in its logs.
func (s *stage) stop() {
	for _, p := range s.running {
		p.stop()
	}
}

// logs are what the servers wrote.
func (s *stage) logs() string {
	var all strings.Builder
	for _, p := range s.running {
		files, err := filepath.Glob(filepath.Join(p.dir, "*.log"))
		if err != nil {
			s.t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				s.t.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}

// freeAddress is one on loopback that nobody listens on. Its port is below those
// that systems give out by themselves, so that nobody takes it meanwhile.
func (s *stage) freeAddress() string {
	for {
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(20000+rand.IntN(10000))))
		if err != nil {
			continue // it is taken
		}
		defer listener.Close()
		return listener.Addr().String()
	}
}

// program finds a server's program. Those of system services stand in folders
// that are not everybody's to search.
func (s *stage) program(names ...string) string {
	for _, name := range names {
		for _, folder := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/usr/local/sbin") {
			if path, err := exec.LookPath(filepath.Join(folder, name)); err == nil {
				return path
			}
		}
	}
	s.t.Skipf("%s is not installed; on Debian: apt install nginx apache2-bin haproxy", names[0])
	return ""
}
