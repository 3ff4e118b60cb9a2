package app

import (
	"context"
	"errors"

	"fairlead/connectors"
	"fairlead/plan"
)

// planRead is the estate as the registry keeps it, and its plan.
type planRead struct {
	environment plan.Environment
	version     int            // of the environment; zero where none is stored
	problems    *plan.Problems // the stored one no longer fits
	have        plan.Existing
	plan        *plan.Plan // nil where there is no environment
}

// readPlan reads the estate and what exists, and plans.
func (a *App) readPlan(ctx context.Context) (planRead, error) {
	var r planRead
	var err error
	keeper := a.world.Keeper
	r.environment, r.version, err = plan.Load(ctx, keeper.Registry, a.world.Catalogue)
	problems, unfit := errors.AsType[*plan.Problems](err)
	switch {
	case errors.Is(err, plan.ErrNoEnvironment):
	case unfit:
		r.problems = problems
	case err != nil:
		return r, err
	}
	if r.have.Connectors, err = keeper.List(ctx); err != nil {
		return r, err
	}
	if r.have.Drafts, err = keeper.Registry.Drafts(ctx); err != nil {
		return r, err
	}
	if r.version > 0 && !unfit {
		r.plan = plan.New(r.environment, a.world.Catalogue, r.have)
	}
	return r, nil
}

// guide puts the steps of a plan into words.
func (a *App) guide(p *plan.Plan) *plan.Guide {
	g := &plan.Guide{Plan: p, Catalogue: a.world.Catalogue, Providers: a.world.Providers, Env: a.world.Env}
	if a.world.Lab != nil {
		g.Flags = "--lab"
	}
	return g
}

// saveEstate stores an estate that was checked, in place of the version that was
// seen, and then says how that went. Where somebody else has stored another one
// meanwhile, it asks.
func (a *App) saveEstate(e plan.Environment, version int, then func(error)) {
	here := a.here()
	work(a, func(ctx context.Context) (int, error) {
		if version == 0 { // nobody had stored one: see that it is still so
			if _, now, err := plan.Load(ctx, a.world.Keeper.Registry, a.world.Catalogue); !errors.Is(err, plan.ErrNoEnvironment) {
				return now, errors.Join(err, &connectors.ChangedError{Version: now})
			}
		}
		return plan.Save(ctx, a.world.Keeper.Registry, e, version)
	}, func(_ int, err error) {
		changed, conflict := errors.AsType[*connectors.ChangedError](err)
		switch {
		case !here():
		case conflict:
			a.confirm(confirmation{
				Title: "Somebody else has changed the plan", Trouble: &trouble{
					What: "Somebody else has changed the plan", Cause: changed.Error(),
					Do: "Load theirs, and what you changed here is lost; or overwrite theirs with yours.",
				},
				Verb: "Overwrite theirs", Stay: "Load theirs",
				Then: func() { a.saveEstate(e, changed.Version, then) },
				Not:  func() { a.showPlan(planSpot{}) },
			})
		default:
			then(err)
		}
	})
}
