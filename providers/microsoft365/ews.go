package microsoft365

import (
	"context"
	"fmt"
	"time"

	"fairlead/assets"
	"fairlead/check"
)

// When Exchange Web Services end in Exchange Online. On-premises Exchange keeps
// them. Source: Microsoft, "Control access to EWS in Exchange", and the Exchange
// team's announcement.
var (
	ewsPhased = time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC)
	ewsGone   = time.Date(2027, time.April, 1, 0, 0, 0, 0, time.UTC)
)

// ewsStage is where a day stands in that.
type ewsStage int

const (
	ewsAnnounced ewsStage = iota
	ewsEnding
	ewsEnded
)

func ewsAt(today time.Time) ewsStage {
	switch {
	case !today.Before(ewsGone):
		return ewsEnded
	case !today.Before(ewsPhased):
		return ewsEnding
	}
	return ewsAnnounced
}

// ewsNews says in a sentence or two how EWS in Exchange Online stands today.
func ewsNews(today time.Time) string {
	days := func(until time.Time) int { return int((until.Sub(today) + 24*time.Hour - 1) / (24 * time.Hour)) }
	switch ewsAt(today) {
	case ewsEnded:
		return "Exchange Web Services ended in Exchange Online on 1 April 2027, without exceptions."
	case ewsEnding:
		return fmt.Sprintf("Since 1 October 2026 Microsoft switches Exchange Web Services off in Exchange Online, tenant by tenant. "+
			"This tenant may be closed already: the service then gets 403. On 1 April 2027, in %d days, they end for good.", days(ewsGone))
	}
	return fmt.Sprintf("From 1 October 2026, in %d days, Microsoft switches Exchange Web Services off in Exchange Online, tenant by tenant. "+
		"On 1 April 2027, in %d days, they end for good.", days(ewsPhased), days(ewsGone))
}

// ewsCommands keep EWS open for an application until then. The second one
// writes the whole list anew, so that the first one comes first.
func ewsCommands(application string) string {
	if application == "" {
		application = "APPLICATION-ID-OF-THE-SERVICE"
	}
	return "Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List EwsEnabled,EwsAllowedAppIDs\n" +
		"Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs \"" + application + "\""
}

// ewsAdvice stands around the commands.
const ewsAdvice = "In Exchange Online PowerShell. The first command shows what is allowed already; the second replaces the whole list, " +
	"so put those ids in front, with commas between. It may take a day until it holds."

func ewsCheck() check.Check[*verification] {
	return check.Check[*verification]{
		ID: "ews", Title: "Exchange Web Services",
		Ask: func(_ context.Context, s *verification) (check.Finding, error) {
			return check.Finding{Summary: ewsNews(s.net.Now())}, nil
		},
		Causes: []*cause{
			{
				Code: "ews-ended", Title: "The service needs EWS, which has ended in Exchange Online", Verdict: check.Fail,
				When:   func(s *verification, _ error) bool { return s.usesEWS() && ewsAt(s.net.Now()) == ewsEnded },
				Remedy: "{{.EWSNews}} Nothing can open them again. Ask the service's support for a version that uses Microsoft Graph.",
			},
			{
				Code: "ews-ending", Title: "The service needs EWS, which ends in Exchange Online on 1 April 2027", Verdict: check.Warn,
				When:   func(s *verification, _ error) bool { return s.usesEWS() && ewsAt(s.net.Now()) != ewsEnded },
				Remedy: "{{.EWSNews}}\n\n" + ewsAdvice + "\n\n```powershell\n{{.EWSCommands}}\n```\n\nAsk the service's support when it moves to Microsoft Graph. On-premises Exchange keeps EWS.",
			},
			{
				Code: "ews-unknown", Title: "Whether the service needs EWS is not known", Verdict: check.Warn,
				When:   func(s *verification, _ error) bool { return s.usage.EWS == assets.NeedUnknown },
				Remedy: "{{.EWSNews}} Ask the service's support whether it uses them. If the consent page asks to use Exchange Web Services, it does.",
			},
		},
	}
}

func (s *verification) usesEWS() bool { return s.usage.EWS == assets.Needed }

// EWSNews is how EWS in Exchange Online stands today.
func (s *verification) EWSNews() string { return ewsNews(s.net.Now()) }

// EWSCommands keep EWS open for the application.
func (s *verification) EWSCommands() string { return ewsCommands(s.target.Application) }
