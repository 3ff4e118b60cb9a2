package network

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// Proxy says through which proxy a web address is reached. The zero value reaches
// all directly. Exchange and a domain's own servers are always reached directly:
// a proxy has no business between a password and the server that it is for.
type Proxy struct {
	Source string // where that is set, such as "the environment"; empty without a proxy
	find   func(*url.URL) (*url.URL, error)
}

// The settings of [NewProxy] beside an address.
const (
	ProxySystem = "system" // what the environment says, or else the operating system
	ProxyNone   = "none"   // no proxy whatever they say
)

// ErrProxy says that a setting names no proxy.
var ErrProxy = errors.New("this is no proxy")

// NewProxy reads a setting: [ProxySystem], which an empty one means too,
// [ProxyNone], or the address of a proxy, such as "proxy.contoso.com:8080". A
// password in it is refused, since others can read the arguments of a program:
// it belongs into the variable HTTPS_PROXY.
func NewProxy(setting string, getenv func(string) string) (Proxy, error) {
	switch strings.ToLower(strings.TrimSpace(setting)) {
	case "", ProxySystem:
		if p, ok := environmentProxy(getenv); ok {
			return p, nil
		}
		return systemProxy(), nil
	case ProxyNone:
		return Proxy{}, nil
	}
	u, err := proxyAddress(setting)
	if err != nil {
		return Proxy{}, err
	}
	return fixedProxy("the settings of this run", httpproxy.Config{HTTPProxy: u.String(), HTTPSProxy: u.String(), NoProxy: "localhost,127.0.0.1,::1"}), nil
}

// proxyAddress reads "host:port" or "http://host:port".
func proxyAddress(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "":
		return nil, fmt.Errorf("%w: type its name and port, such as proxy.contoso.com:8080", ErrProxy)
	case u.User != nil:
		return nil, fmt.Errorf("%w: a name and password must not stand here; put them into the variable HTTPS_PROXY", ErrProxy)
	case u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5":
		return nil, fmt.Errorf("%w: its address begins with http, https or socks5, not with %q", ErrProxy, u.Scheme)
	case u.Port() == "":
		return nil, fmt.Errorf("%w: its port is missing, as in %s:8080", ErrProxy, u.Hostname())
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("%w: leave out what follows the port; a script that chooses a proxy is set in the system", ErrProxy)
	}
	u.Path = ""
	return u, nil
}

// environmentProxy reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not.
func environmentProxy(getenv func(string) string) (Proxy, bool) {
	first := func(names ...string) string {
		for _, name := range names {
			if value := getenv(name); value != "" {
				return value
			}
		}
		return ""
	}
	config := httpproxy.Config{
		HTTPProxy: first("HTTP_PROXY", "http_proxy"), HTTPSProxy: first("HTTPS_PROXY", "https_proxy"), NoProxy: first("NO_PROXY", "no_proxy"),
	}
	if config.HTTPProxy == "" && config.HTTPSProxy == "" {
		return Proxy{}, false
	}
	return fixedProxy("the environment", config), true
}

func fixedProxy(source string, config httpproxy.Config) Proxy {
	return Proxy{Source: source, find: config.ProxyFunc()}
}

// For returns the proxy for an address, or nil where it is reached directly. The
// address of the proxy may hold a password: show its Redacted form only.
func (p Proxy) For(address *url.URL) (*url.URL, error) {
	if p.find == nil {
		return nil, nil
	}
	return p.find(address)
}
