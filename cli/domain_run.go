package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"fairlead/check"
	"fairlead/cli/screen"
	"fairlead/domain"
)

// diagnosesJSON is the object of "domain check", for one domain and for many.
type diagnosesJSON struct {
	Domains []diagnosisJSON `json:"domains"`
	Summary tallyJSON       `json:"summary"`
}

// diagnosisJSON is one domain.
type diagnosisJSON struct {
	Domain    string         `json:"domain"`
	MX        string         `json:"mx"`
	MailGoes  string         `json:"mailGoesTo"`
	Report    check.Report   `json:"report"`
	SPFTree   string         `json:"spfTree,omitempty"`
	Proposals []proposalJSON `json:"proposals"`
}

// proposalJSON is a record to publish.
type proposalJSON struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"`
	Value   string   `json:"value"`
	Current []string `json:"current"`
	Why     string   `json:"why"`
	Changes []string `json:"changes"`
}

func asDiagnosisJSON(name string, report check.Report, result domain.Result) diagnosisJSON {
	object := diagnosisJSON{
		Domain: name, Report: report, MX: string(result.MX), MailGoes: string(result.Goes), Proposals: []proposalJSON{},
	}
	if result.SPF != nil {
		object.SPFTree = result.SPF.Draw()
	}
	for _, p := range result.Proposals {
		object.Proposals = append(object.Proposals, proposalJSON{
			Name: p.Record.Name, Type: p.Record.Type, Value: p.Record.Value, Current: append([]string{}, p.Current...), Why: p.Why, Changes: p.Changes,
		})
	}
	return object
}

// one checks one domain and shows its verdicts as they come.
func (o *domainCheck) one(ctx context.Context, name string, options domain.Options) error {
	test := domain.New(o.net, name, options)
	report := o.ask(ctx, test.Suite())
	result, _ := test.Result() // none where the check was stopped
	o.say(report, o.verbose)
	if o.proposals {
		o.propose(result)
	}
	object := diagnosesJSON{Domains: []diagnosisJSON{asDiagnosisJSON(name, report, result)}}
	object.Summary.count(report)
	o.give(object)
	return outcome(ctx, report)
}

// propose shows what could be better, in the order in which it is safe.
func (o *domainCheck) propose(result domain.Result) {
	s := o.screen()
	if result.SPF != nil {
		s.Blank()
		s.Title("What the SPF record takes")
		for line := range strings.Lines(result.SPF.Draw()) {
			s.Line("    %s", strings.TrimRight(line, "\n"))
		}
	}
	if len(result.Proposals) == 0 {
		s.Blank()
		s.Text("There is nothing to propose.")
	}
	for _, p := range result.Proposals {
		s.Blank()
		s.Title(p.Record.Type + " " + p.Record.Name)
		s.Markdown("  ", p.Why)
		if len(p.Current) > 0 {
			s.Text("  Today: %s", strings.Join(p.Current, "; "))
		}
		s.Line("    %s", p.Record.Line())
		for _, change := range p.Changes {
			s.Markdown("  ", "- "+change)
		}
	}
}

// count adds a report.
func (t *tallyJSON) count(r check.Report) {
	switch verdict := r.Verdict(); {
	case !r.Complete() || verdict == check.Skip:
		t.NotTested++
	case verdict == check.Fail:
		t.Fail++
	case verdict == check.Warn:
		t.Warn++
	default:
		t.Pass++
	}
}

// many checks domains a few at a time, with one line for each as it ends.
func (o *domainCheck) many(ctx context.Context, names []string, options domain.Options) error {
	jobs, results := make(chan string), make(chan diagnosisJSON)
	go func() {
		defer close(jobs)
		for _, name := range names {
			select {
			case jobs <- name:
			case <-ctx.Done():
				return
			}
		}
	}()
	var workers sync.WaitGroup
	for range usualParallel {
		workers.Go(func() {
			for name := range jobs {
				test := domain.New(o.net, name, options)
				report := test.Suite().Run(ctx, nil)
				result, _ := test.Result()
				results <- asDiagnosisJSON(name, report, result)
			}
		})
	}
	go func() {
		workers.Wait()
		close(results)
	}()
	object := diagnosesJSON{Domains: []diagnosisJSON{}}
	for d := range results {
		if d.Report.Complete() {
			object.Domains = append(object.Domains, d)
			object.Summary.count(d.Report)
			o.sayLine(d)
		}
	}
	return o.end(ctx, names, object)
}

// sayLine is one domain of many.
func (o *domainCheck) sayLine(d diagnosisJSON) {
	words := []string{d.Domain, "mail goes to " + domain.Destination(d.MailGoes).String()}
	codes := []string{}
	for _, c := range d.Report.Checks {
		for _, diagnosis := range c.Diagnoses {
			if !slices.Contains(codes, diagnosis.Code) {
				codes = append(codes, diagnosis.Code)
			}
		}
	}
	words = append(words, cmp.Or(strings.Join(codes, ", "), "in order"), screen.Span(d.Report.Took))
	o.screen().Say(d.Report.Verdict(), "%s", strings.Join(words, " · "))
	if o.verbose {
		o.screen().Evidence(d.Report)
	}
}

// end says what it came to, in the order in which the domains were named.
func (o *domainCheck) end(ctx context.Context, names []string, object diagnosesJSON) error {
	place := map[string]int{}
	for i, name := range names {
		place[name] = i
	}
	slices.SortFunc(object.Domains, func(a, b diagnosisJSON) int { return place[a.Domain] - place[b.Domain] })
	c := &object.Summary
	left := len(names) - len(object.Domains)
	c.Stopped = ctx.Err() != nil && left > 0
	c.NotTested += left
	o.screen().Blank()
	o.screen().Text("%d pass, %d warn, %d fail, %d not checked.", c.Pass, c.Warn, c.Fail, c.NotTested)
	o.give(object)
	switch {
	case c.Stopped:
		return errStatus(statusCannot)
	case c.Fail > 0:
		return errStatus(statusNotSo)
	case c.NotTested > 0:
		return errStatus(statusCannot)
	}
	return nil
}
