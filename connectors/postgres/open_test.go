//go:build postgres && unix

package postgres

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/connectors/postgres/pgserver"
	"fairlead/connectors/registrytest"
	"fairlead/providers/exchange/chain/chaintest"
)

// add registers a connector as a keeper does.
func add(ctx context.Context, r connectors.Registry, c connectors.Connector) error {
	i := intent(connectors.IntentRegister, c)
	return errors.Join(r.Intend(ctx, i), r.Commit(ctx, i, happens(connectors.EventCreated)))
}

// refused opens a registry that is to be refused, and checks what is said.
func refused(t *testing.T, address string, want error, says ...string) {
	t.Helper()
	r, err := Open(t.Context(), address)
	if err == nil {
		_ = r.Close()
	}
	if err == nil || want != nil && !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
	for _, part := range says {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
	secretFree(t, err.Error())
}

func TestANewerSchemaIsRefused(t *testing.T) {
	database := newDatabase(t)
	r := openAt(t, server.Socket(database))
	if err := errors.Join(add(t.Context(), r, registrytest.Exchange("a")), r.Close()); err != nil {
		t.Fatal(err)
	}
	execute(t, database, `INSERT INTO `+versionTable+` (version_id, is_applied) VALUES (999, true)`)
	refused(t, server.Socket(database), connectors.ErrNewerSchema, "999", "newer version of Fairlead", database)
}

func TestAnotherProgramsTablesAreRefused(t *testing.T) {
	database := newDatabase(t)
	execute(t, database, `CREATE SCHEMA fairlead; CREATE TABLE fairlead.places (url text)`)
	refused(t, server.Socket(database), connectors.ErrDamaged, "another program's tables")
}

// TestBesideAnotherProgram shares a database with a program that keeps its
// versions in the same way.
func TestBesideAnotherProgram(t *testing.T) {
	database := newDatabase(t)
	execute(t, database, `CREATE TABLE goose_db_version (id int, version_id bigint, is_applied boolean);
		INSERT INTO goose_db_version VALUES (1, 999, true); CREATE TABLE connectors (id int)`)
	r := opened(t, server.Socket(database))
	if err := add(t.Context(), r, registrytest.Exchange("a")); err != nil {
		t.Error(err)
	}
}

// TestManyProgramsMakeOneRegistry opens a registry that is not there yet from
// many places at once.
func TestManyProgramsMakeOneRegistry(t *testing.T) {
	database := newDatabase(t)
	var group sync.WaitGroup
	start := make(chan struct{})
	for n := range 8 {
		group.Go(func() {
			<-start
			r, err := Open(t.Context(), server.Socket(database))
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			if err := errors.Join(add(t.Context(), r, registrytest.Exchange(fmt.Sprint("c", n))), r.Close()); err != nil {
				t.Errorf("add: %v", err)
			}
		})
	}
	close(start)
	group.Wait()
	if all, err := opened(t, server.Socket(database)).List(t.Context()); err != nil || len(all) != 8 {
		t.Errorf("%d connectors, %v; want 8", len(all), err)
	}
}

// TestAUserOfTheTeam signs in as somebody who may read and write, and no more.
func TestAUserOfTheTeam(t *testing.T) {
	database := newDatabase(t)
	execute(t, database, `CREATE ROLE "`+database+`" LOGIN PASSWORD 'S3cret'`)
	member := fmt.Sprintf("postgres://%s:S3cret@127.0.0.1:%d/%s", database, server.Port, database)
	refused(t, member, nil, "may not do this", "grant")

	opened(t, server.Socket(database))
	refused(t, member, nil, "may not do this", "grant")
	execute(t, database, `GRANT USAGE ON SCHEMA fairlead TO "`+database+`";
		GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA fairlead TO "`+database+`"`)
	if err := add(t.Context(), opened(t, member), registrytest.Exchange("a")); err != nil {
		t.Error(err)
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	wrong := fmt.Sprintf("postgres://%s:S3cret@127.0.0.1:%d/postgres", pgserver.User, server.Port)
	refused(t, wrong, nil, "refuses the sign-in", "PGPASSWORD")
	refused(t, overTCP("nowhere", server.Port), nil, "does not exist")

	full := newDatabase(t)
	execute(t, full, `ALTER DATABASE `+full+` WITH CONNECTION LIMIT 0; CREATE ROLE limited LOGIN PASSWORD 'S3cret'`)
	refused(t, fmt.Sprintf("postgres://limited:S3cret@127.0.0.1:%d/%s", server.Port, full), nil, "no connection left")
}

// TestTLS reaches the server as another computer would, by a name.
func TestTLS(t *testing.T) {
	database := newDatabase(t)
	now := time.Now()
	root := chaintest.NewAuthority(t, "Root", nil, now)
	show := func(authority *chaintest.Authority, change ...func(*x509.Certificate)) {
		t.Helper()
		issued := authority.Issue(t, now, change...)
		key, err := x509.MarshalPKCS8PrivateKey(issued.PrivateKey)
		if err != nil {
			t.Fatal(err)
		}
		for name, block := range map[string]*pem.Block{
			"server.crt": {Type: "CERTIFICATE", Bytes: issued.Certificate[0]}, "server.key": {Type: "PRIVATE KEY", Bytes: key},
		} {
			if err := server.Write(filepath.Join(server.Dir, "data", name), pem.EncodeToMemory(block)); err != nil {
				t.Fatal(err)
			}
		}
		execute(t, "postgres", `ALTER SYSTEM SET ssl = on`)
		restart(t, syscall.SIGINT)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := server.Write(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Cert.Raw})); err != nil {
		t.Fatal(err)
	}
	address := url.URL{
		Scheme: "postgres", User: url.UserPassword(pgserver.User, pgserver.Password), Host: chaintest.Host, Path: database,
		RawQuery: url.Values{"sslrootcert": {file}}.Encode(),
	}
	try := func(says string) {
		t.Helper()
		config, err := parse(address.String())
		if err != nil {
			t.Fatal(err)
		}
		config.ConnConfig.LookupFunc = func(context.Context, string) ([]string, error) { return []string{"127.0.0.1"}, nil }
		config.ConnConfig.DialFunc = func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, net.JoinHostPort("127.0.0.1", strconv.Itoa(server.Port)))
		}
		r, err := open(t.Context(), config)
		if err == nil {
			defer func() { _ = r.Close() }()
			var encrypted bool
			const look = `SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`
			if err := r.pool.QueryRow(t.Context(), look).Scan(&encrypted); err != nil || !encrypted {
				t.Errorf("it is not encrypted: %v", err)
			}
		}
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
		secretFree(t, fmt.Sprint(err))
	}
	try("takes no TLS")
	show(root)
	try("")
	show(root, func(c *x509.Certificate) { c.DNSNames = []string{"other.example"} })
	try("does not prove its name")
	show(root, func(c *x509.Certificate) { c.NotAfter = now.Add(-time.Hour) })
	try("does not prove its name")
	show(chaintest.NewAuthority(t, "Stranger", nil, now))
	try("does not prove its name")
	execute(t, "postgres", `ALTER SYSTEM RESET ssl`)
	restart(t, syscall.SIGINT)
	try("takes no TLS")
}

// happens is an event of its own.
func happens(kind connectors.EventKind) connectors.Event {
	return connectors.NewEvent(kind, `HOST\user`, time.Now(), "")
}
