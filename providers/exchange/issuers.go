package exchange

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"
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
	to, err := s.publicAddress(ctx, at)
	if err != nil {
		return nil, err
	}
	conn, err := s.net.Dial(ctx, to)
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

// publicAddress is where to fetch from.
func (s *test) publicAddress(ctx context.Context, at *url.URL) (netip.AddrPort, error) {
	port := uint64(80)
	if text := at.Port(); text != "" {
		var err error
		if port, err = strconv.ParseUint(text, 10, 16); err != nil {
			return netip.AddrPort{}, err
		}
	}
	addresses, err := s.net.Lookup(ctx, at.Hostname())
	if err != nil {
		return netip.AddrPort{}, err
	}
	for _, address := range addresses {
		if address = address.Unmap(); !private(address) && !address.IsMulticast() {
			return netip.AddrPortFrom(address, uint16(port)), nil
		}
	}
	return netip.AddrPort{}, errors.New("it leads into a private network, where nothing is fetched")
}
