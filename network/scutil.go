package network

import (
	"net"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// readScutil reads what "scutil --proxy" prints on macOS: lines such as
// "  HTTPSProxy : proxy.contoso.com" and a list of exceptions. A script that
// chooses the proxy cannot be run here and counts as none.
func readScutil(text string) httpproxy.Config {
	values := map[string]string{}
	var except []string
	inList := false
	for line := range strings.Lines(text) {
		key, value, found := strings.Cut(line, " : ")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch {
		case strings.TrimSpace(line) == "}":
			inList = false
		case !found:
		case inList:
			except = append(except, strings.TrimPrefix(value, "*"))
		case key == "ExceptionsList":
			inList = true
		default:
			values[key] = value
		}
	}
	proxy := func(kind string) string {
		if values[kind+"Enable"] != "1" || values[kind+"Proxy"] == "" {
			return ""
		}
		return "http://" + net.JoinHostPort(values[kind+"Proxy"], values[kind+"Port"])
	}
	return httpproxy.Config{HTTPProxy: proxy("HTTP"), HTTPSProxy: proxy("HTTPS"), NoProxy: strings.Join(except, ",")}
}
