package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fairlead/assets"
	"fairlead/connectors"
	"fairlead/reminders"
	"fairlead/workspace"
)

// selection says which connectors a command is about, with the names of the window and
// of the catalogue.
type selection struct {
	words    string
	states   []string
	service  string
	provider string
	tenant   string
	sort     string
	desc     bool
	limit    int
}

// choice is a value of an option: its word, and what it means.
type choice struct{ word, means string }

// expiring is the state of those of which something ends soon, and cloud the half of
// the connectors that are not to Exchange on-premises.
const (
	expiring = "expiring"
	cloud    = "cloud"
)

var stateChoices = []choice{
	{"works", "the last test passed"},
	{"warns", "the last test warned"},
	{"fails", "the last test failed"},
	{"never-tested", "not tested yet, or not to the end"},
	{expiring, fmt.Sprintf("something ends within %d days", reminders.SoonDays)},
}

// orders are those of a list. The words are for people: the orders are the registry's.
var orders = []struct {
	choice
	by connectors.Sort
}{
	{choice{"name", ""}, connectors.ByName},
	{choice{"state", "what has to be looked at first"}, connectors.ByState},
	{choice{"tested", "by the last test"}, connectors.ByTested},
	{choice{"tenant", ""}, connectors.ByTenant},
	{choice{"created", ""}, connectors.ByCreated},
	{choice{"expires", "what ends first"}, connectors.ByExpiry},
}

// narrowing adds the options that narrow connectors down.
func (s *selection) narrowing(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringSliceVar(&s.states, "state", nil, "only those in this `state`: works, warns, fails, never-tested or expiring; may be given several times")
	flags.StringVar(&s.service, "service", "", "only those of this `service`, by its id or name")
	flags.StringVar(&s.provider, "provider", "", "only those of this `provider`: exchange, microsoft365, google, or cloud for all but exchange")
	flags.StringVar(&s.tenant, "tenant", "", "only those of this `tenant`")
	complete(cmd, "state", func() []cobra.Completion { return offered(stateChoices) })
	complete(cmd, "service", func() []cobra.Completion {
		var ids []cobra.Completion
		if c, err := assets.LoadCatalogue(); err == nil {
			for _, service := range c.Services {
				ids = append(ids, cobra.CompletionWithDesc(service.ID, service.Name))
			}
		}
		return ids
	})
	complete(cmd, "provider", func() []cobra.Completion {
		return []cobra.Completion{"exchange", "microsoft365", "google", cobra.CompletionWithDesc(cloud, "all but exchange")}
	})
}

// searching adds the search, for commands whose arguments are something else.
func (s *selection) searching(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.words, "search", "", "only those with all of these `words`, as list searches")
}

// ordering adds the options of a list: its order, and how long it may be.
func (s *selection) ordering(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&s.sort, "sort", "name", "the `order`: name, state, tested, tenant, created or expires")
	flags.BoolVar(&s.desc, "desc", false, "turn the order round")
	flags.IntVar(&s.limit, "limit", 0, "list this `number` of them at most")
	complete(cmd, "sort", func() []cobra.Completion {
		var all []choice
		for _, o := range orders {
			all = append(all, o.choice)
		}
		return offered(all)
	})
}

func offered(choices []choice) (all []cobra.Completion) {
	for _, c := range choices {
		if c.means == "" {
			all = append(all, c.word)
			continue
		}
		all = append(all, cobra.CompletionWithDesc(c.word, c.means))
	}
	return all
}

// narrows reports whether it leaves any connector out.
func (s *selection) narrows() bool {
	return strings.TrimSpace(s.words) != "" || len(s.states) > 0 || s.service != "" || s.provider != "" || s.tenant != ""
}

// query is what to ask the registry, without the limit.
func (s *selection) query(w *workspace.Workspace) (connectors.Query, error) {
	q := connectors.Query{Words: w.Search(s.words), Tenant: s.tenant, Desc: s.desc}
	if s.limit < 0 {
		return q, badInput("0, or no --limit at all, lists them all.", "--limit takes a number that is not negative")
	}
	for _, ask := range []func(*workspace.Workspace, *connectors.Query) error{s.askStates, s.askService, s.askProvider, s.askOrder} {
		if err := ask(w, &q); err != nil {
			return q, err
		}
	}
	return q, nil
}

