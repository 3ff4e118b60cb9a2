package cli

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"fairlead/check"
	"fairlead/cli/answers"
	"fairlead/cli/keyboard"
	"fairlead/keyring"
	"fairlead/plan"
	"fairlead/providers/microsoft365"
	"fairlead/secret"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// maker makes one connector of a plan, by the same wizard as everybody else.
type maker struct {
	*applying
	w    *workspace.Workspace
	need *plan.Need
	stop context.CancelFunc // ends all that is still to be made
}

// make makes the connector, or a draft where somebody has to do something first.
func (m maker) make(ctx context.Context) attempt {
	made := attempt{
		Organisation: m.need.Organisation.Name, Provider: m.need.Tenant.Provider, Tenant: m.need.Tenant.Tenant,
		Services: m.need.Services, what: m.what(),
	}
	m.screen().Blank()
	m.screen().Title(made.what)
	j, err := m.journey(ctx)
	if err != nil {
		return made.failed(err)
	}
	source := planned{
		m, func() (secret.Secret, error) { return m.password(ctx) }, func() (string, error) { return m.withoutKeyring(ctx) },
	}
	report, err := answers.Walk(ctx, j, source, m.screen(), m.errScreen())
	switch {
	case err == nil:
		return m.registered(ctx, j, made)
	case ctx.Err() != nil:
		return made.failed(page.ErrStopped)
	}
	if errors.Is(err, answers.ErrTestFailed) && report != nil {
		err = fmt.Errorf("the test failed: %s", report.Title())
	}
	waiting, waits := errors.AsType[*page.Waiting](err)
	unanswered, open := errors.AsType[*unanswered](err)
	switch {
	case waits:
		return m.draft(ctx, j, made, waiting.Why)
	case open && !m.need.Tenant.OnExchange():
		return m.draft(ctx, j, made, unanswered)
	}
	return made.failed(err)
}

func (m maker) what() string {
	g := plan.Guide{Catalogue: m.w.Catalogue}
	return g.Advise(&plan.Step{Kind: plan.Make, Organisation: m.need.Organisation, Need: m.need}).Title
}

// journey begins the wizard, or goes on with the draft that waits.
func (m maker) journey(ctx context.Context) (*page.Journey, error) {
	if m.need.Draft != nil {
		return m.w.ResumeDraft(ctx, m.need.Draft.ID)
	}
	return page.Start(m.w.NewConnector()).Follow(page.Follow{Preset: m.need.Answers()}), nil
}

// registered takes note of the new connector and drops the draft that it came from.
// It is registered: that is said even when the program is told to end meanwhile.
func (m maker) registered(ctx context.Context, j *page.Journey, made attempt) attempt {
	ctx = context.WithoutCancel(ctx)
	c, err := m.program.registered(ctx, m.w, j)
	if m.need.Draft != nil {
		finish(m.w, m.w.Drafting(m.need.Draft.ID).Drop())
	}
	if err != nil {
		return made.failed(err)
	}
	made.Connector = c.Name
	m.screen().Say(check.Pass, "Registered: %s", c.Name)
	return made
}

// draft keeps what was answered for whoever has to go on.
func (m maker) draft(ctx context.Context, j *page.Journey, made attempt, why error) attempt {
	id := ""
	if m.need.Draft != nil {
		id = m.need.Draft.ID
	}
	id, err := m.w.SaveDraft(ctx, id, j)
	if err != nil {
		return made.failed(fmt.Errorf("keep the draft: %w", err))
	}
	made.Draft, made.WaitsFor, made.Link = id, why.Error(), link(j.View())
	m.screen().Say(check.Skip, "Waits: %s", made.WaitsFor)
	return made
}

var address = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`https?://\S+`) })

// link is the address that a page leads to: a note's own, or the one in its text to
// send.
func link(v page.View) string {
	for _, f := range v.Fields {
		if f.Link != "" {
			return f.Link
		}
		if found := address().FindString(f.Copy); found != "" {
			return found
		}
	}
	return ""
}

// unanswered says that the wizard asks what the environment does not say.
type unanswered struct{ text string }

func (u *unanswered) Error() string { return u.text }

// planned answers the wizard with what the environment says.
type planned struct {
	maker
	secret func() (secret.Secret, error)
	unkept func() (string, error) // what becomes of a secret that no keyring keeps
}

// Answer implements [answers.Source].
func (m planned) Answer(f page.FieldView) (any, error) {
	if value, said := m.answers()[f.Key]; said {
		return value, nil
	}
	switch {
	case f.Key == goOn && m.keyboard().IsTerminal():
		return m.unkept()
	case f.Kind == page.Secret && m.need.Tenant.OnExchange():
		return m.secret()
	case f.Kind == page.Secret:
		return nil, &unanswered{fmt.Sprintf("somebody has to enter: %s", f.Label)}
	case f.Confirm:
		return nil, &unanswered{fmt.Sprintf("the environment does not say: %s. A secret is sent to it, so that it must be stated", f.Label)}
	}
	return nil, nil
}

// goOn is asked where the system's keyring cannot be used. The environment cannot know.
const goOn = "exchange.keyring-choice"

// withoutKeyring asks whoever sits here.
func (m maker) withoutKeyring(ctx context.Context) (string, error) {
	sure, err := m.sure(ctx, "No keyring can keep the password. Register the connector all the same? Each later test asks for it.")
	switch {
	case errors.Is(err, keyboard.ErrInterrupted):
		m.stop()
	case err == nil && !sure:
		err = errors.New("no keyring can keep its password")
	}
	return "session", err
}

// answers are those of the plan, and that somebody else grants or has granted.
// Nobody is here to sign in, so that no application is taken to verify with but the
// one that the environment names.
func (m maker) answers() page.Changes {
	a := m.need.Answers()
	if m.need.Tenant.Provider == microsoft365.ID {
		a["microsoft365.way"], a["microsoft365.granted"] = "somebody", granted(m.need)
		a["microsoft365.verifier"] = m.need.Tenant.Verifier
	}
	return a
}

// Refused implements [answers.Source].
func (m planned) Refused(p page.Page, f page.FieldView) error {
	return &unanswered{fmt.Sprintf("the wizard asks for “%s” (%s): %s", f.Label, strings.TrimSuffix(p.Title, "?"), f.Problem)}
}

// password comes from the keyring, from standard input, or from whoever sits here.
func (m maker) password(ctx context.Context) (secret.Secret, error) {
	if item := m.need.Tenant.Password; item != "" {
		s, err := m.w.Keeper.Keyring.Get(ctx, item)
		if errors.Is(err, keyring.ErrNotFound) {
			err = fmt.Errorf("%s has no item %q with the password", m.w.Keeper.Keyring.Name(), item)
		}
		return s, err
	}
	if !m.passwordStdin && !m.keyboard().IsTerminal() {
		return secret.Secret{}, errors.New("its password is needed: add --password-stdin, or name an item of the keyring with password-item")
	}
	return m.program.password(ctx, "Password of "+m.need.Tenant.Address)
}
