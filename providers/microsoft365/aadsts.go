package microsoft365

import (
	_ "embed"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fairlead/oauth"
)

//go:embed aadsts.tsv
var troubleTable string

// trouble is one line of the table: something that may go wrong in sign-in,
// consent or Graph. Cause is the code in reports.
type trouble struct {
	signs                []string
	Cause, Title, Remedy string
}

// troubles reads the table. Its form is proved by a test.
var troubles = sync.OnceValue(func() []trouble {
	var all []trouble
	for line := range strings.Lines(troubleTable) {
		line = strings.TrimRight(line, "\r\n")
		f := strings.Split(line, "\t")
		if line == "" || line[0] == '#' || len(f) != 4 || f[0] == "signs" {
			continue
		}
		all = append(all, trouble{strings.Split(f[0], ","), f[1], f[2], f[3]})
	}
	return all
})

// numberIn returns the first of Entra's numbers in a text, or nothing.
func numberIn(text string) string {
	_, rest, found := strings.Cut(text, "AADSTS")
	end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(rest)
	}
	if !found || end < 4 || end > 9 {
		return ""
	}
	return rest[:end]
}

// diagnosis is what an error of sign-in, consent or Graph comes to.
type diagnosis struct {
	trouble
	Number string // Entra's, or empty
}

// diagnose explains an error by the most telling of its signs: Entra's number,
// or where there is none the OAuth error, or the kind. A number that the table
// does not have stays one: Entra says access_denied to many things beside Cancel.
// An error that is none of these has no cause.
func diagnose(err error) diagnosis {
	var d diagnosis
	var signs []string
	if e, ok := errors.AsType[*oauth.Error](err); ok {
		d.Number = numberIn(e.Description)
		signs = []string{e.Code, string(e.Kind)}
		if d.Number != "" {
			signs = []string{d.Number, string(oauth.Refused)}
		}
	} else if e, ok := errors.AsType[*graphError](err); ok {
		signs = []string{"graph-" + strconv.Itoa(e.Status)}
	}
	for _, sign := range signs {
		i := slices.IndexFunc(troubles(), func(t trouble) bool { return slices.Contains(t.signs, sign) })
		if i >= 0 {
			d.trouble = troubles()[i]
			return d
		}
	}
	return d
}

// Help is the page at Microsoft that explains the number, or empty.
func (d diagnosis) Help() string {
	if d.Number == "" {
		return ""
	}
	return "https://login.microsoftonline.com/error?code=" + d.Number
}

// failure is an error that stops a page, in the words of the table, with what
// was said for whoever gives support.
type failure struct {
	diagnosis
	err error
}

func (f *failure) Error() string {
	text := f.Title
	if f.Number != "" {
		text += " (AADSTS" + f.Number + ")"
	}
	text += ". " + f.Remedy
	said := evidence(f.err)
	if said == "" {
		said = f.err.Error()
	}
	return text + "\n\nWhat was said: " + plain(said)
}

func (f *failure) Unwrap() error { return f.err }

// explained puts an error into the words of the table, where it has them.
func explained(err error) error {
	if d := diagnose(err); d.Cause != "" {
		return &failure{d, err}
	}
	return err
}
