package page

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/secret"
)

// Answers are what was typed and chosen so far. The zero value is not usable;
// a [Journey] makes them.
type Answers struct {
	values  map[string]any // string, bool or []string
	secrets map[string]secret.Secret
	changed map[string]int // how often each key changed
	reports map[string]*check.Report
}

// NewAnswers returns empty answers.
func NewAnswers() *Answers {
	return &Answers{
		values:  map[string]any{},
		secrets: map[string]secret.Secret{},
		changed: map[string]int{},
		reports: map[string]*check.Report{},
	}
}

// Text returns a text, without the spaces around it, or the empty string.
func (a *Answers) Text(key string) string {
	text, _ := a.values[key].(string)
	return strings.TrimSpace(text)
}

// List returns what was chosen, or nothing.
func (a *Answers) List(key string) []string {
	list, _ := a.values[key].([]string)
	return slices.Clone(list)
}

// On reports whether a box is ticked.
func (a *Answers) On(key string) bool {
	on, _ := a.values[key].(bool)
	return on
}

// Secret returns a secret, or the empty one.
func (a *Answers) Secret(key string) secret.Secret { return a.secrets[key] }

// Report returns the report of the test on a page, or nil when there is none
// that still fits the answers.
func (a *Answers) Report(pageID string) *check.Report { return a.reports[pageID] }

// Set stores a string, bool, []string or secret.Secret. It panics on any
// other type, which is a mistake in a front end.
func (a *Answers) Set(key string, value any) {
	switch v := value.(type) {
	case secret.Secret:
		if v.Equal(a.secrets[key]) {
			return
		}
		a.secrets[key] = v
	case string:
		if old, ok := a.values[key].(string); ok && old == v {
			return
		}
		a.values[key] = v
	case bool:
		if old, ok := a.values[key].(bool); ok && old == v {
			return
		}
		a.values[key] = v
	case []string:
		if old, ok := a.values[key].([]string); ok && slices.Equal(old, v) {
			return
		}
		a.values[key] = slices.Clone(v)
	default:
		panic(fmt.Sprintf("page: answer %q has the type %T", key, value))
	}
	a.changed[key]++
}

// has reports whether a key was ever set.
func (a *Answers) has(key string) bool {
	if _, ok := a.values[key]; ok {
		return true
	}
	return !a.secrets[key].IsEmpty()
}

// clone returns a copy that a task may read while the journey goes on.
func (a *Answers) clone() *Answers {
	return &Answers{
		values: maps.Clone(a.values), secrets: maps.Clone(a.secrets),
		changed: maps.Clone(a.changed), reports: maps.Clone(a.reports),
	}
}

// revision sums up the state of some keys: it differs when one of them changed.
func (a *Answers) revision(keys []string) string {
	var b strings.Builder
	for _, key := range keys {
		fmt.Fprintf(&b, "%s=%d;", key, a.changed[key])
	}
	return b.String()
}

// MarshalJSON writes the answers without the secrets.
func (a *Answers) MarshalJSON() ([]byte, error) { return json.Marshal(a.values) }

// UnmarshalJSON reads answers back. A value of another type than text, yes or
// no, or a list of texts is refused.
func (a *Answers) UnmarshalJSON(data []byte) error {
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("read the answers of a draft: %w", err)
	}
	*a = *NewAnswers()
	for key, value := range raw {
		switch v := value.(type) {
		case string, bool:
			a.Set(key, v)
		case []any:
			list := []string{}
			for _, item := range v {
				text, ok := item.(string)
				if !ok {
					return fmt.Errorf("read the answers of a draft: %q holds %T in a list", key, item)
				}
				list = append(list, text)
			}
			a.Set(key, list)
		default:
			return fmt.Errorf("read the answers of a draft: %q holds %T", key, value)
		}
	}
	return nil
}
