package exchange

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/providers/exchange/wire"
)

// serverCauses explain what a web server says instead of letting EWS answer, to
// a call with or without a sign-in.
var serverCauses = append(slices.Clone(namedServerCauses), bodyAltered)

var namedServerCauses = []*cause{
	exchangeOnlineEWSOff, proxyInTheWay, httpsRequired, clientCertificateRequired, unknownAnchor, applicationError,
	wrongPath, formsLogin, headerTooLarge, requestTooLarge, serviceUnavailable, accessRefused, accessPolicyDenied,
	connectionReset, noAnswer,
}

// onlineHosts are where Exchange Online answers, in all of Microsoft's clouds.
var onlineHosts = []string{
	"outlook.office365.com", "outlook.office.com", "outlook.office365.us", "outlook-dod.office365.us", "partner.outlook.cn",
}

func isOnline(host string) bool { return slices.Contains(onlineHosts, strings.ToLower(host)) }

func (s *test) online() bool { return isOnline(s.Host()) }

var exchangeOnlineEWSOff = &cause{
	Code: "exchange-online-ews-off", Title: "This is Exchange Online, and EWS is switched off there", Verdict: fails,
	When: func(s *test, err error) bool {
		u, ok := asUnexpected(err)
		return ok && u.Status == http.StatusForbidden && s.online()
	},
	Likely: []string{"Microsoft has ended EWS in Exchange Online, tenant by tenant, since October 2026"},
	Remedy: "Make a connector for Microsoft 365 instead of one for Exchange on-premises. " +
		"Mailboxes that are still on your own servers are reached under the name of these.",
}

var exchangeOnlineBasicGone = &cause{
	Code: "exchange-online-basic-gone", Title: "This is Exchange Online, which takes no passwords", Verdict: fails,
	When:   func(s *test, err error) bool { return errors.Is(err, errNoBasic) && s.online() },
	Likely: []string{"Microsoft ended Basic sign-in in Exchange Online in 2022"},
	Remedy: "Make a connector for Microsoft 365 instead of one for Exchange on-premises. " +
		"Mailboxes that are still on your own servers are reached under the name of these.",
}

var basicNotOffered = &cause{
	Code: "basic-not-offered", Title: "Basic sign-in is not offered", Verdict: fails,
	When: func(s *test, err error) bool { return errors.Is(err, errNoBasic) && !s.online() },
	Likely: []string{
		"Basic is off for EWS, as it is after a default installation",
		"it is on, but not on every Exchange server, or the application pool has not been started anew since",
		"a proxy in front of Exchange takes the offer out of the answer",
	},
	Remedy: "Turn on Basic for EWS, on every Exchange server. In the Exchange Management Shell:\n\n" +
		shell(`Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -BasicAuthentication $true`) +
		"\n\nThen, on every Exchange server{{with .FrontEnd}} (this time {{.}} answered){{end}}:\n\n" +
		shell(`Restart-WebAppPool MSExchangeServicesAppPool`) +
		"\n\nIn IIS Manager it is: the server, Sites, Default Web Site, EWS, Authentication, Basic Authentication, Enable. " +
		"Leave the Exchange Back End site as it is.",
	Look: lookHTTPLog + " Substatus 2 means that the way to sign in is switched off.",
}

var proxyInTheWay = &cause{
	Code: "proxy-in-the-way", Title: "A proxy answers instead of the server", Verdict: fails,
	When: got(func(u *unexpected) bool {
		return u.Status == http.StatusProxyAuthRequired || u.Status == http.StatusNetworkAuthenticationRequired ||
			u.Header.Get("Proxy-Authenticate") != "" || u.Header.Get("X-Squid-Error") != ""
	}),
	Likely: []string{
		"this computer reaches the network through a proxy that wants a sign-in of its own",
		"the network has a page that must be agreed to first",
	},
	Remedy: "Let {{.Host}} bypass the proxy on this computer, or run the test from a network without one. " +
		"The services do not come through this proxy.",
}

