package certificate

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
)

// The errors of [Handshake] that callers branch on.
var (
	ErrNotTLS   = errors.New("the server does not speak TLS here")
	ErrOldTLS   = errors.New("the server speaks no TLS of version 1.2 or newer")
	ErrNoAnswer = errors.New("the server does not answer")
)

// Handshake makes a TLS connection to a host over conn, with TLS 1.2 or newer. The
// certificate is NOT verified: [Seen.Judge] does that, and nothing secret is sent
// before. It does not close conn.
func Handshake(ctx context.Context, conn net.Conn, host string) (*tls.Conn, error) {
	over := tls.Client(conn, &tls.Config{
		ServerName: host, MinVersion: tls.VersionTLS12,
		InsecureSkipVerify: true, // judged afterwards, see above
	})
	err := over.HandshakeContext(ctx)
	if err == nil {
		return over, nil
	}
	_, notTLS := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case notTLS:
		err = fmt.Errorf("%w: %w", ErrNotTLS, err)
	case ctx.Err() != nil:
		err = fmt.Errorf("%w: %w", ErrNoAnswer, err)
	case strings.Contains(err.Error(), "protocol version"): // ours and the server's alert alike
		err = fmt.Errorf("%w: %w", ErrOldTLS, err)
	}
	return nil, fmt.Errorf("TLS handshake: %w", err)
}
