//go:build postgres && unix

package postgres

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"fairlead/connectors"
	"fairlead/connectors/postgres/pgserver"
	"fairlead/connectors/registrytest"
)

// server serves all tests; each has a database of its own.
var (
	server    *pgserver.Server
	databases atomic.Int64
)

func TestMain(m *testing.M) {
	if kind := os.Getenv(killedChild); kind != "" {
		os.Exit(runKilled(kind))
	}
	runtime.LockOSThread() // the server ends with the thread that started it
	var err error
	if server, err = pgserver.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	if err := server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}

// execute runs a statement as the server's owner.
func execute(t testing.TB, database, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.Socket(database))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// newDatabase makes an empty database.
func newDatabase(t testing.TB) string {
	t.Helper()
	name := fmt.Sprint("t", databases.Add(1))
	execute(t, "postgres", "CREATE DATABASE "+name)
	return name
}

// restart ends the server with a signal, and starts it again.
func restart(t testing.TB, signal syscall.Signal) {
	t.Helper()
	if err := errors.Join(server.End(signal), server.Again()); err != nil {
		t.Fatal(err)
	}
}

// overTCP is the address of a database on a port of loopback, with the password.
func overTCP(database string, port int) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(pgserver.User, pgserver.Password),
		Host: "127.0.0.1:" + strconv.Itoa(port), Path: "/" + database,
	}
	return u.String()
}

func openAt(t testing.TB, address string) connectors.Registry {
	t.Helper()
	r, err := Open(t.Context(), address)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return r
}

// opened is a registry that the test closes.
func opened(t testing.TB, address string) connectors.Registry {
	t.Helper()
	r := openAt(t, address)
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func TestKeepsTheContract(t *testing.T) {
	registrytest.Run(t, func(t *testing.T) connectors.Registry {
		return openAt(t, overTCP(newDatabase(t), server.Port))
	})
}
