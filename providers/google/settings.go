package google

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"fairlead/providers"
)

var _ providers.Settles = Provider{}

// Settings lists those of a connector.
func (Provider) Settings() []providers.Setting {
	return []providers.Setting{
		{Name: settingAddress, Needed: true, What: "mail address of somebody in the customer's domain, such as anna@contoso.com"},
		{Name: settingClient, Needed: true, What: "number of the client that is authorised, about 21 digits"},
		{Name: settingScopes, Needed: true, What: "scopes that it is authorised for, such as " + MailScope + ", with spaces between them"},
		{Name: settingCustomer, What: "customer ID; without it the connector's tenant is taken, which it has to be"},
		{Name: settingAccount, What: "address of your own service account, which ends in .gserviceaccount.com; without it the client is the service's own"},
		{Name: settingKeyID, What: "id of the service account's key, needed where there is one"},
		{Name: settingProject, What: "project of the service account, needed where there is one"},
	}
}

// Settle adds the customer ID, and judges what a test begins with.
func (p Provider) Settle(r providers.Record) (map[string]string, error) {
	if err := providers.CheckNames(p.Info().Name, p.Settings(), r.Settings); err != nil {
		return nil, err
	}
	all := providers.With(r.Settings, map[string]string{settingCustomer: r.Tenant})
	_, noScopes := ParseScopes(all[settingScopes])
	err := cmp.Or(
		providers.Wrong(settingCustomer, customerOf(all[settingCustomer], r.Tenant)),
		providers.Wrong(settingAddress, CheckAddress(all[settingAddress])),
		providers.Wrong(settingClient, CheckClient(all[settingClient])),
		providers.Wrong(settingScopes, noScopes),
		p.checkAccount(all),
	)
	if err != nil {
		return nil, err
	}
	return all, nil
}

func customerOf(id, recorded string) error {
	if !strings.EqualFold(id, recorded) {
		return fmt.Errorf("it is %q, and the connector is one of the tenant %q; leave it out", id, recorded)
	}
	return CheckCustomer(id)
}

// checkAccount judges what a key is compared with when it is asked for again, and
// what the clean-up's commands are made of.
func (p Provider) checkAccount(settings map[string]string) error {
	account := settings[settingAccount]
	list := p.Settings()
	for _, s := range list[len(list)-2:] {
		value := settings[s.Name]
		switch {
		case account == "" && value == "":
		case account == "":
			return providers.Lacking(list[len(list)-3])
		case value == "":
			return providers.Lacking(s)
		case !plainWord(value):
			return providers.Wrong(s.Name, errors.New("it is no id; copy it from the key's file"))
		}
	}
	if account != "" && (!strings.HasSuffix(account, ".gserviceaccount.com") || providers.CheckAddress(account) != nil) {
		return providers.Wrong(settingAccount, errors.New("it is not the address of a service account; copy client_email from the key's file"))
	}
	return nil
}
