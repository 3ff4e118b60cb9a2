package network

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestProxySetting(t *testing.T) {
	environment := map[string]string{"HTTPS_PROXY": "http://env.example:3128", "NO_PROXY": ".contoso.com"}
	for _, test := range []struct {
		setting     string
		environment map[string]string
		address     string
		want        string // the proxy; empty for none
	}{
		{"", nil, "https://login.example/", ""},
		{"", environment, "https://login.example/", "http://env.example:3128"},
		{"system", environment, "https://login.example/", "http://env.example:3128"},
		{"", environment, "https://mail.contoso.com/", ""},
		{"none", environment, "https://login.example/", ""},
		{"None ", environment, "https://login.example/", ""},
		{"proxy.example:8080", environment, "https://login.example/", "http://proxy.example:8080"},
		{"http://proxy.example:8080/", nil, "https://login.example/", "http://proxy.example:8080"},
		{"https://proxy.example:8443", nil, "https://login.example/", "https://proxy.example:8443"},
		{"socks5://10.0.0.1:1080", nil, "https://login.example/", "socks5://10.0.0.1:1080"},
		{"[2001:db8::1]:8080", nil, "https://login.example/", "http://[2001:db8::1]:8080"},
		{"proxy.example:8080", nil, "http://127.0.0.1:5000/", ""},
	} {
		p, err := NewProxy(test.setting, func(name string) string { return test.environment[name] })
		if err != nil {
			t.Errorf("%q: %v", test.setting, err)
			continue
		}
		address, _ := url.Parse(test.address)
		got, err := p.For(address)
		if err != nil {
			t.Errorf("%q: %v", test.setting, err)
		}
		text := ""
		if got != nil {
			text = got.String()
		}
		if text != test.want || (text != "" && p.Source == "") {
			t.Errorf("%q for %s is %q, named by %q; want %q", test.setting, test.address, text, p.Source, test.want)
		}
	}
}

func TestProxyRefused(t *testing.T) {
	for setting, want := range map[string]string{
		"proxy.example":                     "port is missing",
		"http://ana:secret@proxy.example:1": "HTTPS_PROXY",
		"ftp://proxy.example:21":            `"ftp"`,
		"http://proxy.example:1/wpad.dat":   "leave out",
		"::":                                "type its name",
		"http://":                           "type its name",
	} {
		_, err := NewProxy(setting, func(string) string { return "" })
		if !errors.Is(err, ErrProxy) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q", setting, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error repeats the password", setting)
		}
	}
}

const scutil = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
    2 : contoso.com
  }
  FTPPassive : 1
  HTTPEnable : 1
  HTTPPort : 3128
  HTTPProxy : web.example
  HTTPSEnable : 1
  HTTPSPort : 3129
  HTTPSProxy : tls.example
}
`

func TestReadScutil(t *testing.T) {
	config := readScutil(scutil)
	if config.HTTPProxy != "http://web.example:3128" || config.HTTPSProxy != "http://tls.example:3129" {
		t.Errorf("read %+v", config)
	}
	for address, proxied := range map[string]bool{
		"https://login.example/": true, "https://mail.contoso.com/": false, "https://printer.local/": false,
	} {
		u, _ := url.Parse(address)
		if got, err := config.ProxyFunc()(u); err != nil || (got != nil) != proxied {
			t.Errorf("%s goes through %v, %v", address, got, err)
		}
	}
	if off := readScutil(strings.ReplaceAll(scutil, "Enable : 1", "Enable : 0")); off.HTTPProxy != "" || off.HTTPSProxy != "" {
		t.Errorf("what is off was read: %+v", off)
	}
}

func FuzzReadScutil(f *testing.F) {
	f.Add(scutil)
	f.Add("ExceptionsList : <array> {\n0 : *\n")
	f.Fuzz(func(_ *testing.T, text string) { readScutil(text) })
}

func FuzzNewProxy(f *testing.F) {
	f.Add("http://proxy.example:8080")
	f.Add("[::1]:1")
	f.Fuzz(func(t *testing.T, setting string) {
		p, err := NewProxy(setting, func(string) string { return "" })
		if err != nil && !errors.Is(err, ErrProxy) {
			t.Fatal(err)
		}
		if err == nil {
			_, _ = p.For(&url.URL{Scheme: "https", Host: "login.example"})
		}
	})
}
