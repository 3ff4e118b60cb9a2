package network

import (
	"context"
	"net/url"
	"os/exec"
	"sync"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// systemProxy is what macOS says. It is asked when the first address is reached.
func systemProxy() Proxy {
	config := sync.OnceValue(func() httpproxy.Config {
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		text, _ := exec.CommandContext(ctx, "/usr/sbin/scutil", "--proxy").Output() // without an answer there is no proxy
		return readScutil(string(text))
	})
	return Proxy{Source: "the settings of macOS", find: func(address *url.URL) (*url.URL, error) {
		c := config()
		return c.ProxyFunc()(address)
	}}
}
