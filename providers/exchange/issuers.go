package exchange

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"fairlead/network"
)

// How much is fetched, and how long it may take.
const (
	maxIssuer   = 64 << 10 // bytes; a certificate has 1 to 4 KiB
	waitIssuers = 10 * time.Second
)

// fetchIssuer gets a certificate that the server left out from the address in
// its own, with the administrator's leave. The address comes from somebody who
// has proved nothing yet, so that the call carries nothing, follows nothing, and
// goes to no address inside a private network.
func (s *test) fetchIssuer(ctx context.Context, address string) ([]byte, error) {
	at, err := url.Parse(address)
	if err != nil || at.Scheme != "http" || at.Hostname() == "" || at.User != nil {
		return nil, errors.New("not an http address")
	}
	port, err := strconv.ParseUint(cmp.Or(at.Port(), "80"), 10, 16)
	if err != nil {
		return nil, err
	}
	public := func(a netip.Addr) bool { return !private(a) && !a.IsMulticast() }
	conn, err := s.net.DialHost(ctx, at.Hostname(), uint16(port), public)
	if errors.Is(err, network.ErrNoneAllowed) {
		err = errors.New("it leads into a private network, where nothing is fetched")
	}
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	release := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer release()
	request := &http.Request{
		Method: http.MethodGet, URL: at, Host: at.Host, Close: true, Header: http.Header{"User-Agent": {userAgent}},
	}
	if err := request.Write(conn); err != nil {
		return nil, err
	}
	answer, err := http.ReadResponse(bufio.NewReader(io.LimitReader(conn, maxIssuer)), request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the answer is %d", answer.StatusCode)
	}
	return io.ReadAll(answer.Body)
}
