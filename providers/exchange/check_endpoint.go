package exchange

import (
	"context"
	"net/http"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
)

// endpointCheck makes a call without a sign-in, to see who answers. It carries
// nothing secret, so it does not wait for the judgement of the certificate.
var endpointCheck = check.Check[*test]{
	ID: "endpoint", Title: "EWS answers", Needs: []string{"tls"},
	Causes: serverCauses,
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		answer, err := s.send(ctx, s.line, call{body: ews.ConvertID(ews.Exchange2013)})
		s.open, s.arrival = answer, s.net.Now()
		found := check.Finding{Evidence: s.evidence(answer)}
		if err != nil {
			return found, err
		}
		if answer.Status != http.StatusUnauthorized {
			if _, err := ews.Read(answer.Body); err != nil {
				return found, &unexpected{Answer: answer}
			}
		}
		found.Summary = s.whoAnswered()
		return found, nil
	},
}

// whoAnswered says as much about the server as it says without a sign-in.
func (s *test) whoAnswered() string {
	text := "EWS answers itself"
	if name := s.FrontEnd(); name != "" {
		text = "answered by " + name
	}
	if product, _ := Product(s.frontBuild()); product != "" {
		text += ", " + product
	}
	return text
}

// frontBuild is the front end's build, or empty.
func (s *test) frontBuild() string {
	if s.open == nil {
		return ""
	}
	return frontBuild(s.open)
}
