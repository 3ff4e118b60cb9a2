package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/cli/answers"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// demo is "demo": the whole main job in the lab, without a question.
type demo struct {
	*program
	faults []string // to show one after the other
}

func newDemo(p *program) *cobra.Command {
	o := &demo{program: p, faults: []string{"basic-not-offered", "impersonation-denied"}}
	return &cobra.Command{
		Use:   "demo",
		Short: "Play the whole job once in the simulated world",
		Long: `Play the whole job once in the simulated world, without a question: find the
server, test the connection, register the connector, list it; then break the
server in two ways and show what Fairlead says. A connector to Microsoft 365
follows, with its sign-in and consent, and one to Google Workspace with the key
of a service account. Everything is removed again.

Exit status 0 means that every part really happened.`,
		Example: "  fairleadctl demo\n  fairleadctl demo --json",
		Args:    arguments(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			return o.run(ctx)
		},
	}
}

type demoJSON struct {
	Connector connectorJSON   `json:"connector"`
	Faults    []demoFaultJSON `json:"faults"`
	Cloud     connectorJSON   `json:"microsoft365"`
	Google    connectorJSON   `json:"google"`
}

type demoFaultJSON struct {
	Fault  string        `json:"fault"`
	Report *check.Report `json:"report"`
}

func (o *demo) run(ctx context.Context) (err error) {
	// When whoever reads the output goes away, what was made is still removed.
	signal.Ignore(syscall.SIGPIPE)
	dir, err := os.MkdirTemp("", "fairlead-demo-")
	if err != nil {
		return cannot("Make room or give access to the system's temporary folder.", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	o.lab, o.dir = true, filepath.Join(dir, "data")

	o.part("1. A simulated Exchange starts on this computer")
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	o.keyringNews(ctx, w)

	o.part("2. The wizard, with its answers")
	c, _, err := o.make(ctx, w, "continuity", "exchange", nil)
	if err != nil {
		return err
	}
	defer o.clear(w, c, &err)

	o.part("3. The connector is registered")
	if err := o.verify(ctx, w, c); err != nil {
		return err
	}
	object := demoJSON{Connector: asJSON(c)}
	for i, fault := range o.faults {
		o.part(fmt.Sprintf("%d. The server is broken: %s", i+4, fault))
		report, err := o.breakIt(ctx, w, c, fault)
		if err != nil {
			return err
		}
		object.Faults = append(object.Faults, demoFaultJSON{fault, report})
	}
	o.part(fmt.Sprintf("%d. A connector to Microsoft 365, with its consent page", len(o.faults)+4))
	cloud, err := o.cloud(ctx, w)
	if cloud.ID != "" {
		defer o.clear(w, cloud, &err)
	}
	if err != nil {
		return err
	}
	object.Cloud = asJSON(cloud)
	o.part(fmt.Sprintf("%d. A connector to Google Workspace, with the key of a service account", len(o.faults)+5))
	delegated, err := o.google(ctx, w)
	if delegated.ID != "" {
		defer o.clear(w, delegated, &err)
	}
	if err != nil {
		return err
	}
	object.Google = asJSON(delegated)
	o.part("That was all of it")
	o.screen().Text("The connectors, the password and the registry of this demonstration are removed again. " +
		`Try it yourself: "fairleadctl new --lab".`)
	o.give(object)
	return nil
}

func (o *demo) part(title string) {
	o.screen().Blank()
	o.screen().Title(title)
}

// keyringNews says where the password will be.
func (o *demo) keyringNews(ctx context.Context, w *workspace.Workspace) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	k := w.Keeper.Keyring
	if err := k.Probe(ctx); err != nil {
		why := err
		if e, ok := errors.AsType[*keyring.Error](err); ok {
			why = e.Kind
		}
		o.screen().Say(check.Warn, "No keyring can be used here: %v. The password is kept in memory for this run only.", why)
		return
	}
	o.screen().Say(check.Pass, "The password will be kept in %s.", k.Name())
}

// make walks through the wizard, with answers of the caller's own beside the
// sample, and returns the connector that it registered with the report of its
// test.
func (o *demo) make(
	ctx context.Context, w *workspace.Workspace, service, provider string, own map[string]string,
) (connectors.Connector, *check.Report, error) {
	values := maps.Clone(w.Env.Sample)
	values[wizard.KeyServices], values[wizard.KeyProvider] = service, provider
	maps.Copy(values, own)
	j := page.Start(w.NewConnector())
	report, err := answers.Walk(ctx, j, sample{o.program, values}, o.screen(), o.screen())
	if err != nil {
		return connectors.Connector{}, nil, err
	}
	c, err := o.registered(ctx, w, j)
	return c, report, err
}

// verify looks for itself whether what was said has happened.
func (o *demo) verify(ctx context.Context, w *workspace.Workspace, c connectors.Connector) error {
	all, err := w.Keeper.List(ctx)
	switch {
	case err != nil:
		return err
	case len(all) != 1 || all[0].ID != c.ID:
		return fmt.Errorf("the registry should list the new connector alone, and lists %d", len(all))
	case c.Settings["url"] != w.Lab.URL():
		return fmt.Errorf("the wizard should have found %s, and found %s", w.Lab.URL(), c.Settings["url"])
	}
	kept, err := w.Keeper.Secret(ctx, c)
	if err != nil {
		return fmt.Errorf("read the password back: %w", err)
	}
	if !kept.Equal(secret.New(lab.Password)) {
		return errors.New("the password that was kept is not the one that was typed")
	}
	o.print([]connectors.Row{c.Row()})
	if c.Credential.Session {
		o.screen().Text("Its password was read back from memory.")
	} else {
		o.screen().Text("Its password was read back from %s.", c.Credential.Keyring)
	}
	return nil
}

// breakIt switches a fault on, tests the connector again and wants that fault
// to be the diagnosis.
func (o *demo) breakIt(ctx context.Context, w *workspace.Workspace, c connectors.Connector, fault string) (*check.Report, error) {
	if err := w.Lab.Set(fault, true); err != nil {
		return nil, err
	}
	suite, err := w.Test(ctx, c, secret.Secret{}, providers.TestOptions{})
	if err != nil {
		return nil, err
	}
	report := o.ask(ctx, suite)
	o.screen().Cause(report)
	if err := record(ctx, w, c, report); err != nil {
		return nil, err
	}
	if worst := report.Worst(); worst == nil || worst.Verdict != check.Fail || worst.Cause() != fault {
		return nil, fmt.Errorf("the test should have found %s, and says: %s", fault, report.Headline())
	}
	return &report, w.Lab.Set(fault, false)
}

// clear removes the connector and its password, also when the demonstration
// was stopped.
func (o *demo) clear(w *workspace.Workspace, c connectors.Connector, err *error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	*err = errors.Join(*err, w.Keeper.Delete(ctx, c.ID))
}

// yes ticks a box in the sample.
const yes = "yes"

// sample answers the wizard with what works in the lab.
type sample struct {
	*program
	values map[string]string
}

// Answer implements [answers.Source]: the sample, else what is there already,
// else the first that can be chosen.
func (s sample) Answer(f page.FieldView) (any, error) {
	value := s.values[f.Key]
	if value == "" {
		value = f.Value
	}
	switch {
	case f.Kind == page.Secret:
		s.screen().Indented("  ", "    ", f.Label+": (not shown)")
		return secret.New(lab.Password), nil
	case f.Kind == page.Checkbox:
		return value == yes, nil
	case f.Kind == page.Choice && value == "":
		for _, o := range f.Options {
			if o.Barred == "" {
				value = o.Value
				break
			}
		}
	}
	if value == "" {
		return nil, nil
	}
	s.screen().Indented("  ", "    ", f.Label+": "+value)
	if f.Many {
		return []string{value}, nil
	}
	return value, nil
}

// Refused implements [answers.Source].
func (s sample) Refused(_ page.Page, f page.FieldView) error {
	return fmt.Errorf("the wizard does not take the sample for %s: %s", f.Label, f.Problem)
}
