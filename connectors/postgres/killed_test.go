//go:build postgres && unix

package postgres

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
	"fairlead/connectors/sqlite"
)

// killedChild is the variable that makes this binary one of the programs that
// the tests kill: its value says which store. Where that is, is the next one's.
const (
	killedChild = "FAIRLEAD_TEST_KILLED"
	killedWhere = "FAIRLEAD_TEST_REGISTRY"
)

// stores open a registry by an address or a path.
var stores = map[string]func(ctx context.Context, where string) (connectors.Registry, error){
	"postgres": Open, "sqlite": sqlite.Open,
}

// runKilled is such a program. It returns its exit status.
func runKilled(kind string) int {
	kind, opens := strings.CutPrefix(kind, "open ") // and no more
	r, err := stores[kind](context.Background(), os.Getenv(killedWhere))
	if err == nil && opens {
		err = r.Close()
	} else if err == nil {
		err = registrytest.RunKilled(r, os.Args[1:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestKilledAgainAndAgain kills programs at every step, more than 500 times, on
// both stores.
func TestKilledAgainAndAgain(t *testing.T) {
	for kind, where := range map[string]string{
		"sqlite": filepath.Join(t.TempDir(), "connectors.db"), "postgres": server.Socket(newDatabase(t)),
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			program := func(args ...string) *exec.Cmd {
				cmd := exec.CommandContext(t.Context(), self, args...)
				cmd.Env = append(os.Environ(), killedChild+"="+kind, killedWhere+"="+where)
				return cmd
			}
			registrytest.Killed(t, 260, program, func() connectors.Registry {
				r, err := stores[kind](t.Context(), where)
				if err != nil {
					t.Fatal(err)
				}
				return r
			})
		})
	}
}
