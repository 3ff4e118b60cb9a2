package workspace

import (
	"context"
	"fmt"
	"strings"

	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// Entering is the journey that asks for the secret of a connector which has none
// here: it came from a file, or the keyring has lost it.
func (w *Workspace) Entering(c connectors.Connector) (page.Flow, error) { return w.rotation(c, true) }

// Testable says why a connector cannot be tested, whatever its secret; nil means
// that it can.
func (w *Workspace) Testable(c connectors.Connector) error {
	p := w.Provider(c.Provider)
	if p == nil {
		return w.noProvider(c)
	}
	if _, err := p.Test(w.Env, c.Settings, secret.New("not asked for yet"), providers.TestOptions{}); err != nil {
		return fmt.Errorf("%s: %w", c.Name, err)
	}
	return nil
}

// Settings are those of a connector as an administrator reads them, where its secret
// goes among them. Each is one line, whatever stands in the record.
func (w *Workspace) Settings(c connectors.Connector) []providers.Detail {
	p := w.Provider(c.Provider)
	if p == nil {
		return nil
	}
	details := p.Describe(c.Settings)
	for i, d := range details {
		details[i].Value = strings.Join(strings.Fields(d.Value), " ")
	}
	return details
}

// Missing are the connectors whose records say that their secrets did not come along
// with them, in the order of their names.
func (w *Workspace) Missing(ctx context.Context) (all []connectors.Connector, err error) {
	rows, err := w.Rows(ctx, connectors.Query{})
	for _, r := range rows {
		if r.Credential.Missing() {
			all = append(all, r.Connector)
		}
	}
	return all, err
}

// WhoHeld says who had a secret that is missing.
func WhoHeld(c connectors.Connector) string {
	if who := c.Credential.Holder; who != "" && who != connectors.UnknownHolder {
		return who + " held it"
	}
	return "it is not known who held it"
}
