package doctor

import (
	"context"
	"path/filepath"
	"time"

	"fairlead/check"
	"fairlead/logfile"
)

// recent is how long ago a crash is told of.
const recent = 30 * 24 * time.Hour

// crashCheck looks for the last words of a run that crashed.
var crashCheck = check.Check[*examination]{
	ID: "crash", Title: "Crashes", Needs: []string{"folder"},
	Ask: func(_ context.Context, s *examination) (check.Finding, error) {
		files := logfile.Crashes(logfile.Folder(s.Folder))
		if len(files) == 0 {
			return check.Finding{Summary: "no crash is on record"}, nil
		}
		last := files[len(files)-1]
		at := logfile.CrashedAt(last)
		if time.Since(at) < recent {
			s.Crash = filepath.Base(last)
		}
		return check.Finding{Summary: "the last one was on " + at.Format("2 January 2006"), Evidence: last}, nil
	},
	Causes: []*check.Cause[*examination]{{
		Code: "crashed", Title: "Fairlead crashed lately", Verdict: check.Warn,
		When:   func(s *examination, err error) bool { return err == nil && s.Crash != "" },
		Likely: []string{"a mistake in Fairlead, or in a driver that draws its window"},
		Remedy: "Nothing that was registered is lost. Make a file for support, `fairleadctl doctor --bundle support.zip`, look through it and " +
			"send it; {{.Crash}} in it tells where it was.",
	}},
}
