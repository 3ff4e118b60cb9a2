package connectors

import "context"

// atOnce is how many connectors or events are read at once where all are.
const atOnce = 500

// bare reads all connectors of a registry, without reports and attachments.
func bare(ctx context.Context, r Registry) ([]Connector, error) {
	ids, err := r.IDs(ctx, Query{})
	if err != nil {
		return nil, err
	}
	all := make([]Connector, 0, len(ids))
	for len(ids) > 0 {
		some := ids[:min(atOnce, len(ids))]
		ids = ids[len(some):]
		rows, err := r.Rows(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			all = append(all, row.Connector)
		}
	}
	return all, nil
}

// places are the names and the claims of many connectors, to look who holds
// one without going through all.
type places struct {
	ids    map[string]bool
	names  map[string]Connector
	claims map[Claim]Connector
}

func newPlaces(all []Connector) places {
	p := places{map[string]bool{}, map[string]Connector{}, map[Claim]Connector{}}
	for _, c := range all {
		p.ids[c.ID] = true
		p.names[Key(c.Name)] = c
		for _, claim := range c.Claims() {
			p.claims[claim] = c
		}
	}
	return p
}

// holders returns those that hold a connector's name or a place that it claims.
func (p places) holders(c Connector) (all []Connector) {
	if other, taken := p.names[Key(c.Name)]; taken {
		all = append(all, other)
	}
	for _, claim := range c.Claims() {
		if other, taken := p.claims[claim]; taken {
			all = append(all, other)
		}
	}
	return all
}