func (s *selection) askStates(_ *workspace.Workspace, q *connectors.Query) error {
	for _, given := range s.states {
		word := strings.ReplaceAll(plainWord(given), " ", "-")
		switch {
		case !slices.ContainsFunc(stateChoices, func(c choice) bool { return c.word == word }):
			hint := "The states are " + wordsOf(stateChoices) + "."
			if word == "draft" || word == "drafts" || word == "waiting" {
				hint = `"fairleadctl drafts" lists those that wait.`
			}
			return badInput(hint, "--state: no connector is in the state %q", given)
		case word == expiring && len(s.states) > 1:
			return badInput("List them one after the other.", "--state expiring goes with no other state")
		case word == expiring:
			q.Expiring = time.Now().AddDate(0, 0, reminders.SoonDays)
		default:
			q.States = append(q.States, connectors.State(strings.ReplaceAll(word, "-", " ")))
		}
	}
	return nil
}

func (s *selection) askService(w *workspace.Workspace, q *connectors.Query) error {
	if s.service == "" {
		return nil
	}
	var ids []string
	for _, service := range w.Catalogue.Services {
		if key := connectors.Key(s.service); key == connectors.Key(service.ID) || key == connectors.Key(service.Name) {
			q.Service = service.ID
		}
		ids = append(ids, service.ID)
	}
	if q.Service == "" {
		return badInput("The services are "+strings.Join(ids, ", ")+".", "--service: the catalogue has no service %q", s.service)
	}
	return nil
}

func (s *selection) askProvider(w *workspace.Workspace, q *connectors.Query) error {
	if s.provider == "" {
		return nil
	}
	key, ids := connectors.Key(s.provider), []string{}
	for _, p := range w.Providers {
		info := p.Info()
		if key == connectors.Key(info.ID) || key == connectors.Key(info.Name) {
			q.Provider = info.ID
		}
		ids = append(ids, info.ID)
	}
	switch {
	case plainWord(s.provider) == cloud:
		q.Kind = connectors.KindCloud
	case q.Provider == "":
		return badInput("The providers are "+strings.Join(append(ids, cloud), ", ")+".", "--provider: there is no provider %q", s.provider)
	}
	return nil
}

func (s *selection) askOrder(_ *workspace.Workspace, q *connectors.Query) error {
	var known []choice
	for _, o := range orders {
		if o.word == cmp.Or(plainWord(s.sort), "name") {
			q.Sort = o.by
			return nil
		}
		known = append(known, o.choice)
	}
	return badInput("The orders are "+wordsOf(known)+".", "--sort: there is no order %q", s.sort)
}

// plainWord is a word as it was typed, whatever its case.
func plainWord(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

func wordsOf(choices []choice) string {
	var all []string
	for _, c := range choices {
		all = append(all, c.word)
	}
	return strings.Join(all, ", ")
}

// ids are the connectors that are asked for, in their order and not more than the limit, and
// how many there are in all.
func (s *selection) ids(ctx context.Context, w *workspace.Workspace) (ids []string, total int, err error) {
	q, err := s.query(w)
	if err != nil {
		return nil, 0, err
	}
	ids, err = w.Keeper.Registry.IDs(ctx, q)
	total = len(ids)
	if s.limit > 0 && total > s.limit {
		ids = ids[:s.limit]
	}
	return ids, total, err
}

// some are the ids of the connectors that are asked for. Where there is none, that is an error.
func (s *selection) some(ctx context.Context, w *workspace.Workspace, notDone string) ([]string, error) {
	ids, _, err := s.ids(ctx, w)
	if err == nil && len(ids) == 0 && s.narrows() {
		err = notSo(`"fairleadctl list" shows what there is.`, "none of the connectors is what was asked for: %s", notDone)
	}
	return ids, err
}
