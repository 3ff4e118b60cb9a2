package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fairlead/cli/answers"
	"fairlead/cli/keyboard"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/network"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// fault is an error as a person reads it: what happened and why, and what to
// do about it.
type fault struct {
	status  int
	what    string
	hint    string
	command string // a command that the hint ends with, to be copied; or empty
	cause   error  // what it came from; may be nil
}

func (f *fault) Error() string { return f.what }
func (f *fault) Unwrap() error { return f.cause }

// badInput says what is wrong with what was typed, and what to type instead.
func badInput(hint, format string, args ...any) error {
	return &fault{status: statusBadInput, what: fmt.Sprintf(format, args...), hint: hint}
}

// notSo says that what was asked about is not so.
func notSo(hint, format string, args ...any) error {
	return &fault{status: statusNotSo, what: fmt.Sprintf(format, args...), hint: hint}
}

// cannot says why something could not be done at all.
func cannot(hint string, err error) error {
	return &fault{status: statusCannot, what: err.Error(), hint: hint, cause: err}
}

// explain turns any error into one that a person can act on. Whatever it does
// not know could not run.
func explain(err error) *fault {
	if f, ok := errors.AsType[*fault](err); ok {
		return f
	}
	f := &fault{status: statusCannot, what: err.Error()}
	if rule, ok := errors.AsType[*connectors.RuleError](err); ok {
		f.what, f.hint, f.status = rule.Reason, rule.Hint, statusNotSo
		if strings.HasPrefix(rule.Rule, "name-") || strings.HasPrefix(rule.Rule, "description-") {
			f.status = statusBadInput
		}
		return f
	}
	if _, ok := errors.AsType[*answers.Problems](err); ok {
		f.status, f.hint = statusBadInput, "Correct the file and run the command again. Nothing was registered."
		return f
	}
	if waiting, ok := errors.AsType[*page.Waiting](err); ok {
		f.status, f.hint = statusNotSo, "Run the command again once that was done. Nothing was registered."
		f.what = waiting.Headline(time.Now()) + ": " + err.Error()
		return f
	}
	for _, known := range knownErrors {
		if errors.Is(err, known.is) {
			f.status, f.hint = known.status, known.hint
			break
		}
	}
	return f
}

var knownErrors = []struct {
	is     error
	status int
	hint   string
}{
	{workspace.ErrNeedsPassword, statusBadInput, "Pipe it on standard input: add --password-stdin."},
	{connectors.ErrNotFound, statusNotSo, `"fairleadctl list" names the connectors, "fairleadctl drafts" the drafts.`},
	{connectors.ErrSecretLeft, statusCannot, "Unlock the keyring; the next command removes the password."},
	{connectors.ErrNewerSchema, statusCannot, "Use the newer version, or another folder with --data."},
	{connectors.ErrUnreachable, statusCannot, "Nothing that was acknowledged is lost."},
	{connectors.ErrDamaged, statusCannot, "Nothing was changed. Put the file back from a backup, or move it away to begin anew."},
	{network.ErrProxy, statusBadInput, "--proxy none leaves proxies out."},
	{network.ErrNoAuthority, statusBadInput, "Save the authority's certificate as Base-64 (.cer, .pem) and name that file."},
	{keyring.ErrLocked, statusCannot, "Unlock the keyring and try again."},
	{keyring.ErrTimeout, statusCannot, "The keyring may wait for a password in another window. Answer it and try again."},
	{keyring.ErrDenied, statusCannot, "Allow this program to use the keyring, then try again."},
	{keyring.ErrUnavailable, statusCannot, "Start the keyring, or give the password on standard input with --password-stdin."},
	{keyboard.ErrTooLong, statusBadInput, "Was a whole file piped in?"},
	{keyboard.ErrNotText, statusBadInput, "Save it as UTF-8, or let the shell pipe UTF-8."},
	{keyboard.ErrInterrupted, statusCannot, ""},
	{page.ErrStopped, statusCannot, "Run it again when it suits."},
	{context.Canceled, statusCannot, "Run it again when it suits."},
	{answers.ErrTestFailed, statusNotSo, "Do what the diagnosis above says, then run the command again."},
	{fs.ErrPermission, statusCannot, "Give your account access to the folder, or choose another with --data."},
	{io.EOF, statusBadInput, "The input ended too early."},
}

// flagError explains a flag that cannot be used. It never repeats a value,
// which may be a password.
func flagError(cmd *cobra.Command, err error) error {
	what, _, _ := strings.Cut(err.Error(), " in -") // a shorthand comes with its value
	hint := fmt.Sprintf("%q lists what it takes.", cmd.CommandPath()+" --help")
	if strings.Contains(what, "unknown flag: --pass") || strings.Contains(what, "unknown shorthand flag: 'p'") {
		hint = "A password is never an argument, since other users can read those: pipe it on standard input."
	}
	return badInput(hint, "%s", what)
}

// subcommand is for commands that only have others below them.
func subcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := fmt.Sprintf("%q lists what there is.", cmd.CommandPath()+" --help")
	if cmd.SuggestionsMinimumDistance <= 0 {
		cmd.SuggestionsMinimumDistance = 2
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = fmt.Sprintf("Was %q meant?", cmd.CommandPath()+" "+near[0])
	}
	return badInput(hint, "%s has no command %q", cmd.CommandPath(), args[0])
}

// arguments says how many arguments a command takes. Those that are too many
// are not repeated: one may be a password.
func arguments(n int, names string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		hint := fmt.Sprintf("The form is %q. A name with spaces goes in quotes.", cmd.UseLine())
		switch {
		case len(args) > n && n == 0:
			return badInput(hint, "%s takes flags only, and something else stands there too", cmd.CommandPath())
		case len(args) > n:
			return badInput(hint, "%s takes %s and no more", cmd.CommandPath(), names)
		case len(args) < n:
			return badInput(hint, "%s needs %s", cmd.CommandPath(), names)
		}
		return nil
	}
}
