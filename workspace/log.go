package workspace

import (
	"context"
	"log/slog"
	"runtime"

	"fairlead"
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/logfile"
)

// openLog begins the log of this run. It stands with the registry's file, also
// where the registry is a team's: it is about this computer.
func (w *Workspace) openLog(o Options) error {
	dir, err := o.Folder()
	if err != nil {
		return err
	}
	folder := logfile.Folder(dir)
	w.Log, w.log = logfile.Open(folder)
	if !o.CatchCrash {
		return nil
	}
	if err := logfile.CatchCrash(folder); err != nil {
		w.Log.Warn("a crash would leave no trace", "error", err)
	}
	return nil
}

// logOpened says what was opened, and what was put right.
func (w *Workspace) logOpened(o Options) {
	w.Log.Info("opened", "version", fairlead.Version(), "system", runtime.GOOS+"/"+runtime.GOARCH,
		"lab", o.Lab, "team", o.Registry != "", "proxy", w.Network.Proxy.Source)
	for _, line := range w.Recovered {
		w.Log.Info("recovered", "what", line)
	}
}

// logged makes a connection test leave its outcome in the log: codes, and nothing
// that a server said.
func (w *Workspace) logged(c connectors.Connector, suite *check.Suite) *check.Suite {
	return suite.Then(func(r check.Report) {
		var codes []any
		for _, result := range r.Checks {
			if code := result.Cause(); code != "" {
				codes = append(codes, slog.String(result.ID, code))
			}
		}
		w.Log.LogAttrs(context.Background(), slog.LevelInfo, "tested", slog.String("connector", c.ID), slog.String("provider", c.Provider),
			slog.String("verdict", string(r.Verdict())), slog.Duration("took", r.Took), slog.Group("causes", codes...))
	})
}
