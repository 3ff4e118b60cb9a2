//go:build servers

package servers

import (
	"crypto/sha1"
	"encoding/base64"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"fairlead/lab"
)

// server starts what a case needs and returns the address to connect to.
type server func(s *stage) (address string)

// place fills in what a configuration cannot know before it runs: in which
// folder, at which address, and where the lab is.
func (s *stage) place(dir, address, config string) string {
	_, port, _ := net.SplitHostPort(address)
	config = strings.NewReplacer("@address@", address, "@port@", port, "@lab@", s.lab, "@dir@", dir).Replace(config)
	path := filepath.Join(dir, "server.conf")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// users is a password file of nginx and Apache in which the account has another
// password.
func users() []byte {
	hash := sha1.Sum([]byte(lab.Password + "x")) // that is the format, not a choice
	return []byte(lab.SignIn + ":{SHA}" + base64.StdEncoding.EncodeToString(hash[:]) + "\n")
}

func (s *stage) folder(c certificate) string {
	return s.files(map[string][]byte{
		"server.pem": s.certificate(c), "users": users(),
		"ca.pem": encodeCertificate(s.authorities.public.Cert.Raw),
	})
}

// nginx is nginx with these directives for its one server. Without a
// certificate it speaks plain HTTP.
func nginx(c certificate, directives ...string) server {
	return func(s *stage) string {
		tls, onTLS := "", ""
		if c != nil {
			tls, onTLS = "ssl_certificate server.pem; ssl_certificate_key server.pem;", " ssl"
		}
		user := ""
		if os.Getuid() == 0 { // its workers would be somebody else
			user = "user root;"
		}
		dir, address := s.folder(c), s.freeAddress()
		path := s.place(dir, address, `
daemon off;
`+user+`
pid nginx.pid;
error_log error.log warn;
events {}
http {
	log_format arrived '$request $status authorization="$http_authorization"';
	access_log access.log arrived;
	client_body_temp_path .; proxy_temp_path .; fastcgi_temp_path .; uwsgi_temp_path .; scgi_temp_path .;
	proxy_http_version 1.1;
	proxy_set_header Connection "";
	proxy_set_header Host $http_host;
	server {
		listen @address@`+onTLS+`;
		`+tls+`
		`+strings.Join(directives, "\n\t\t")+`
	}
}
`)
		s.start(dir, address, syscall.SIGQUIT, s.program("nginx"), "-e", "error.log", "-p", dir, "-c", path)
		return address
	}
}

// apache is Apache with these directives for its one server.
func apache(c certificate, directives ...string) server {
	return func(s *stage) string {
		tls := ""
		if c != nil {
			tls = "SSLEngine on\nSSLCertificateFile @dir@/server.pem\nSSLCertificateKeyFile @dir@/server.pem\nSSLProxyEngine on\n"
		}
		program := s.program("apache2", "httpd")
		dir, address := s.folder(c), s.freeAddress()
		if os.Getuid() == 0 { // as which Apache serves nothing
			tls = "User nobody\nGroup #65534\n" + tls
			s.open(dir, "users")
		}
		var modules strings.Builder
		for _, name := range []string{
			"mpm_event", "authz_core", "authn_core", "authn_file", "authz_user", "auth_basic", "auth_digest",
			"headers", "alias", "ssl", "proxy", "proxy_http", "socache_shmcb", "unixd", "log_config",
		} {
			if file := moduleFile(name); file != "" { // else it is built in
				modules.WriteString("LoadModule " + name + "_module " + file + "\n")
			}
		}
		path := s.place(dir, address, modules.String()+`
ServerRoot @dir@
ServerName mail.contoso.com
DefaultRuntimeDir @dir@
PidFile @dir@/apache.pid
Listen @address@
ErrorLog @dir@/error.log
LogFormat "%r %>s authorization=\"%{Authorization}i\"" arrived
CustomLog @dir@/access.log arrived
`+tls+strings.Join(directives, "\n")+"\n")
		s.start(dir, address, syscall.SIGTERM, program, "-D", "FOREGROUND", "-f", path)
		return address
	}
}

// moduleFile is where a module of Apache is, or empty.
func moduleFile(name string) string {
	for _, folder := range []string{"/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/libexec/apache2"} {
		file := filepath.Join(folder, "mod_"+name+".so")
		if _, err := os.Stat(file); err == nil {
			return file
		}
	}
	return ""
}

// haproxy is HAProxy that reads HTTP, with these words after its bind and these
// lines for what comes in.
func haproxy(c certificate, bind string, lines ...string) server {
	return func(s *stage) string {
		onTLS := ""
		if c != nil {
			onTLS = "ssl crt @dir@/server.pem "
		}
		return s.haproxy(c, `
	mode http
	http-request capture req.hdr(Authorization) len 200
	log-format "%[capture.req.method] %ST authorization=%[capture.req.hdr(0)]"
	bind @address@ `+onTLS+bind+`
	`+strings.Join(lines, "\n\t"))
	}
}

// passing is HAProxy that passes TLS on as it is, to one server after the other
// or by the client's address.
func passing(balance string, behind ...server) server {
	return func(s *stage) string {
		lines := "\n\tmode tcp\n\tbind @address@\n\tbalance " + balance
		for i, start := range behind {
			lines += "\n\tserver s" + string(rune('1'+i)) + " " + start(s)
		}
		return s.haproxy(nil, lines)
	}
}

func (s *stage) haproxy(c certificate, listen string) string {
	dir, address := s.folder(c), s.freeAddress()
	path := s.place(dir, address, `
global
	log stdout format raw local0
	ssl-default-bind-options ssl-min-ver TLSv1.0
defaults
	log global
	timeout connect 5s
	timeout client 30s
	timeout server 30s
listen exchange`+listen+"\n")
	s.start(dir, address, syscall.SIGUSR1, s.program("haproxy"), "-db", "-f", path)
	return address
}
