package microsoft365

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"fairlead/assets"
	"fairlead/network"
	"fairlead/oauth"
)

// found is a tenant, as Entra describes it before anybody has signed in.
type found struct {
	ID        string // proved to be the issuer's
	Cloud     assets.Cloud
	Authority *oauth.Authority
}

// findTenant finds the cloud and the id of a tenant by its domain or id. It asks
// the worldwide sign-in first, and those of the other clouds only where that
// one does not have the tenant. The error is for people.
func findTenant(ctx context.Context, n *network.Network, clouds assets.Clouds, name string) (*found, error) {
	logins := clouds.Logins()
	tenant, first := askCloud(ctx, n, clouds, logins[0], name)
	if first == nil || ctx.Err() != nil {
		return tenant, first
	}
	tenants, errs := make([]*found, len(logins)), make([]error, len(logins))
	var asked sync.WaitGroup
	for i, login := range logins[1:] {
		asked.Go(func() { tenants[i+1], errs[i+1] = askCloud(ctx, n, clouds, login, name) })
	}
	asked.Wait()
	errs[0] = first
	for _, tenant := range tenants {
		if tenant != nil {
			return tenant, nil
		}
	}
	return nil, notFound(name, errs)
}

// notFound says why no cloud has a tenant. Only where each says so itself is it
// certain that there is none.
func notFound(name string, errs []error) error {
	nowhere := &noTenant{name: name}
	for _, err := range errs {
		switch {
		case diagnose(err).Cause == "tenant-not-found":
			nowhere.err = err
		case !elsewhere(err):
			return explained(err)
		}
	}
	return nowhere
}

// noTenant says that no cloud has a tenant.
type noTenant struct {
	name string
	err  error // what one of the clouds said, for the diagnosis
}

func (n *noTenant) Error() string {
	return fmt.Sprintf("none of Microsoft's clouds has a tenant %q. Look at the spelling; type a domain that is listed in Entra "+
		"under Domain names, or the tenant id from its overview. A domain that was just added may take an hour", n.name)
}

func (n *noTenant) Unwrap() error { return n.err }

// elsewhere reports whether a cloud's sign-in described that of another cloud,
// as the worldwide one does for tenants of the US government.
func elsewhere(err error) bool { return oauth.KindOf(err) == oauth.WrongIssuer }

func askCloud(ctx context.Context, n *network.Network, clouds assets.Clouds, login, name string) (*found, error) {
	authority, err := discover(ctx, n, login, name)
	if err != nil {
		return nil, err
	}
	cloud, known := clouds.Of(authority.Graph, authority.SubRegion)
	if !known || cloud.Login != login {
		return nil, fmt.Errorf("%s names a cloud that Fairlead does not know: its Graph is %q. A newer version may", login, authority.Graph)
	}
	return &found{authority.Tenant, cloud, authority}, nil
}

// discover reads what Entra says of one tenant.
func discover(ctx context.Context, n *network.Network, login, tenant string) (*oauth.Authority, error) {
	return oauth.Discover(ctx, n, oauth.Place{
		Base: "https://" + login + "/" + tenant + "/v2.0", Issuer: "https://" + login + "/{tenantid}/v2.0",
	})
}

var domainForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)
})

// personalTenant is the tenant of all personal accounts, which no organisation
// has.
const personalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad"

// checkTenant judges what was typed as a tenant.
func checkTenant(text string) error {
	switch {
	case strings.EqualFold(text, personalTenant):
		return errors.New("this is the tenant of all personal accounts, which cannot be connected; type the organisation's own")
	case oauth.IsGUID(text):
		return nil
	case strings.Contains(text, "@"):
		return errors.New("this is a mail address; type only what stands after the @")
	case strings.Contains(text, "/"):
		return errors.New("this is a web address; type a domain such as contoso.com, or the tenant id")
	case len(text) > 253 || !domainForm().MatchString(strings.ToLower(text)):
		return errors.New("this is neither a domain nor a tenant id; type a domain such as contoso.com, or the id from Entra's overview: " +
			"36 characters such as 01234567-89ab-cdef-0123-456789abcdef")
	}
	return nil
}

// checkApplication judges what was typed as an application (client) id.
func checkApplication(text string) error {
	if oauth.IsGUID(text) {
		return nil
	}
	return errors.New("this is not an application (client) id: it has 36 characters, such as 01234567-89ab-cdef-0123-456789abcdef, " +
		"and stands in Entra on the application's overview page. The object id beside it is another one")
}
