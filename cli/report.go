package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/assets"
	"fairlead/report"
)

// reportFile is what the flags say about a report that is to be written.
type reportFile struct {
	path, region string
	mask, force  bool
}

func reportFlags(cmd *cobra.Command, f *reportFile) {
	flags := cmd.Flags()
	flags.StringVar(&f.path, "report", "", "write the report to this `file`; its ending says how: .html, .txt or .json")
	flags.BoolVar(&f.mask, "mask", false, "with --report: mask account names and mail addresses")
	flags.StringVar(&f.region, "region", "", "with --report: list the addresses of this `region` of the services, for the firewall")
	flags.BoolVar(&f.force, "force", false, "with --report: replace a file that is there already")
	complete(cmd, "region", func() []cobra.Completion {
		var names []cobra.Completion
		if c, err := assets.LoadCatalogue(); err == nil {
			for _, r := range c.Regions.List {
				names = append(names, cobra.CompletionWithDesc(r.ID, r.Name))
			}
		}
		return names
	})
}

// check refuses what cannot be done before a test spends a sign-in for it.
func (f *reportFile) check(regions assets.Regions) error {
	if f.path == "" {
		if f.mask || f.force || f.region != "" {
			return badInput("Add --report FILE.", "--mask, --region and --force belong to --report")
		}
		return nil
	}
	if _, known := regions.Find(f.region); f.region != "" && !known {
		var ids []string
		for _, r := range regions.List {
			ids = append(ids, r.ID)
		}
		return badInput("The regions are "+strings.Join(ids, ", ")+".", "--region: there is no region %q", f.region)
	}
	return f.refused(report.CanWrite(f.path, f.force))
}

// refused says what to do where a report cannot be written.
func (f *reportFile) refused(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, report.ErrEnding):
		return badInput("Name the file like report.html.", "--report: %s: %v", f.path, err)
	case errors.Is(err, report.ErrFolder):
		return badInput("Add a file's name behind it, or choose another.", "--report: %v", err)
	case errors.Is(err, fs.ErrExist):
		return badInput("Choose another name, or add --force to replace the file.", "--report: %s is there already", f.path)
	}
	return cannot("Choose a folder that is there and that you may write to.", fmt.Errorf("--report: %w", err))
}

// writeReport writes the report, if one was asked for.
func (p *program) writeReport(f reportFile, d report.Document) error {
	if f.path == "" {
		return nil
	}
	d.Region = f.region
	if f.mask {
		d = d.Mask()
	}
	if err := f.refused(report.Write(f.path, d, f.force)); err != nil {
		return err
	}
	p.screen().Blank()
	p.screen().Text("The report is in %s.", f.path)
	return nil
}
