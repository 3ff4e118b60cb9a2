package postgres

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// alone takes PostgreSQL's own settings out of the environment.
func alone(t testing.TB) {
	for _, name := range []string{"PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGSSLMODE", "PGSSLROOTCERT", "PGSERVICE"} {
		t.Setenv(name, "")
		_ = os.Unsetenv(name)
	}
	t.Setenv("PGPASSFILE", filepath.Join(t.TempDir(), "none"))
}

// TestAnotherComputerIsVerified wants a proof of who answers from every host
// but this one, whatever the address or the environment says.
func TestAnotherComputerIsVerified(t *testing.T) {
	alone(t)
	t.Setenv("PGSSLMODE", "disable")
	for address, good := range map[string]bool{
		"postgres://u@db.example/fairlead":                          true,
		"postgresql://u@db.example:6432/fairlead":                   true,
		"postgres://u@db.example/fairlead?sslmode=verify-full":      true,
		"postgres://u@192.0.2.1/fairlead":                           true,
		"postgres://u@db.example/fairlead?sslmode=disable":          false,
		"postgres://u@db.example/fairlead?sslmode=allow":            false,
		"postgres://u@db.example/fairlead?sslmode=prefer":           false,
		"postgres://u@db.example/fairlead?sslmode=require":          false,
		"postgres://u@db.example/fairlead?sslmode=verify-ca":        false,
		"postgres://u@db.example/fairlead?ssl=true":                 false,
		"postgres://u@192.0.2.1/fairlead?sslmode=require":           false,
		"postgres://u@localhost,db.example/fairlead":                true,
		"postgres://u@localhost,db.example/fairlead?sslmode=prefer": false,
		"postgres://u@localhost.example/f?sslmode=disable":          false,
		"postgres:///fairlead?host=db.example&sslmode=require":      false,
		"postgres://u@127.0.0.1.example/fairlead?sslmode=require":   false,
		"postgres://u@localhost/fairlead?sslmode=disable":           true,
		"postgres://u@127.0.0.1:5433/fairlead":                      true,
		"postgres://u@[::1]/fairlead?sslmode=prefer":                true,
		"postgres:///fairlead?host=/var/run/postgresql":             true,
	} {
		config, err := parse(address)
		if !good {
			if !errors.Is(err, errUnverified) {
				t.Errorf("%s: got %v, want %v", address, err, errUnverified)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		for _, s := range servers(config.ConnConfig) {
			if !local(s.Host, s.Port) && (s.TLSConfig == nil || s.TLSConfig.InsecureSkipVerify || s.TLSConfig.ServerName != s.Host) {
				t.Errorf("%s: %s is not verified", address, s.Host)
			}
		}
		if config.MaxConns != connections || config.ConnConfig.ConnectTimeout > connectTimeout {
			t.Errorf("%s: %d connections, %v to connect", address, config.MaxConns, config.ConnConfig.ConnectTimeout)
		}
	}
}

func TestWhereThePasswordComesFrom(t *testing.T) {
	alone(t)
	file := filepath.Join(t.TempDir(), "pgpass")
	if err := os.WriteFile(file, []byte("db.example:5432:fairlead:u:from the file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ address, env, file, want string }{
		{"postgres://u@db.example/fairlead", "", "", ""},
		{"postgres://u:p%40ss%2F@db.example/fairlead", "", "", "p@ss/"},
		{"postgres://u@db.example/fairlead?password=p%26ss", "", "", "p&ss"},
		{"postgres://u@db.example/fairlead", "from outside", "", "from outside"},
		{"postgres://u@db.example/fairlead", "", file, "from the file"},
		{"postgres://u:mine@db.example/fairlead", "from outside", file, "mine"},
	} {
		t.Setenv("PGPASSWORD", c.env)
		if c.env == "" {
			_ = os.Unsetenv("PGPASSWORD")
		}
		t.Setenv("PGPASSFILE", c.file)
		config, err := parse(c.address)
		if err != nil || config.ConnConfig.Password != c.want {
			t.Errorf("%+v: %v, or another password", c, err)
		}
		if given := strings.Contains(c.want, "ss") || c.want == "mine"; HasPassword(c.address) != given {
			t.Errorf("%s: a password in it: %v", c.address, !given)
		}
	}
}

// mistyped are addresses with the password S3cret somewhere.
var mistyped = []string{
	"postgres://u:S3cret@[::1/f", "postgres://u:S3cret#@db.example/f", "postgres://u:/S3cret@db.example/f",
	"postgres://u:12/S3cret@db.example/f", "postgres://u:1?S3cret@db.example/f", "postgres://u:S3cret%zz@db.example/f",
	"postgres://u:S3cret@db.example:port/f", "postgres://u:S3cret@db.example/f?sslmode=wrong",
	"postgres://u@db.example/f?password=S3cret&sslmode=wrong", "postgres://u@db.example/f?sslmode=wrong&password=S3cret@",
	"postgres://u:S3cret@db.example/f?sslmode=disable", "postgres:u:S3cret@db.example/f", "host=db.example password=S3cret",
	"mysql://u:S3cret@db.example/f", "postgres://u:S3cret@db.example/f?sslrootcert=/nowhere", "postgres://u:S3cret@a,b:1:2/f",
	"postgres://u:S3cret@db.example/f?target_session_attrs=x", "postgres://u@db.example/f?sslpassword=S3cret&sslmode=wrong",
}

func TestNoErrorShowsThePassword(t *testing.T) {
	alone(t)
	for _, address := range mistyped {
		_, err := parse(address)
		if err == nil {
			t.Errorf("%s was accepted", address)
		} else if strings.Contains(err.Error(), "S3cret") {
			t.Errorf("the password is shown: %v", err)
		}
	}
}

func FuzzAddress(f *testing.F) {
	for _, address := range mistyped {
		f.Add(address)
	}
	f.Add("postgres://u:S3cret@localhost:5432/f")
	f.Fuzz(func(t *testing.T, address string) {
		config, err := parse(address)
		if err != nil {
			if strings.Contains(address, ":S3cret@") && strings.Contains(err.Error(), "S3cret") {
				t.Errorf("the password is shown: %v", err)
			}
			return
		}
		if err := verified(config.ConnConfig); err != nil {
			t.Errorf("%q was accepted: %v", address, err)
		}
	})
}
