package exchange

import (
	"cmp"

	"fairlead/providers"
)

var _ providers.Settles = Provider{}

// settingIssuers is of connectors that older versions have made.
const settingIssuers = "fetch-issuers"

// Settings lists those of a connector.
func (Provider) Settings() []providers.Setting {
	return []providers.Setting{
		{Name: settingURL, Needed: true, What: "address of Exchange Web Services, such as " + example + "; https alone is taken"},
		{Name: settingAddress, Needed: true, What: "mail address of the account, such as svc-mail@contoso.com"},
		{Name: settingSignIn, What: `name to sign in with, as DOMAIN\user or user@domain; without it the address is taken`},
		{Name: settingMode, What: "security mode, strict or relaxed; without it strict is taken"},
		{Name: settingMailbox, What: "mail address of a mailbox that a test opens; without it none is opened"},
		{Name: settingIssuers, What: "mark of connectors that older versions have made, without effect by now"},
	}
}

// Settle adds the name to sign in with, and judges what a test begins with.
func (p Provider) Settle(r providers.Record) (map[string]string, error) {
	if err := providers.CheckNames(p.Info().Name, p.Settings(), r.Settings); err != nil {
		return nil, err
	}
	address := r.Settings[settingAddress]
	all := providers.With(r.Settings, map[string]string{settingSignIn: address})
	_, noURL := ParseURL(all[settingURL])
	_, noMode := ParseMode(all[settingMode])
	err := cmp.Or(
		providers.Wrong(settingURL, noURL),
		providers.Wrong(settingAddress, providers.CheckAddress(address)),
		providers.Wrong(settingMode, noMode),
	)
	if err == nil && all[settingSignIn] != address {
		err = providers.Wrong(settingSignIn, CheckSignIn(all[settingSignIn]))
	}
	if err == nil && all[settingMailbox] != "" {
		err = providers.Wrong(settingMailbox, providers.CheckAddress(all[settingMailbox]))
	}
	if err != nil {
		return nil, err
	}
	return all, nil
}
