package exchange

import "time"

var throttled = &cause{
	Code: "throttled", Title: "Exchange slows the account down", Verdict: fails,
	When: said("ErrorServerBusy", "ErrorExceededConnectionCount", "ErrorExceededSubscriptionCount", "ErrorTooManyObjectsOpened",
		"ErrorInsufficientResources", "ErrorNotEnoughMemory"),
	Likely: []string{
		"the throttling policy's budget of the account is used up{{with .BackOff}}; the server asks to wait {{.}}{{end}}",
		"another program uses the same account",
		"the server is short of resources",
	},
	Remedy: "Wait, and run the test again. Use an account of its own for the connector. If that is so, give it a policy with room:\n\n" +
		shell(`New-ThrottlingPolicy 'EWS connector' -EwsMaxConcurrency 100`,
			`Set-ThrottlingPolicyAssociation {{.Quote .SignIn}} -ThrottlingPolicy 'EWS connector'`),
	Look: lookEWSLog,
}

// BackOff is how long the server asks to wait, or empty.
func (s *test) BackOff() string {
	if s.reply == nil {
		return ""
	}
	wait, err := time.ParseDuration(s.reply.Values["BackOffMilliseconds"] + "ms")
	if err != nil || wait <= 0 {
		return ""
	}
	return wait.Round(time.Second).String()
}

var directoryUnavailable = &cause{
	Code: "directory-unavailable", Title: "Exchange does not reach Active Directory", Verdict: fails,
	When: said("ErrorADUnavailable", "ErrorADOperation", "ErrorADSessionFilter", "ErrorImpersonationFailed", "ErrorTimeoutExpired"),
	Likely: []string{
		"no domain controller answers the Exchange server",
		"the trust to the account's forest is broken",
	},
	Remedy: "On {{.Server}}, see which domain controllers Exchange uses, and whether they are well:\n\n" +
		shell(`Get-ExchangeServer $env:COMPUTERNAME -Status | Format-List CurrentDomainControllers,CurrentGlobalCatalogs`,
			`nltest /sc_query:$env:USERDNSDOMAIN`),
	Look: "On {{.Server}}, the Application event log, source MSExchange ADAccess: event 2080 lists the domain controllers.",
}

var faultInside = &cause{
	Code: "application-error", Title: "EWS reports an error of its own", Verdict: fails,
	When: func(s *test, err error) bool {
		return said("ErrorInternalServerError", "ErrorInternalServerTransientError", "ErrorInvalidRequest", "ErrorSchemaValidation")(s, err) &&
			!throttled.When(s, err)
	},
	Likely: []string{
		"trouble that passes: a server that was just started, or a directory that answers late",
		"the application pool of EWS is in trouble",
	},
	Remedy: "Run the test again. If it stays so, start the application pool anew:\n\n" +
		shell(`Restart-WebAppPool MSExchangeServicesAppPool`),
	Look: lookEWSLog,
}

var schemaVersionUnknown = &cause{
	Code: "schema-version-unknown", Title: "The server is older than Exchange 2013", Verdict: fails,
	When: said("ErrorInvalidServerVersion", "ErrorIncorrectSchemaVersion"),
	Likely: []string{
		"it does not know the calls of Exchange 2013, the oldest version that the services support",
		"the load balancer leads to an old server that was left beside newer ones",
	},
	Remedy: "Point {{.Host}} to the newest Exchange that you have. This lists all:\n\n" +
		shell(`Get-ExchangeServer | Sort-Object AdminDisplayVersion | Format-Table Name,AdminDisplayVersion,ServerRole`),
}

var outOfSupport = &cause{
	Code: "server-outdated", Title: "{{.Family}} is out of support", Verdict: warns,
	When: func(s *test, _ error) bool {
		v, ok := parseVersion(s.build)
		if !ok {
			return false
		}
		ended := v.family().ended
		return !ended.IsZero() && s.net.Now().After(ended)
	},
	Likely: []string{"Microsoft ended its support on {{.SupportEnded}}; holes that are found from then on stay open"},
	Remedy: "The connector works. Move to Exchange Server Subscription Edition, or the mailboxes to Microsoft 365. See what there is:\n\n" +
		shell(`Get-ExchangeServer | Format-Table Name,AdminDisplayVersion,Edition`),
}

// Family is the product that answered, without its updates.
func (s *test) Family() string {
	v, _ := parseVersion(s.build)
	return v.family().name
}

// SupportEnded is the day on which the support of the product ended.
func (s *test) SupportEnded() string {
	v, _ := parseVersion(s.build)
	return v.family().ended.Format(time.DateOnly)
}

var updatesMissing = &cause{
	Code: "server-outdated", Title: "The server lacks updates", Verdict: warns,
	When: func(s *test, err error) bool {
		v, ok := parseVersion(s.build)
		if !ok || outOfSupport.When(s, err) {
			return false
		}
		last, known := v.newest()
		return known && last.build[3] > v[3]
	},
	Likely: []string{"security updates for this version were not installed; {{.Newest}} is the last one that is known here"},
	Remedy: "The connector works. Install the newest security update, on every Exchange server. " +
		"Microsoft's HealthChecker script shows what is missing.",
}

// Newest is the newest known update of the version that answered.
func (s *test) Newest() string {
	v, _ := parseVersion(s.build)
	last, _ := v.newest()
	return last.String()
}

var buildsDiffer = &cause{
	Code: "builds-differ", Title: "The servers have different updates", Verdict: warns,
	When:   func(s *test, _ error) bool { return len(s.builds()) > 1 },
	Likely: []string{"the update is not on every server yet: {{.Builds}}"},
	Remedy: "Bring all servers to the same update. On each of them, this shows what it has:\n\n" +
		shell(`(Get-Command ExSetup.exe).FileVersionInfo.FileVersion`),
}

// Builds lists the builds of the servers that answered.
func (s *test) Builds() string { return list(s.builds()) }

var clockSkew = &cause{
	Code: "clock-skew", Title: "The clocks differ by more than five minutes", Verdict: warns,
	When: func(s *test, _ error) bool { return s.open != nil && s.skew().Abs() > maxSkew },
	Likely: []string{
		"the clock of the server is wrong",
		"the clock of this computer is wrong, which also makes certificates look expired or not yet valid",
	},
	Remedy: "See which one is wrong, on both:\n\n" +
		shell(`w32tm /query /status`, `w32tm /stripchart /computer:time.windows.com /samples:3 /dataonly`, `w32tm /resync`),
}
