package network

import (
	"net/http"
	"net/url"
	"sync"

	"github.com/mattn/go-ieproxy"
)

// systemProxy is what Windows says: a fixed proxy, a script, or what it discovers.
// It is asked when the first address is reached, since discovery takes a while.
func systemProxy() Proxy {
	finder := sync.OnceValue(ieproxy.GetProxyFunc)
	return Proxy{Source: "the settings of Windows", find: func(address *url.URL) (*url.URL, error) {
		return finder()(&http.Request{URL: address})
	}}
}
