package workspace

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/connectors"
	"fairlead/wizard/page"
)

// draftStore keeps drafts in memory. Its first write waits until it is let go.
type draftStore struct {
	connectors.Registry
	drafts map[string]connectors.Draft
	let    chan struct{}
}

func (s *draftStore) SaveDraft(_ context.Context, d connectors.Draft) error {
	if let := s.let; let != nil {
		s.let = nil
		<-let
	}
	s.drafts[d.ID] = d
	return nil
}

func (s *draftStore) UpdateDraft(_ context.Context, d connectors.Draft) error {
	if _, there := s.drafts[d.ID]; !there {
		return connectors.ErrNotFound
	}
	s.drafts[d.ID] = d
	return nil
}

func (s *draftStore) DeleteDraft(_ context.Context, id string) error {
	delete(s.drafts, id)
	return nil
}

// pages are the pages that the drafts in the store stand at.
func (s *draftStore) pages() (all []string) {
	for _, d := range s.drafts {
		all = append(all, d.Page)
	}
	return all
}

// threePages is a world with that store, and a journey that has left its first page.
func threePages(s *draftStore) (*Workspace, *page.Journey) {
	s.drafts = map[string]connectors.Draft{}
	var pages []page.Page
	for _, id := range []string{"one", "two", "three"} {
		pages = append(pages, page.Page{ID: id, Fields: func(*page.Answers) []page.Field {
			return []page.Field{{Key: id, Kind: page.Text, Optional: true}}
		}})
	}
	j := page.Start(page.Flow{
		ID: "flow", Label: func(*page.Answers) string { return "Flow" }, Pages: func(*page.Answers) []page.Page { return pages },
	})
	j.Next()
	return &Workspace{Keeper: &connectors.Keeper{Registry: s, Now: time.Now}}, j
}

// TestDraftsAreWrittenInOrder has a first write that hangs, a second that gives up
// waiting for it, and a third: what was taken down last is what stays.
func TestDraftsAreWrittenInOrder(t *testing.T) {
	for name, want := range map[string][]string{"kept": {"one"}, "saved": {"one"}, "dropped": nil} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &draftStore{let: make(chan struct{})}
				let := s.let
				w, j := threePages(s)
				d := w.Drafting("")
				first := d.Keep(j)
				j.Next()
				second := d.Keep(j)
				j.Goto("one")
				var third func(context.Context) error
				switch name {
				case "kept":
					third = d.Keep(j)
				case "saved":
					third, _ = d.Save(j)
				case "dropped":
					third = d.Drop()
				}
				firsts, thirds := make(chan error, 1), make(chan error, 1)
				go func() { firsts <- first(t.Context()) }()
				synctest.Wait()
				ended, end := context.WithCancel(t.Context())
				end()
				if err := second(ended); !errors.Is(err, context.Canceled) {
					t.Errorf("the second says %v", err)
				}
				go func() { thirds <- third(t.Context()) }()
				synctest.Wait()
				select {
				case <-d.Settled():
					t.Error("it is settled while the first hangs")
				default:
				}
				if len(thirds) > 0 {
					t.Error("the third has not waited")
				}
				close(let)
				<-d.Settled()
				if err := errors.Join(<-firsts, <-thirds); err != nil {
					t.Error(err)
				}
				if got := s.pages(); !slices.Equal(got, want) {
					t.Errorf("drafts at %v, want %v", got, want)
				}
			})
		})
	}
}

// TestADraftThatOthersDelete goes on with a journey whose draft somebody has deleted:
// it does not come back, unless the journey is left to go on later.
func TestADraftThatOthersDelete(t *testing.T) {
	s := &draftStore{}
	w, j := threePages(s)
	d := w.Drafting("")
	run := func(write func(context.Context) error) {
		t.Helper()
		if err := write(t.Context()); err != nil {
			t.Error(err)
		}
	}
	run(d.Keep(j))
	if d.Keep(j) != nil {
		t.Error("nothing has changed, and it is written anew")
	}
	clear(s.drafts)
	j.Next()
	run(d.Keep(j))
	if got := s.pages(); len(got) > 0 {
		t.Errorf("it has come back at %v", got)
	}
	save, err := d.Save(j)
	if err != nil {
		t.Fatal(err)
	}
	run(save)
	if got := s.pages(); !slices.Equal(got, []string{"three"}) {
		t.Errorf("drafts at %v", got)
	}
	run(d.Drop())
	if d.Drop() != nil || len(s.drafts) > 0 {
		t.Error("it is not dropped once")
	}
}
