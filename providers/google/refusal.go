package google

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fairlead/oauth"
	"fairlead/secret"
)

// refusal is an answer of Google's that says no.
type refusal struct {
	status int
	// codes are what programs go by: the "error" of the token service, or the
	// status and reasons of an API. The first is the most telling.
	codes []string
	text  string // what people are told: foreign, cleaned of what was sent
}

func (r *refusal) Error() string {
	return fmt.Sprintf("HTTP %d %s: %s", r.status, strings.Join(r.codes, ", "), r.text)
}

// is reports whether the refusal has a code, and its text has some words in it.
func (r *refusal) is(code, words string) bool {
	return slices.Contains(r.codes, code) && strings.Contains(strings.ToLower(r.text), words)
}

// apiError is the form of errors of Google's APIs.
type apiError struct {
	Message string `json:"message"`
	Status  string `json:"status"`
	Errors  []struct {
		Reason string `json:"reason"`
	} `json:"errors"`
	Details []struct {
		Reason string `json:"reason"`
	} `json:"details"`
}

const (
	maxCode = 100
	maxSaid = 1000
)

// parseRefusal reads a refusal of the token service, where "error" is a text, or
// of an API, where it is an object.
func parseRefusal(r reply, sent ...secret.Secret) *refusal {
	out := &refusal{status: r.status}
	var a struct {
		Error       json.RawMessage `json:"error"`
		Description string          `json:"error_description"`
	}
	var code string
	var e apiError
	switch {
	case json.Unmarshal(r.body, &a) != nil:
	case json.Unmarshal(a.Error, &code) == nil:
		out.add(code)
		out.text = oauth.Clean(a.Description, maxSaid, sent)
	case json.Unmarshal(a.Error, &e) == nil:
		for _, one := range e.Errors {
			out.add(one.Reason)
		}
		for _, one := range e.Details {
			out.add(one.Reason)
		}
		out.add(e.Status)
		out.text = oauth.Clean(e.Message, maxSaid, sent)
	}
	for i := range out.codes {
		out.codes[i] = oauth.Clean(out.codes[i], maxCode, sent)
	}
	return out
}

func (r *refusal) add(code string) {
	if code != "" && len(r.codes) < 5 && !slices.Contains(r.codes, code) {
		r.codes = append(r.codes, code)
	}
}
