package postgres

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// How much one program may take of the database.
const (
	connections    = 4
	idle           = 5 * time.Minute
	connectTimeout = 5 * time.Second
)

// Errors of an address. None of them repeats it, since a password may stand
// anywhere in one that is mistyped.
var (
	errAddress = errors.New("the address of the registry cannot be read: " +
		"it has the form postgres://USER@HOST:PORT/DATABASE")
	errStrayPassword = errors.New("the address of the registry holds a second @, #, or one behind the host: " +
		"a password with such characters goes into PGPASSWORD or into the file .pgpass, not into the address")
	errUnverified = errors.New("the registry is on another computer, where only sslmode=verify-full proves who answers: " +
		"leave sslmode out of the address, and name an authority of your own with sslrootcert=FILE")
)

// Recognised reports whether an address is one of a PostgreSQL database.
func Recognised(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// HasPassword reports whether an address holds a password, so that it must not
// be an argument of a program, which other users can read. One that cannot be
// read may hold one.
func HasPassword(address string) bool {
	_, password, err := withoutPassword(address)
	return errors.Is(err, errStrayPassword) || password != ""
}

// parse reads an address.
func parse(address string) (*pgxpool.Config, error) {
	u, password, err := withoutPassword(address)
	if err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(u.String())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errAddress, err)
	}
	if query := u.Query(); !query.Has("sslmode") && !query.Has("ssl") {
		query.Set("sslmode", "disable")
		if remote(config.ConnConfig) {
			query.Set("sslmode", "verify-full")
		}
		u.RawQuery = query.Encode()
		if config, err = pgxpool.ParseConfig(u.String()); err != nil {
			return nil, fmt.Errorf("%w: %w", errAddress, err)
		}
	}
	if err := verified(config.ConnConfig); err != nil {
		return nil, err
	}
	if password != "" {
		config.ConnConfig.Password = password
	}
	config.MaxConns, config.MinConns, config.MaxConnIdleTime = connections, 0, idle
	if config.ConnConfig.ConnectTimeout == 0 || config.ConnConfig.ConnectTimeout > connectTimeout {
		config.ConnConfig.ConnectTimeout = connectTimeout
	}
	return config, nil
}

// withoutPassword takes the password out of an address.
func withoutPassword(address string) (*url.URL, string, error) {
	u, err := url.Parse(address)
	if err != nil || !Recognised(address) {
		if strings.ContainsAny(address, "@#") {
			return nil, "", errors.Join(errAddress, errStrayPassword)
		}
		return nil, "", errAddress
	}
	if u.Fragment != "" || strings.Contains(u.EscapedPath()+u.RawQuery, "@") {
		return nil, "", errStrayPassword
	}
	password, _ := u.User.Password()
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	query := u.Query()
	if query.Has("password") {
		password = query.Get("password")
		query.Del("password")
		u.RawQuery = query.Encode()
	}
	return u, password, nil
}

// servers are the places that a connection may be made to, in order.
func servers(config *pgx.ConnConfig) []*pgconn.FallbackConfig {
	first := &pgconn.FallbackConfig{Host: config.Host, Port: config.Port, TLSConfig: config.TLSConfig}
	return append([]*pgconn.FallbackConfig{first}, config.Fallbacks...)
}

// local reports whether a host is this computer: its loopback, or a socket.
func local(host string, port uint16) bool {
	if network, _ := pgconn.NetworkAddress(host, port); network == "unix" {
		return true
	}
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

func remote(config *pgx.ConnConfig) bool {
	for _, s := range servers(config) {
		if !local(s.Host, s.Port) {
			return true
		}
	}
	return false
}

// verified refuses a connection to another computer that would not prove who
// answers.
func verified(config *pgx.ConnConfig) error {
	for _, s := range servers(config) {
		if local(s.Host, s.Port) {
			continue
		}
		if s.TLSConfig == nil || s.TLSConfig.InsecureSkipVerify || s.TLSConfig.ServerName != s.Host {
			return fmt.Errorf("%w (host %s)", errUnverified, s.Host)
		}
	}
	return nil
}

// where names a database for a person.
func where(config *pgx.ConnConfig) string {
	_, address := pgconn.NetworkAddress(config.Host, config.Port)
	return fmt.Sprintf("database %q on %s", config.Database, address)
}
