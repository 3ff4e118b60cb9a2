package plan

import (
	"fmt"
	"testing"
	"time"

	"fairlead/connectors"
)

// many is an estate of 10,000 tenants that use all seven services, with nine of
// ten connectors made.
func many() (Environment, []connectors.Connector) {
	var e Environment
	var list []connectors.Connector
	for i := range 1000 {
		o := Organisation{Name: fmt.Sprintf("Organisation %d", i), Mailboxes: InBoth, Services: usable[microsoft365]}
		for j := range 10 {
			t := Tenant{Provider: microsoft365, Tenant: fmt.Sprintf("tenant%d.organisation%d.example", j, i)}
			if j == 9 {
				t.Provider = exchange
			}
			o.Tenants = append(o.Tenants, t)
			if j == 8 {
				continue
			}
			services := usable[t.Provider]
			if t.Provider != exchange {
				for _, service := range services {
					n := Need{Tenant: &t, Services: []string{service}}
					list = append(list, made(&n, service+t.Tenant))
				}
			} else {
				n := Need{Tenant: &t, Services: services}
				list = append(list, made(&n, t.Tenant))
			}
		}
		e.Organisations = append(e.Organisations, o)
	}
	return e, list
}

// BenchmarkPlan plans 10,000 tenants with seven services, which is to take at
// most 100 ms, and the steps that it leads to.
func BenchmarkPlan(b *testing.B) {
	c := catalogue(b)
	e, list := many()
	b.ReportAllocs()
	for b.Loop() {
		p := New(e, c, Existing{Connectors: list})
		if p.Totals.Needed != 64000 || p.Totals.Missing != 7000 {
			b.Fatal(p.Totals)
		}
	}
	if took := b.Elapsed() / time.Duration(b.N); took > 100*time.Millisecond {
		b.Errorf("a plan takes %s", took)
	}
}

// BenchmarkSteps orders what such a plan leads to.
func BenchmarkSteps(b *testing.B) {
	e, list := many()
	p := New(e, catalogue(b), Existing{Connectors: list})
	for b.Loop() {
		if n := len(p.Steps()); n != 7000 {
			b.Fatal(n)
		}
	}
}