var httpsRequired = &cause{
	Code: "https-required", Title: "Exchange says that the call came without TLS", Verdict: fails,
	When: got(func(u *unexpected) bool {
		return u.Status == http.StatusForbidden &&
			u.says("Secure Sockets Layer", "SSL is required", "403.4", "must be viewed over a secure channel")
	}),
	Likely: []string{
		"a load balancer ends TLS and talks to Exchange without it (SSL offloading), which Exchange does not support",
	},
	Remedy: "Set the load balancer to encrypt again towards Exchange (SSL bridging), with the same certificate, or to pass TLS through.",
	Look:   lookHTTPLog + " Substatus 4 means that TLS was missing.",
}

var unknownAnchor = &cause{
	Code: "unknown-anchor", Title: "The front end does not know the mailbox {{.Mailbox}}", Verdict: fails,
	When: got(func(u *unexpected) bool { return u.Header.Get("X-CasErrorCode") != "" }),
	Likely: []string{
		"the mailbox address is mistyped, or belongs to nobody",
		"the mailbox is new, and the directory has not told every server yet",
	},
	Remedy: "Look the address up, on the server that answered:\n\n" +
		shell(`Get-Recipient {{.Quote .Mailbox}} | Format-List RecipientTypeDetails,PrimarySmtpAddress`),
	Look: lookEWSLog,
}

var applicationError = &cause{
	Code: "application-error", Title: "EWS fails inside Exchange", Verdict: fails,
	When: got(func(u *unexpected) bool {
		return u.Status == http.StatusInternalServerError || u.sendsTo("genericerrorpage", "errorfe.aspx")
	}),
	Likely: []string{
		"the application pool of EWS is in trouble, often after an update that did not finish",
		"a web.config file was damaged or overwritten",
		"the server has no memory or disk space left",
	},
	Remedy: "Start the application pool anew and look at its state and at that of Exchange:\n\n" +
		shell(`Restart-WebAppPool MSExchangeServicesAppPool`, `Test-ServiceHealth`,
			`Get-ServerHealth -Identity $env:COMPUTERNAME -HealthSet EWS.Protocol | Format-Table Name,AlertValue`) +
		"\n\nIf it stays so after an update, run the set-up of the cumulative update again.",
	Look: "On {{.Server}}, the Application event log, sources MSExchange Web Services, MSExchange Common and ASP.NET.",
}

var wrongPath = &cause{
	Code: "wrong-path", Title: "EWS is not at this address", Verdict: fails,
	When: func(s *test, err error) bool {
		u, ok := asUnexpected(err)
		if !ok || applicationError.When(s, err) || unknownAnchor.When(s, err) {
			return false
		}
		switch u.Status {
		case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone:
			return true
		}
		elsewhere := u.Status == http.StatusOK || u.Status >= 300 && u.Status <= 399
		return elsewhere && (!strings.EqualFold(s.target.URL.Path, servicePath) || u.sendsTo(servicePath))
	},
	Likely: []string{
		"the path in the address is wrong: it is {{.Path}}",
		"the address was meant for Outlook on the web, or for another web site on the same server",
		"the load balancer or reverse proxy does not publish /EWS/",
	},
	Remedy: "The usual address is `{{.UsualURL}}`.{{with .Elsewhere}} The server itself sends on to `{{.}}`.{{end}} " +
		"Exchange says which one it expects:\n\n" +
		shell(`Get-WebServicesVirtualDirectory -ADPropertiesOnly | Format-List Server,InternalUrl,ExternalUrl`),
	Look: lookHTTPLog,
}

// Path is the path of the EWS address.
func (s *test) Path() string { return plain(s.target.URL.Path) }

