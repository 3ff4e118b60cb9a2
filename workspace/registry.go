package workspace

import (
	"cmp"
	"context"
	"path/filepath"

	"fairlead/connectors"
	"fairlead/connectors/postgres"
	"fairlead/connectors/sqlite"
)

// RegistryVariable names, in the environment, the address of the team's
// registry, for [TeamRegistry].
const RegistryVariable = "FAIRLEAD_REGISTRY"

// TeamRegistry returns the address of the team's registry: what the flag
// --registry says, else the environment. Empty means the file.
func TeamRegistry(flag string, getenv func(string) string) (string, error) {
	if err := CheckAddress("--registry", flag); flag != "" && err != nil {
		return "", err
	}
	return cmp.Or(flag, getenv(RegistryVariable)), nil
}

// CheckAddress refuses what is no address of a registry, and one with a password
// in a program's argument, as [*connectors.RuleError]. It repeats neither.
func CheckAddress(flag, address string) error {
	switch {
	case !postgres.Recognised(address):
		return &connectors.RuleError{
			Rule: "registry-address", Reason: flag + " takes the address of a PostgreSQL database.",
			Hint: "It has the form postgres://USER@HOST:PORT/DATABASE.",
		}
	case postgres.HasPassword(address):
		return &connectors.RuleError{
			Rule: "registry-password", Reason: flag + " holds a password, which other users of this computer can read.",
			Hint: "Put the password into PGPASSWORD, or into the file .pgpass, and leave it out of the address.",
		}
	}
	return nil
}

// openRegistry opens the team's registry where there is one, else the file in a
// folder. The lab's connectors are never a team's.
func (o Options) openRegistry(ctx context.Context, dir string) (connectors.Registry, error) {
	if o.Registry != "" && !o.Lab {
		return postgres.Open(ctx, o.Registry)
	}
	return sqlite.Open(ctx, filepath.Join(dir, "connectors.db"))
}
