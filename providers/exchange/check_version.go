package exchange

import (
	"context"

	"fairlead/check"
)

// versionCheck names the product that answered.
var versionCheck = check.Check[*test]{
	ID: "version", Title: "Server version", Needs: []string{"sign-in"},
	Causes: []*check.Cause[*test]{schemaVersionUnknown, outOfSupport, updatesMissing, buildsDiffer},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		s.build = s.reply.Server.Build
		if s.build == "" {
			s.build = s.frontBuild() // a fault does not say
		}
		product, _ := Product(s.build)
		found := check.Finding{Summary: product, Evidence: "build " + s.build}
		if front := s.frontBuild(); front != "" {
			found.Evidence += "\nfront end " + front
		}
		switch {
		case s.reply.Is("ErrorInvalidServerVersion"):
			return found, s.reply.Err()
		case product == "":
			return found, check.Skipped("the server does not say")
		}
		return found, nil
	},
}