// Elsewhere is where the server sends on to, if that is an address of EWS.
func (s *test) Elsewhere() string {
	if s.open == nil {
		return ""
	}
	u, err := ParseURL(s.open.Header.Get("Location"))
	if err != nil || !strings.EqualFold(u.Path, servicePath) {
		return ""
	}
	return u.String()
}

// formsPages are marks of pages that ask for a sign-in in front of EWS, by the
// product that shows them.
var formsPages = []struct{ mark, product string }{
	{"/owa/auth/logon", "Outlook on the web"},
	{"/cookieauth.dll", "Threat Management Gateway"},
	{"/internalsite/", "Unified Access Gateway"},
	{"/my.policy", "F5 Access Policy Manager"},
	{"/vpn/", "Citrix NetScaler"},
	{"/logon/logonpoint", "Citrix NetScaler"},
	{"/cgi/", "Citrix NetScaler"},
	{"/adfs/ls", "Active Directory Federation Services"},
	{"login.microsoftonline.com", "Entra application proxy"},
	{"login.microsoftonline.us", "Entra application proxy"},
}

var formsLogin = &cause{
	Code: "forms-login", Title: "A sign-in page stands in front of EWS", Verdict: fails,
	When: func(s *test, err error) bool {
		u, ok := asUnexpected(err)
		return ok && !wrongPath.When(s, err) && u.isForm()
	},
	Likely: []string{
		"{{with .FormsProduct}}{{.}}{{else}}a reverse proxy or firewall{{end}} asks for a sign-in on a web page before it lets anyone through",
		"a rule sends every address of the server to Outlook on the web",
	},
	Remedy: "The services cannot fill in such a page. Publish `/EWS/*` (and `/Autodiscover/*`) without it, with pass-through to Exchange, " +
		"at least for the address ranges of the services' region.",
}

// isForm reports whether a web page asks for a sign-in, here or elsewhere.
func (u *unexpected) isForm() bool {
	const loginTimeout = 440 // of Microsoft, for a session that has to be begun anew
	if u.formsProduct() != "" || u.Status == loginTimeout {
		return true
	}
	return u.Status == http.StatusOK && u.html() && u.says("<form") && u.says(`type="password"`, `type='password'`, "type=password")
}

func (u *unexpected) formsProduct() string {
	for _, page := range formsPages {
		if u.sendsTo(page.mark) {
			return page.product
		}
	}
	return ""
}

// FormsProduct is what shows the sign-in page, or empty.
func (s *test) FormsProduct() string {
	for _, answer := range []*wire.Answer{s.open, s.replied} {
		if answer == nil {
			continue
		}
		if product := (&unexpected{Answer: answer}).formsProduct(); product != "" {
			return product
		}
	}
	return ""
}

var headerTooLarge = &cause{
	Code: "header-too-large", Title: "The server finds the header of the call too large", Verdict: fails,
	When: got(func(u *unexpected) bool {
		return u.Status == http.StatusRequestHeaderFieldsTooLarge ||
			u.Status == http.StatusBadRequest && u.says(
				"request too long", "size of the request headers", "header too large", "headers are too long",
				"header or cookie too large", "size of a request header field", // nginx, Apache
			)
	}),
	Likely: []string{
		"IIS was set to take smaller headers than usual",
		"a proxy adds headers of its own",
		"the password or the sign-in name is extremely long",
	},
	Remedy: "Look at the bounds in the registry; without an entry they are 16 KB. Raise them and restart the server:\n\n" +
		shell(`Get-ItemProperty HKLM:\SYSTEM\CurrentControlSet\Services\HTTP\Parameters | Format-List MaxFieldLength,MaxRequestBytes`),
	Look: `On {{.Server}}, C:\Windows\System32\LogFiles\HTTPERR: the reason stands at the end of the line.`,
}

