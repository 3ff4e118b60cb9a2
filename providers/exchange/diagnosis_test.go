package exchange

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/lab"
	"fairlead/providers"
)

var update = flag.Bool("update", false, "write docs/diagnosis.md anew")

const diagnosisPage = "../../docs/diagnosis.md"

const diagnosisHead = `<!-- Made by "make docs" from what the program itself says. Changes go into providers/exchange/causes_*.go. -->

# What the connection test says, and what to do

The test of a connection to Exchange asks one question after the other. Each answer that is not in order has a code, and the code
has a remedy. On screen, the names of your servers and accounts are filled in; here they are those of Contoso, and “…” stands for
what only your server can tell.

Where the security mode is Relaxed, the flaws of a certificate that are about trust alone warn and do not fail.

## Every fault of the lab, and what the test says of it

The lab can play each of these, so that you can see it before you meet it:

` + "```\nfairleadctl check exchange --lab --fault basic-not-offered\n```" + `

Those marked *in depth* show with ` + "`--deep`" + `; those marked with a star need another account or URL than the lab's own.

| fault | what is wrong | what the test says | test |
|---|---|---|---|
`

// TestDiagnosisPage: the page says what the program says. It is made from the
// same declarations, and from the table of faults that TestLabFaults proves.
func TestDiagnosisPage(t *testing.T) {
	all := checks(Target{Options: providers.TestOptions{Deep: true}})
	said := map[string][]check.Diagnosis{} // by check
	var codes []string
	for _, c := range all {
		said[c.ID] = everything(c)
		for _, d := range said[c.ID] {
			codes = append(codes, d.Code)
		}
	}
	for _, f := range lab.Faults() {
		for _, code := range shown(f.Name) {
			if !slices.Contains(codes, code) {
				t.Errorf("the fault %s shows %s, which no check says", f.Name, code)
			}
		}
	}
	want := diagnosisHead + faultRows() + checkSections(all, said)
	if *update {
		if err := os.WriteFile(diagnosisPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(diagnosisPage)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Error("docs/diagnosis.md is not what the program says any more; write it anew: make docs")
	}
}

// everything is all that a check may say, in the order of its causes.
func everything(c check.Check[*test]) (all []check.Diagnosis) {
	s := &test{target: Target{
		URL:    &url.URL{Scheme: "https", Host: "mail.contoso.com", Path: servicePath},
		SignIn: `CONTOSO\svc-connector`, Mailbox: "anna@contoso.com",
	}}
	for _, cause := range c.Causes {
		applies := *cause
		applies.When = func(*test, error) bool { return true }
		one := check.Check[*test]{
			ID: c.ID, Title: c.Title, Causes: []*check.Cause[*test]{&applies},
			Ask: func(context.Context, *test) (check.Finding, error) { return check.Finding{}, nil },
		}
		report := check.NewSuite(s, []check.Check[*test]{one}, check.Options[*test]{
			Redact: func(value string) string { return cmp.Or(value, "…") },
		}).Run(context.Background(), nil)
		all = append(all, report.Checks[0].Diagnoses...)
	}
	return all
}

// shown lists what is said of a fault.
func shown(fault string) []string {
	if codes, special := labDiagnoses[fault]; special {
		return codes
	}
	return []string{fault}
}

func faultRows() string {
	var b strings.Builder
	for _, f := range lab.Faults() {
		says := links(shown(f.Name))
		if says == "" {
			says = "all is well"
		}
		when := "usual"
		if slices.Contains(labInDepth, f.Name) {
			when = "in depth"
		}
		name := "`" + f.Name + "`"
		if labTargets[f.Name] != nil {
			name += " *"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", name, strings.ReplaceAll(f.Title, "|", `\|`), says, when)
	}
	return b.String()
}

func links(codes []string) string {
	var all []string
	for _, code := range codes {
		all = append(all, fmt.Sprintf("[%s](#%s)", code, code))
	}
	return strings.Join(all, ", ")
}

// checkSections has a section for each check. What an earlier check says in the
// same words is not said again.
func checkSections(all []check.Check[*test], said map[string][]check.Diagnosis) string {
	var b strings.Builder
	usual := len(checks(Target{}))
	before := map[string]bool{}
	for i, c := range all {
		fmt.Fprintf(&b, "\n## %s\n", c.Title)
		if i >= usual {
			b.WriteString("\nThis is asked in depth alone.\n")
		}
		if len(c.Needs) > 0 {
			var needs []string
			for _, o := range all {
				if slices.Contains(c.Needs, o.ID) {
					needs = append(needs, o.Title)
				}
			}
			fmt.Fprintf(&b, "\nIt needs: %s.\n", strings.Join(needs, ", "))
		}
		var again []string
		for _, d := range said[c.ID] {
			text := diagnosisSection(d)
			switch {
			case !before[text]:
				b.WriteString(text)
			case !slices.Contains(again, d.Code):
				again = append(again, d.Code)
			}
			before[text] = true
		}
		if len(again) > 0 {
			fmt.Fprintf(&b, "\nIt may also say, as above: %s.\n", links(again))
		}
	}
	return b.String()
}

func diagnosisSection(d check.Diagnosis) string {
	var b strings.Builder
	verdict := map[check.Verdict]string{check.Fail: "The check fails.", check.Warn: "The check warns."}[d.Verdict]
	fmt.Fprintf(&b, "\n### %s\n\n**%s.** %s\n\nLikely, because\n\n", d.Code, d.Title, verdict)
	for _, why := range d.Likely {
		fmt.Fprintf(&b, "- %s\n", why)
	}
	fmt.Fprintf(&b, "\nWhat to do: %s\n", d.Remedy)
	if d.Look != "" {
		fmt.Fprintf(&b, "\nWhere to look: %s\n", d.Look)
	}
	var faults []string
	for _, f := range lab.Faults() {
		if slices.Contains(shown(f.Name), d.Code) {
			faults = append(faults, "`"+f.Name+"`")
		}
	}
	if len(faults) > 0 {
		fmt.Fprintf(&b, "\nIn the lab, under this code: %s\n", strings.Join(faults, ", "))
	}
	return b.String()
}
