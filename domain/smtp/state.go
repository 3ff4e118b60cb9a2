package smtp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"sync/atomic"

	"fairlead/domain/certificate"
	"fairlead/network"
	"fairlead/providers"
)

// test is the state of one test. Each check writes the fields under its name and
// reads those of the checks that it needs.
type test struct {
	net    *network.Network
	target Target

	certificate.Seen // tls

	raw  net.Conn // port
	conn net.Conn // port, then tls: what is spoken on
	in   *bufio.Reader

	greeting   string   // greeting
	extensions []string // greeting

	away atomic.Bool // something went wrong from here, see [Target.Elsewhere]

	said string // the last answer of the server: the checks come one after the other
}

func (s *test) close() {
	if s.raw != nil {
		_ = s.raw.Close()
	}
}

// speak goes on over a connection.
func (s *test) speak(conn net.Conn) { s.conn, s.in = conn, bufio.NewReader(conn) }

// hear reads one answer and returns what it says. Its error is nil for 2xx, and
// [*refusal] for others.
func (s *test) hear() (text string, err error) {
	code, text, err := textproto.NewReader(s.in).ReadResponse(0)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errNotSMTP, err)
	}
	s.said = providers.OneLine(strconv.Itoa(code)+" "+text, 400)
	if code/100 != 2 {
		return "", &refusal{code, s.said}
	}
	return providers.Printable(text), nil
}

// ask says one line, unless it is empty, and reads the answer to it.
func (s *test) ask(ctx context.Context, line string) (text string, err error) {
	err = certificate.Within(ctx, s.raw, waitAnswer, func() error {
		if line != "" {
			if _, err := fmt.Fprintf(s.conn, "%s\r\n", line); err != nil {
				return fmt.Errorf("%w: %w", errNotSMTP, err)
			}
		}
		text, err = s.hear()
		return err
	})
	return text, err
}

// errNotSMTP says that an answer is none of SMTP's, or that there was none.
var errNotSMTP = errors.New("the answer is not SMTP")

// refusal is an answer other than yes.
type refusal struct {
	code int
	said string
}

func (r *refusal) Error() string { return "the server said: " + r.said }

// refused says that a cause applies to answers that begin with a digit.
func refused(class int) func(*test, error) bool {
	return func(_ *test, err error) bool {
		r, ok := errors.AsType[*refusal](err)
		return ok && r.code/100 == class
	}
}

// extensionsOf lists what a server can do, from its answer to EHLO (RFC 5321,
// section 4.1.1.1), in upper case.
func extensionsOf(answer string) (list []string) {
	lines := strings.Split(answer, "\n")
	for _, line := range lines[1:] {
		if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); word != "" {
			list = append(list, strings.ToUpper(word))
		}
	}
	return list
}

// hello is the name of this computer for EHLO: the host name where it is one, or
// an address literal (RFC 5321, section 4.1.4).
func (s *test) hello() string {
	if name, err := os.Hostname(); err == nil && strings.Contains(name, ".") && strings.Trim(name, providers.HostLetters+".") == "" {
		return name
	}
	if host, _, err := net.SplitHostPort(s.raw.LocalAddr().String()); err == nil {
		if strings.Contains(host, ":") {
			return "[IPv6:" + host + "]"
		}
		return "[" + host + "]"
	}
	return "[127.0.0.1]"
}

// Host is the server, Port where it is tried, and Said its last answer, for the
// texts of causes.
func (s *test) Host() string { return s.target.Host }

// Port is the port.
func (s *test) Port() string { return strconv.Itoa(int(s.target.Port)) }

// Said is the server's last answer.
func (s *test) Said() string { return s.said }
