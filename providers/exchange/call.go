package exchange

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"fairlead/providers/exchange/chain"
	"fairlead/providers/exchange/ews"
	"fairlead/providers/exchange/ntlm"
	"fairlead/providers/exchange/wire"
)

// userAgent names the program to the server. It is fixed because Exchange's
// allow and block lists match it.
const userAgent = "Fairlead"

// call is one EWS call.
type call struct {
	body   string
	signIn bool   // with the sign-in
	proof  string // with this Authorization header instead
	anchor string // the mailbox by which the front end finds the right server
}

// send makes one call over a line, once. It never follows a redirect and never
// tries again.
func (s *test) send(ctx context.Context, line *wire.Line, c call) (*wire.Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, waitAnswer)
	defer cancel()
	request := newPost(s.target.URL, c.body)
	request.Header.Set("Accept", "text/xml")
	if c.anchor != "" {
		request.Header.Set("X-AnchorMailbox", c.anchor)
	}
	if c.signIn {
		request.SetBasicAuth(s.target.SignIn, s.target.Password.Reveal())
	}
	if c.proof != "" {
		request.Header.Set("Authorization", c.proof)
	}
	return line.Do(ctx, request)
}

// challenge asks the server for its NTLM challenge, which names the server and
// its domain and signs nobody in. It returns nil when there is none.
func (s *test) challenge(ctx context.Context, line *wire.Line) *ntlm.Challenge {
	request := newRequest(http.MethodPost, s.target.URL)
	request.Header.Set("Authorization", ntlm.Negotiate())
	ctx, cancel := context.WithTimeout(ctx, waitAnswer)
	defer cancel()
	answer, err := line.Do(ctx, request)
	if err != nil {
		return nil
	}
	challenge, _ := ntlm.Read(answer.Header.Values("WWW-Authenticate"))
	return challenge
}

// fetch gets a page over the test's line, without a sign-in.
func (s *test) fetch(ctx context.Context, at *url.URL) (*wire.Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, waitAnswer)
	defer cancel()
	return s.line.Do(ctx, newRequest(http.MethodGet, at))
}

func newRequest(method string, at *url.URL) *http.Request {
	return &http.Request{
		Method: method, URL: at, Host: at.Host,
		Header: http.Header{
			"User-Agent":               {userAgent},
			"Client-Request-Id":        {uuid.NewString()}, // to find the call in the server's log
			"Return-Client-Request-Id": {"true"},
		},
	}
}

// newPost sends a body of XML.
func newPost(at *url.URL, body string) *http.Request {
	request := newRequest(http.MethodPost, at)
	request.Header.Set("Content-Type", ews.ContentType)
	request.Body, request.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	return request
}

var errOtherServer = errors.New("on another connection, the server showed a certificate that is not in order")

// ready makes sure that there is a line to send the sign-in over: the one whose
// certificate was judged, or a new one to the same address whose certificate
// passes the same judgement.
func (s *test) ready(ctx context.Context) error {
	if s.line.Usable() {
		return nil
	}
	_ = s.line.Close()
	s.reconnected = true
	line, err := s.another(ctx)
	if err == nil {
		s.line = line
	}
	return err
}

// furtherError says why a further connection did not come about. It stands for
// itself: what explains the same error of the first connection does not fit.
type furtherError struct{ why error }

func (e *furtherError) Error() string { return "connect again: " + e.why.Error() }

// another makes one more line to the same address over which the sign-in may be
// sent. Its error is a [*furtherError] or errOtherServer.
func (s *test) another(ctx context.Context) (*wire.Line, error) {
	ctx, cancel := context.WithTimeout(ctx, waitPort+waitTLS)
	defer cancel()
	conn, err := s.net.Dial(ctx, s.address)
	if err != nil {
		return nil, &furtherError{err}
	}
	line, err := wire.Handshake(ctx, conn, s.Host())
	if err != nil {
		return nil, &furtherError{handshakeError(ctx, err)}
	}
	if sent := line.State().PeerCertificates; !sent[0].Equal(s.sent[0]) {
		// Where Relaxed took a certificate that anyone can make, it takes no second one.
		if j := s.judge(sent); j.Trust != chain.Public || !s.acceptable(j) {
			_ = line.Close()
			return nil, errOtherServer
		}
	}
	return line, nil
}

// unexpected is an HTTP answer that is not one of EWS.
type unexpected struct {
	*wire.Answer
	signedIn bool // it came to a call with the sign-in
}

// Error says what came, as it came: it is not to be shortened before it was
// redacted.
func (u *unexpected) Error() string {
	text := "the answer is " + u.Line
	if where := u.Header.Get("Location"); where != "" {
		text += ", sending on to " + where
	}
	return text
}

// html reports whether the answer is a web page.
func (u *unexpected) html() bool {
	return strings.HasPrefix(strings.ToLower(u.Header.Get("Content-Type")), "text/html") ||
		bytes.Contains(bytes.ToLower(u.Body[:min(len(u.Body), 1024)]), []byte("<html"))
}

// says reports whether the body has one of the words, whatever their case.
func (u *unexpected) says(words ...string) bool {
	body := bytes.ToLower(u.Body)
	for _, word := range words {
		if bytes.Contains(body, []byte(strings.ToLower(word))) {
			return true
		}
	}
	return false
}

// sendsTo reports whether the answer redirects to an address with one of the
// words in it, whatever their case. Its query does not count: sign-in pages have
// the address there from which they were called.
func (u *unexpected) sendsTo(words ...string) bool {
	if u.Status < 300 || u.Status > 399 {
		return false
	}
	where, _, _ := strings.Cut(strings.ToLower(u.Header.Get("Location")), "?")
	for _, word := range words {
		if strings.Contains(where, strings.ToLower(word)) {
			return true
		}
	}
	return false
}
