// Package rotate is the journey that gives a connector a new password or key, or the
// one that is missing: type it, test it, put it into use. Until the last step an old
// one stays.
package rotate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// Rotate is what the journey needs.
type Rotate struct {
	Connector connectors.Connector // as it was seen
	Keeper    *connectors.Keeper
	// Key says which key the connector has; it is empty where it has a password.
	Key string
	// Missing says that there is none yet: the connector came from a file, or the keyring
	// has lost it. The journey is about entering it then.
	Missing bool
	// Settings of the connector: where the secret goes, among them.
	Settings []providers.Detail
	// Read makes the secret of what was given: of the text of a key's file, or the
	// file's name.
	Read func(given secret.Secret) (secret.Secret, error)
	// Test is the connection test with a secret.
	Test func(s secret.Secret) (*check.Suite, error)
}

// The keys of the answers, and the id of the page whose report counts.
const (
	KeySecret = "rotate.secret"
	keyRead   = "rotate.read" // the secret in the form that is kept
	keyLeft   = "rotate.left" // why the old secret is still in the keyring

	pageTest = "rotate.test"
)

// Flow returns the journey: New password → Test → Put into use → Done. Nothing
// of it is kept in a draft.
func (r *Rotate) Flow() page.Flow {
	return page.Flow{
		ID: "rotate", Title: r.Connector.Name, Undrafted: true,
		Label: func(*page.Answers) string { return r.Connector.Name },
		Pages: func(*page.Answers) []page.Page {
			return []page.Page{r.secretPage(), r.testPage(), r.commitPage(), r.donePage()}
		},
	}
}

// what is the secret's name in a sentence.
func (r *Rotate) what() string {
	if r.Key != "" {
		return "key"
	}
	return "password"
}

// wanted is what the journey asks for, in a sentence.
func (r *Rotate) wanted() string {
	if r.Missing {
		return r.what()
	}
	return "new " + r.what()
}

func capital(words string) string { return strings.ToUpper(words[:1]) + words[1:] }

// place is where the new secret goes.
func (r *Rotate) place() string {
	if r.Connector.Credential.Session {
		return "memory, until Fairlead closes"
	}
	return r.Keeper.Keyring.Name()
}

// commit puts the tested secret into use. One that is not this keeper's to change
// is taken over.
func (r *Rotate) commit(ctx context.Context, a *page.Answers, say func(page.Progress)) (page.Changes, error) {
	say(page.Progress{Text: "Writing the " + r.wanted() + " and the record"})
	report := a.Report(pageTest)
	if report == nil {
		return nil, errors.New("the " + r.wanted() + " was not tested; go back and test it")
	}
	_, err := r.Keeper.Rotate(ctx, r.Connector, a.Secret(keyRead), *report)
	if rule, ok := errors.AsType[*connectors.RuleError](err); ok && rule.Rule == "secret-elsewhere" {
		_, err = r.Keeper.TakeOver(ctx, r.Connector, a.Secret(keyRead), *report)
	}
	if errors.Is(err, connectors.ErrOldSecretLeft) {
		return page.Changes{keyLeft: fmt.Sprintf("%v", err)}, nil
	}
	return nil, err
}
