package setup

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/domain/routing"
	"fairlead/wizard/page"
)

// takeOrder notes when a step was ticked, and since when the MX records are the
// region's. A step whose gate is shut is not taken in: the page refuses it, and so
// does whoever keeps what stands on a page that was left.
func (r *record) takeOrder(above string, a *page.Answers, now time.Time) {
	r.noteMX(now)
	wanted, done := a.List(KeySteps), []string{}
	for _, step := range routing.Order() {
		switch {
		case !slices.Contains(wanted, step.ID):
			delete(r.Ticked, step.ID)
			continue
		case r.Ticked[step.ID].IsZero():
			facts := r.facts(above, a, now)
			facts.Ticked = r.Ticked
			if step.Barred(facts) != "" {
				continue
			}
			r.Ticked[step.ID] = now
		}
		done = append(done, step.ID)
	}
	r.Answers[KeySteps], _ = json.Marshal(done) // a list of texts can be written
}

// noteMX notes since when the MX records are the region's, by the last report.
func (r *record) noteMX(now time.Time) {
	switch said(r.Sections[Routing].Report, routing.CheckMX) {
	case "":
		if r.MXSince.IsZero() {
			r.MXSince = now
		}
	case routing.NotLooked:
	default:
		r.MXSince = time.Time{}
	}
}

// facts are what is known of a domain for the gates of the order, with the reports
// and ticks of a journey that goes on. Below a domain that is validated none has to
// be.
func (r *record) facts(above string, a *page.Answers, now time.Time) routing.Facts {
	report := func(section Section) *check.Report {
		if fresh := a.Report(testPage(section)); fresh != nil {
			return fresh
		}
		return r.Sections[section].Report
	}
	way, validated := report(Routing), ""
	if above == "" {
		validated = whole(report(Tenant))
	}
	return routing.Facts{
		Now: now, Ticked: r.ticked(a, now), MXSince: r.MXSince,
		Validated: validated,
		SPF:       said(report(Spoofing), checkSPF),
		Outbound:  said(way, routing.CheckOutbound),
		Deliver:   said(way, routing.CheckDeliver),
		MX:        said(way, routing.CheckMX),
	}
}

// ticked are the steps that were ticked, those of a journey that goes on among
// them.
func (r *record) ticked(a *page.Answers, now time.Time) map[string]time.Time {
	all := map[string]time.Time{}
	for _, step := range a.List(KeySteps) {
		if all[step] = r.Ticked[step]; all[step].IsZero() {
			all[step] = now
		}
	}
	return all
}

// whole says why a test did not pass; nothing when it did, perhaps with warnings.
func whole(r *check.Report) string {
	switch {
	case r == nil:
		return routing.NotLooked
	case r.Verdict() == check.Fail || r.Verdict() == check.Skip || !r.Complete():
		return cmp.Or(page.LowerFirst(r.Title()), routing.NotLooked)
	}
	return ""
}

// said says why a check of a test did not pass: one that only warns did not, if it
// is the one about the MX records. Checks whose ids begin with the one that is
// asked for, and go on with a hyphen, belong to it.
func said(r *check.Report, id string) string {
	if r == nil {
		return routing.NotLooked
	}
	why := routing.NotLooked
	for _, c := range r.Checks {
		if c.ID != id && !strings.HasPrefix(c.ID, id+"-") {
			continue
		}
		switch {
		case c.Verdict == check.Skip:
			return cmp.Or(page.LowerFirst(c.Summary), routing.NotLooked)
		case c.Verdict == check.Fail || c.Verdict == check.Warn && id == routing.CheckMX:
			return page.LowerFirst(titleOf(c))
		}
		why = ""
	}
	return why
}

// titleOf is what is wrong with a check. What is kept may come from elsewhere, and
// lack it.
func titleOf(c check.Result) string {
	if len(c.Diagnoses) > 0 && c.Diagnoses[0].Title != "" {
		return c.Diagnoses[0].Title
	}
	return cmp.Or(c.Title, "its check has not passed")
}
