package cli

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Long:    "Print the version, what it was built with and for what.",
		Example: "  fairleadctl version\n  fairleadctl version --json",
		Args:    arguments(0, ""),
		RunE: func(*cobra.Command, []string) error {
			v := versionJSON{Version: version(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
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

// version is what the Go tool recorded while building.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
