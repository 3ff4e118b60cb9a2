package lab

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Visitor is somebody at a browser who signs in to the lab's Entra and accepts
// what its pages ask, for demonstrations without a person. It opens addresses as
// a browser does.
type Visitor struct {
	Account string // such as admin@contoso.example
}

// Open follows an address to Entra's page, picks the account, accepts, and
// follows the answer back. It opens addresses of this computer alone.
func (v Visitor) Open(ctx context.Context, address string) error {
	browser := &http.Client{
		Timeout:       10 * time.Second,
		Transport:     &http.Transport{DialContext: dialHere, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if to, err := follow(ctx, browser, http.MethodGet, address, nil); err != nil {
		return err
	} else if to != "" {
		address = to // the program's own short address leads to Entra's
	}
	back, err := follow(ctx, browser, http.MethodPost, address, url.Values{"account": {v.Account}, "action": {"accept"}})
	if err != nil {
		return err
	}
	if back == "" {
		return errors.New("the lab's page does not lead back")
	}
	if u, err := url.Parse(back); err != nil || u.Scheme != "http" {
		return nil // to a service's console, which is not in the lab
	}
	_, err = follow(ctx, browser, http.MethodGet, back, nil)
	return err
}

// follow asks for an address and returns where it leads to, or nothing.
func follow(ctx context.Context, browser *http.Client, method, address string, form url.Values) (string, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", fmt.Errorf("the lab's visitor cannot open the address: %w", err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := browser.Do(req)
	if err != nil {
		return "", fmt.Errorf("the lab's visitor: %w", err)
	}
	defer resp.Body.Close()
	return resp.Header.Get("Location"), nil
}

// dialHere leads names below localhost to this computer, as browsers do (RFC
// 6761, section 6.3), and refuses all others.
func dialHere(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if host != "127.0.0.1" && host != "localhost" && !strings.HasSuffix(host, ".localhost") {
		return nil, fmt.Errorf("%s is not on this computer", host)
	}
	return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
}