var requestTooLarge = &cause{
	Code: "request-too-large", Title: "The server finds the call too large", Verdict: fails,
	When: got(func(u *unexpected) bool { return u.Status == http.StatusRequestEntityTooLarge }),
	Likely: []string{
		"EWS is set to accept client certificates, and IIS cannot keep the call while it asks for one",
		"a bound for uploads is set far too low, in IIS or in a proxy",
	},
	Remedy: "The call is smaller than 2 KB, so this is no question of size alone. In IIS Manager: the server, Sites, Default Web Site, " +
		"EWS, SSL Settings, Client certificates: Ignore. Then look at the bounds:\n\n" +
		shell(`Get-WebConfigurationProperty -PSPath 'MACHINE/WEBROOT/APPHOST' -Location 'Default Web Site/EWS' `+
			`-Filter 'system.webServer/serverRuntime' -Name uploadReadAheadSize`),
	Look: lookHTTPLog,
}

var serviceUnavailable = &cause{
	Code: "service-unavailable", Title: "The service is not available", Verdict: fails,
	When: got(func(u *unexpected) bool {
		switch u.Status {
		case http.StatusServiceUnavailable, http.StatusBadGateway, http.StatusGatewayTimeout:
			return true
		}
		return false
	}),
	Likely: []string{
		"the application pool MSExchangeServicesAppPool is stopped",
		"the load balancer has no healthy server behind it",
		"the server is in maintenance mode",
		"the queue of the application pool is full",
	},
	Remedy: "On every Exchange server:\n\n" +
		shell(`Import-Module WebAdministration`, `Get-WebAppPoolState MSExchangeServicesAppPool`,
			`Start-WebAppPool MSExchangeServicesAppPool`,
			`Get-ServerComponentState $env:COMPUTERNAME | Where-Object State -ne Active`) +
		"\n\nIf all is active there, look at the state of the pool in the load balancer.",
	Look: `On {{.Server}}, C:\Windows\System32\LogFiles\HTTPERR and the System event log, source WAS.`,
}

var accessRefused = &cause{
	Code: "access-policy-denied", Title: "Access is refused before any sign-in", Verdict: fails,
	When: func(s *test, err error) bool {
		u, ok := asUnexpected(err)
		return ok && !u.signedIn && u.Status == http.StatusForbidden &&
			!httpsRequired.When(s, err) && !clientCertificateRequired.When(s, err) && !s.online()
	},
	Likely: []string{
		"IIS lets certain addresses in only (IP Address and Domain Restrictions)",
		"a web application firewall or a filter by country refuses this computer",
		"a rule of URL Rewrite or of the Exchange emergency mitigation service blocks the address",
	},
	Remedy: "Look at what restricts the address, on every Exchange server, then at the firewall in front:\n\n" +
		shell(`Get-WebConfiguration -PSPath 'MACHINE/WEBROOT/APPHOST' -Location 'Default Web Site/EWS' `+
			`-Filter 'system.webServer/security/ipSecurity/*'`,
			`Get-ExchangeServer | Format-List Name,MitigationsApplied`),
	Look: lookHTTPLog + " Substatus 6 means that the address is not let in.",
}

var bodyAltered = &cause{
	Code: "body-altered", Title: "What came back is not an answer of Exchange", Verdict: fails,
	When: func(s *test, err error) bool {
		u, is := asUnexpected(err)
		if is && u.Status == http.StatusUnauthorized {
			return false // that is about the sign-in
		}
		is = is || check.Met[*test](wire.ErrNotHTTP, wire.ErrTooLarge, wire.ErrEncoded)(s, err)
		return is && check.Otherwise(namedServerCauses...)(s, err)
	},
	Likely: []string{
		"a web application firewall, a virus scanner or a proxy replaces or rewrites the answer",
		"the address belongs to something other than Exchange",
		"a rule in IIS refuses the call",
	},
	Remedy: "See in the evidence what came back. Exempt `/EWS/*` from everything that rewrites or scans web traffic between here and " +
		"{{.Host}}, and check that the name leads to Exchange.",
	Look: lookHTTPLog + " If the call is not there, it never reached Exchange.",
}
