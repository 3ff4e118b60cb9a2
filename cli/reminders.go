package cli

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/reminders"
	"fairlead/workspace"
)

// remind is "reminders".
type remind struct {
	*program
	days, age int
	ics       string
	force     bool
}

func newReminders(p *program) *cobra.Command {
	o := &remind{program: p}
	cmd := &cobra.Command{
		Use:   "reminders",
		Short: "List what ends, and by when to do something about it",
		Long: `List what ends and what to do about it: passwords and certificates, as the last
tests found them; consent that changed; the support of Exchange versions; Exchange Web
Services in Exchange Online, where a service needs them. With --ics it goes into a
calendar, as an event with alarms for each day and cause; importing a later one brings
the events up to date. One whose day has moved is to be deleted by hand.`,
		Example: "  fairleadctl reminders --days 30\n  fairleadctl reminders --ics fairlead.ics --force",
		Args:    arguments(0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.with(cmd, o.run) },
	}
	flags := cmd.Flags()
	flags.IntVar(&o.days, "days", 0, "leave out what is due later than in this `number` of days; 0 lists everything")
	flags.IntVar(&o.age, "password-age", int(reminders.MaxPasswordAge.Hours()/24), "remind of passwords that are this `number` of days old, where it is not known when they end")
	flags.StringVar(&o.ics, "ics", "", "write a calendar into this `file`")
	forceFlag(cmd, &o.force)
	return cmd
}

// reminderJSON is how a reminder looks to scripts.
type reminderJSON struct {
	ID        string             `json:"id"`
	Connector string             `json:"connector"`
	Kind      reminders.Kind     `json:"kind"`
	When      string             `json:"when"` // a day
	Severity  reminders.Severity `json:"severity"`
	What      string             `json:"what"`
	Do        string             `json:"do"`
	Source    string             `json:"source"`
}

func (o *remind) run(ctx context.Context, w *workspace.Workspace) error {
	if o.days < 0 || o.age < 1 {
		return badInput("Give days, such as 90.", "--days takes a number from 0 on, and --password-age one from 1 on")
	}
	now := time.Now()
	policy := reminders.Policy{PasswordAge: time.Duration(o.age) * 24 * time.Hour}
	due, err := w.Reminders(ctx, policy, now, o.days)
	if err != nil {
		return err
	}
	o.show(due)
	if o.ics == "" {
		return nil
	}
	if err := newFile(o.ics, o.force, func(file io.Writer) error {
		_, err := file.Write(reminders.Calendar(due, now))
		return err
	}); err != nil {
		return err
	}
	o.screen().Text("The calendar is in %s.", o.ics)
	return nil
}

func (o *remind) show(due []reminders.Reminder) {
	object := struct {
		Reminders []reminderJSON `json:"reminders"`
	}{[]reminderJSON{}}
	s := o.screen()
	marks := map[reminders.Severity]check.Verdict{reminders.Over: check.Fail, reminders.Soon: check.Warn, reminders.Later: check.Skip}
	for _, r := range due {
		day := r.When.Format(time.DateOnly)
		object.Reminders = append(object.Reminders, reminderJSON{r.ID, r.Connector, r.Kind, day, r.Severity, r.What, r.Do, r.Source})
	}
	for _, g := range reminders.Together(due) {
		whose := g.Connectors[0]
		if len(g.Connectors) > 1 {
			whose = fmt.Sprintf("%d connectors", len(g.Connectors))
		}
		s.Say(marks[g.Severity], "%s, %s", g.When.Format(time.DateOnly), whose)
		s.Indented("    ", "    ", g.What)
		s.Indented("    → ", "      ", g.Do)
		if len(g.Connectors) > 1 {
			s.Indented("    ", "    ", "For "+g.For(0))
		}
	}
	if len(due) == 0 {
		s.Text("There is nothing to be reminded of.")
	}
	o.give(object)
}
