package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fairlead/check"
	"fairlead/cli/answers"
	"fairlead/cli/screen"
)

// wantsJSON looks for --json before the flags are parsed, since an error in the
// flags is to be an object too.
func wantsJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	wants := false
	for _, arg := range args { // the last one counts, as it does for the flags
		if value, given := strings.CutPrefix(arg, "--json="); given {
			wants, _ = strconv.ParseBool(value)
		} else if arg == "--json" {
			wants = true
		}
	}
	return wants
}

// give keeps the object that --json prints in the end.
func (p *program) give(object any) { p.object = object }

// errorJSON is how an error looks as an object.
type errorJSON struct {
	Error struct {
		What string `json:"what"`
		Hint string `json:"hint"`
	} `json:"error"`
	Report *check.Report `json:"report,omitempty"` // of a test that failed on the way
}

// finishJSON prints the one object: what the command gave, else what went
// wrong, else the text that it wrote.
func (p *program) finishJSON(err error, text *bytes.Buffer) int {
	status := statusOf(err)
	if p.given {
		return status
	}
	if _, said := err.(errStatus); err != nil && !said {
		f := explain(err)
		var object errorJSON
		object.Error.What, object.Error.Hint = f.what, strings.TrimSpace(f.hint+" "+f.command)
		if report, ok := p.object.(*check.Report); ok {
			object.Report = report
		}
		p.object = object
	}
	if p.object == nil {
		p.object = struct {
			Text string `json:"text"`
		}{text.String()}
	}
	if err := p.writeJSON(p.object); err != nil {
		return statusCannot
	}
	return status
}

func (p *program) writeJSON(object any) error {
	encoder := json.NewEncoder(p.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(object)
}

// finish tells a person what went wrong.
func (p *program) finish(err error) int {
	if _, said := err.(errStatus); err == nil || said {
		return statusOf(err)
	}
	f := explain(err)
	s := screen.New(p.errOut, p.getenv)
	if _, ok := errors.AsType[*answers.Problems](err); ok {
		s.Line("%s", f.what) // lines with a place in a file, for editors to follow
	} else {
		s.Message("", "  ", f.what)
	}
	if f.hint != "" {
		s.Message("→ ", "  ", f.hint)
	}
	if f.command != "" {
		s.Line("    %s", f.command)
	}
	return f.status
}
