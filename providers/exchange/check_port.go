package exchange

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"fairlead/check"
)

// portCheck connects to every address at once. The first connection goes on;
// what becomes of the others is for addressesCheck.
var portCheck = check.Check[*test]{
	ID: "port", Title: "Port answers", Needs: []string{"name"},
	Causes: []*check.Cause[*test]{portRefused, portUnreachable},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		port, err := strconv.ParseUint(s.Port(), 10, 16)
		if err != nil {
			return check.Finding{}, fmt.Errorf("port %s: %w", s.Port(), err)
		}
		s.dials = dialAll(ctx, s.net, s.addresses, uint16(port), s.repeats())
		var failed []error
		for d, ok := s.dials.next(); ok; d, ok = s.dials.next() {
			if d.err == nil {
				s.conn, s.address = d.conn, d.address
				s.dials.again(ctx, d.address)
				return check.Finding{Summary: "port " + s.Port() + " of " + d.address.Addr().String()}, nil
			}
			s.greetings = append(s.greetings, greeting{address: d.address.Addr(), err: d.err})
			failed = append(failed, fmt.Errorf("%s: %w", d.address, d.err))
		}
		return check.Finding{}, errors.Join(failed...)
	},
}
