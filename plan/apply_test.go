package plan

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fairlead/check"
	"fairlead/connectors"
)

// TestApplyingEndsTheDifference: whatever exists before, doing every step of a
// plan leaves nothing to do, and breaks no rule of the registry on the way.
func TestApplyingEndsTheDifference(t *testing.T) {
	c := catalogue(t)
	rapid.Check(t, func(t *rapid.T) {
		e, have := estate(t), Existing{Connectors: someOf(t, New(estate(t), c, Existing{}))}
		have.Connectors = append(have.Connectors, someOf(t, New(e, c, Existing{}))...)
		have.Connectors = unique(have.Connectors)
		for round := 0; ; round++ {
			p := New(e, c, have)
			kept := slices.IndexFunc(p.Steps(), func(s Step) bool { return s.Kind != Keep }) < 0
			if kept && p.Totals.Works == p.Totals.Needed && (len(p.Steps()) > 0 || p.Totals.Done()) {
				return
			}
			if round == 1 {
				t.Fatalf("%s; still to be done: %+v", p.Totals, p.Steps())
			}
			w := newWorld(t, have.Connectors)
			for _, step := range p.Steps() {
				w.do(step)
			}
			have.Connectors = w.list()
		}
	})
}

// TestNoServiceIsEverLeft: while an estate moves to the cloud, every task is
// attached at every moment, and every service in use keeps a connector.
func TestNoServiceIsEverLeft(t *testing.T) {
	c := catalogue(t)
	rapid.Check(t, func(t *rapid.T) {
		e := estate(t)
		before := New(e, c, Existing{})
		var all []connectors.Connector
		for i := range before.Needs {
			all = append(all, made(&before.Needs[i], fmt.Sprint("before", i)))
		}
		for i := range all {
			for _, service := range all[i].Services {
				if rapid.Bool().Draw(t, "attached") {
					all[i].Attachments = append(all[i].Attachments, connectors.Attachment{Service: service, Task: "Every day"})
				}
			}
		}
		m, err := Migrate(e, c, Existing{Connectors: all}, "")
		if err != nil {
			t.Skip("nothing is hybrid")
		}
		w := newWorld(t, all)
		attached, covered := w.attached(), w.covered()
		for _, step := range m.Steps {
			w.do(step)
			for what := range attached {
				if !w.attached()[what] {
					t.Fatalf("%v has no connector after %s", what, step.Kind)
				}
			}
			for what := range covered {
				if !w.covered()[what] {
					t.Fatalf("%v has no connector after %s", what, step.Kind)
				}
			}
		}
	})
}

// someOf makes some of the connectors that a plan needs.
func someOf(t *rapid.T, p *Plan) []connectors.Connector {
	var list []connectors.Connector
	for i := range p.Needs {
		c := made(&p.Needs[i], fmt.Sprintf("%p-%d", p, i))
		if rapid.Bool().Draw(t, "exists") {
			c.LastTest = rapid.SampledFrom([]*check.Report{nil, passed, failed}).Draw(t, "last test")
			list = append(list, c)
		}
	}
	return list
}

// unique leaves one connector for each place.
func unique(all []connectors.Connector) []connectors.Connector {
	var list []connectors.Connector
	for _, c := range all {
		if connectors.CheckUnique(c, list) == nil {
			list = append(list, c)
		}
	}
	return list
}
