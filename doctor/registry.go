package doctor

import (
	"context"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/workspace"
)

// registryCheck opens the registry as every start does.
var registryCheck = check.Check[*examination]{
	ID: "registry", Title: "Registry", Needs: []string{"folder"},
	Ask: func(ctx context.Context, s *examination) (check.Finding, error) {
		world, err := workspace.Open(ctx, s.World)
		if err != nil {
			return check.Finding{}, err
		}
		s.world = world
		place := "on this computer"
		if s.World.Registry != "" && !s.World.Lab {
			place = "shared by a team"
		}
		return check.Finding{Summary: place}, nil
	},
	Causes: []*check.Cause[*examination]{
		registryNewer, registryDamaged, registryUnreachable, folderDenied, diskFull,
		{
			Code: "registry-unusable", Title: "The registry does not open", Verdict: check.Fail,
			When:   check.Otherwise(registryNewer, registryDamaged, registryUnreachable, folderDenied, diskFull),
			Likely: []string{"another program holds the file", "the settings of this run name something that is not there"},
			Remedy: "Read the evidence below. It names what was in the way.",
		},
	},
}

var registryNewer = &check.Cause[*examination]{
	Code: "registry-newer", Title: "A newer Fairlead wrote the registry", Verdict: check.Fail,
	When:   check.Met[*examination](connectors.ErrNewerSchema),
	Likely: []string{"Fairlead was updated on another computer or in another folder, and this one is the older version"},
	Remedy: "Start the newer version. This one leaves the registry as it is.",
}

var registryDamaged = &check.Cause[*examination]{
	Code: "registry-damaged", Title: "The registry is damaged", Verdict: check.Fail,
	When:   check.Met[*examination](connectors.ErrDamaged),
	Likely: []string{"the disk has errors", "the file was copied while it was written to", "a synchronising folder has mixed two copies"},
	Remedy: "Move `connectors.db` in `{{.Folder}}` away and restore a backup: `fairleadctl restore FILE`. Fairlead never overwrites a damaged file.",
}

var registryUnreachable = &check.Cause[*examination]{
	Code: "registry-unreachable", Title: "The team's registry cannot be reached", Verdict: check.Fail,
	When:   check.Met[*examination](connectors.ErrUnreachable),
	Likely: []string{"the database is stopped", "a firewall is in between", "the address in `--registry` or FAIRLEAD_REGISTRY is wrong"},
	Remedy: "Ask whoever looks after the database. Nothing that was acknowledged is lost.",
}
