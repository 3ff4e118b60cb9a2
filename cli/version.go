package cli

import (
	"runtime"

	"github.com/spf13/cobra"

	"fairlead"
)

func newVersion(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Long:    "Print the version, what it was built with and for what.",
		Example: "  fairleadctl version\n  fairleadctl version --json",
		Args:    arguments(0, ""),
		RunE: func(*cobra.Command, []string) error {
			v := versionJSON{Version: fairlead.Version(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
			p.give(v)
			p.screen().Line("fairleadctl %s (%s, %s)", v.Version, v.Go, v.Platform)
			return nil
		},
	}
}

type versionJSON struct {
	Version  string `json:"version"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}
