package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"fairlead/connectors"
	"fairlead/keyring"
)

func TestExplain(t *testing.T) {
	for name, c := range map[string]struct {
		err         error
		cause, does string
	}{
		"rule":    {&connectors.RuleError{Rule: "x", Reason: "The name is taken.", Hint: "Choose another."}, "The name is taken.", "Choose another."},
		"newer":   {fmt.Errorf("open: %w", connectors.ErrNewerSchema), "A newer version", "Start the newer version"},
		"damaged": {connectors.ErrDamaged, "is damaged", "backup"},
		"locked":  {&keyring.Error{Op: "get", Kind: keyring.ErrLocked}, "locked", "Unlock it"},
		"none":    {&keyring.Error{Op: "get", Kind: keyring.ErrUnavailable}, "No keyring", "Start the keyring"},
		"denied":  {keyring.ErrDenied, "refused", "Allow"},
		"waiting": {keyring.ErrTimeout, "did not answer", "window"},
		"late":    {context.DeadlineExceeded, "no answer in time", "Try again"},
		"stopped": {context.Canceled, "stopped", "Try again"},
		"gone":    {connectors.ErrNotFound, "not there any more", "list"},
		"away":    {fmt.Errorf("%w (a place): dial", connectors.ErrUnreachable), "does not answer", "network reaches it"},
		"unknown": {errors.New("disk on fire"), "Disk on fire.", "send the details"},
	} {
		got := explain("It did not work", c.err)
		if !strings.Contains(got.Cause, c.cause) || !strings.Contains(got.Do, c.does) || got.What != "It did not work" {
			t.Errorf("%s: %+v, want %q and %q", name, got, c.cause, c.does)
		}
	}
}

// TestRefuse shows why Fairlead cannot start.
func TestRefuse(t *testing.T) {
	h := &harness{t: t, trace: []string{"refused"}}
	w := refuse(test.NewTempApp(t), fmt.Errorf("open connectors.db: %w", connectors.ErrDamaged), Options{Variant: "dark"})
	defer w.Close()
	h.canvas = w.Canvas()
	h.mustSee("Fairlead cannot start", "The registry's file is damaged, or is not a registry.",
		"Fairlead never overwrites it.", "open connectors.db: the registry is damaged")
	h.button("Close")
}

func TestAgo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "now", 59 * time.Second: "now", time.Minute: "1 minute ago", 59 * time.Minute: "59 minutes ago",
		time.Hour: "1 hour ago", 2 * time.Hour: "2 hours ago", 25 * time.Hour: "yesterday", 72 * time.Hour: "3 days ago",
		400 * 24 * time.Hour: "20 Oct 2025", -time.Hour: "now", // a clock that was put back
	} {
		if got := ago(today.Add(-d), today); got != want {
			t.Errorf("%v ago is %q, want %q", d, got, want)
		}
	}
	if got := ago(time.Time{}, today); got != "never" {
		t.Errorf("no time at all is %q", got)
	}
}

func TestTook(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "<1 ms", 999 * time.Microsecond: "<1 ms", 31 * time.Millisecond: "31 ms", 9999 * time.Millisecond: "9999 ms",
		30 * time.Second: "30 s",
	} {
		if got := took(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
