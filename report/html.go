package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/cli/screen"
	"fairlead/markdown"
	"fairlead/providers"
)

//go:embed parts.html
var partsSource string

//go:embed page.html
var pageSource string

// pageData is what page.html shows.
type pageData struct {
	Title, Heading, Headline, Took string
	Verdict                        check.Verdict
	Lab, Masked                    bool
	Header                         []providers.Detail
	Ticks                          []tick
	Rows                           []rowData
	Findings                       []findingData
	Limits                         limitsData
}

type rowData struct {
	check.Result
	Bar    *bar
	Figure string
}

// findingData is one thing that is wrong, with its texts read as Markdown.
type findingData struct {
	check.Diagnosis
	Check        string // the title of its check
	Remedy, Look []markdown.Block
	Likely       [][]markdown.Span
}

type limitsData struct {
	From            string
	Unproven        []string
	Firewall, Words string
	Ranges          []string
	Regions         []regionData
}

type regionData struct{ ID, Name string }

// Parts is a template with what every page of Fairlead's has: "style", the look on
// screen and paper; "symbols", which "mark" draws a verdict with; "spans" and
// "blocks", which write Markdown that was read.
func Parts() (*template.Template, error) {
	return template.New("page").Funcs(template.FuncMap{
		"bold":   func(s markdown.Span) bool { return s.Style == markdown.Bold },
		"italic": func(s markdown.Span) bool { return s.Style == markdown.Italic },
		"code":   func(s markdown.Span) bool { return s.Style == markdown.Code },
		"number": func(f float64) string { return fmt.Sprintf("%.2f", f) },
	}).Parse(partsSource)
}

// HTML is the report as one page that needs nothing beside itself: no script, no
// font, no picture from elsewhere, which its policy forbids too.
func (d Document) HTML() ([]byte, error) {
	page, err := Parts()
	if err == nil {
		page, err = page.Parse(pageSource)
	}
	if err != nil {
		return nil, fmt.Errorf("read the report's page: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, d.page()); err != nil {
		return nil, fmt.Errorf("write the report's page: %w", err)
	}
	return out.Bytes(), nil
}

func (d Document) page() pageData {
	r := d.Report
	data := pageData{
		Title: d.title() + ": " + d.Name, Heading: r.Title(), Headline: r.Headline(), Took: screen.Span(r.Took), Verdict: r.Verdict(),
		Lab: d.Lab, Masked: d.Masked, Header: d.header(), Ticks: ticks(r.Took), Limits: d.limitsData(),
	}
	for _, c := range r.Checks {
		row := rowData{Result: c, Bar: barOf(c, r.Took)}
		row.Summary, row.Evidence = screen.Clean(c.Summary), screen.Clean(strings.TrimSpace(c.Evidence))
		if c.Verdict != check.Skip {
			row.Figure = screen.Span(c.Took)
		}
		data.Rows = append(data.Rows, row)
	}
	for _, verdict := range []check.Verdict{check.Fail, check.Warn} {
		data.Findings = append(data.Findings, findings(r, verdict)...)
	}
	return data
}

func findings(r check.Report, verdict check.Verdict) (list []findingData) {
	for _, c := range r.Checks {
		for _, d := range c.Diagnoses {
			if d.Verdict != verdict {
				continue
			}
			f := findingData{Diagnosis: d, Check: c.Title, Remedy: markdown.Parse(screen.Clean(d.Remedy)), Look: markdown.Parse(screen.Clean(d.Look))}
			for _, why := range d.Likely {
				f.Likely = append(f.Likely, markdown.Inline(screen.Clean(why)))
			}
			list = append(list, f)
		}
	}
	return list
}

func (d Document) limitsData() limitsData {
	region, words := d.checklist()
	data := limitsData{From: fromHere, Unproven: d.Platform.Unproven, Firewall: firewallTitle(region.Name), Words: words}
	for _, prefix := range region.Ranges {
		data.Ranges = append(data.Ranges, prefix.String())
	}
	if words != "" && region.ID == "" {
		data.Regions = regionsData(d.Regions.List)
	}
	return data
}

func regionsData(list []assets.Region) (data []regionData) {
	for _, r := range list {
		data = append(data, regionData{r.ID, regionLine(r)})
	}
	return data
}
