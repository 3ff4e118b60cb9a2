package entra

import (
	"net/http"
	"strings"
	"sync"
)

// trouble is one of Entra's errors: its number after "AADSTS", the OAuth error
// that clients switch on, and what the description says. {tenant}, {app},
// {redirect}, {user}, {cloud} and {resource} stand for what the request is about.
type trouble struct {
	code  string
	oauth string
	shows place
	title string
	text  string
}

// place is where a trouble shows when it is switched on as a fault.
type place int

const (
	atStart    place = iota // a page before anybody signs in; nothing is redirected
	atSignIn                // a page after an account was chosen; nothing is redirected
	atConsent               // a page with a button that leads back with the error
	atReturn                // a redirect with the error, after Accept
	atToken                 // JSON, when the code is redeemed
	atDevice                // JSON, while a device code is polled
	atTenant                // as atStart, and openid-configuration is refused as well
	onlyEarned              // where a request earns it; it cannot be switched on
)

// find returns a trouble by its number.
func (e *Entra) trouble(code string) trouble {
	for _, t := range troubles() {
		if t.code == code {
			return t
		}
	}
	panic("no trouble " + code) // a mistake in this package
}

// status is that of an error in JSON.
func (t trouble) status() int {
	switch t.oauth {
	case "invalid_client", "unauthorized_client":
		return http.StatusUnauthorized
	case "temporarily_unavailable":
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}

// troubles lists the errors, in the order of Microsoft's list of codes that an
// administrator meets.
var troubles = sync.OnceValue(func() []trouble {
	var list []trouble
	for _, line := range strings.Split(strings.TrimSpace(troubleTable), "\n") {
		f := strings.SplitN(line, "|", 5)
		list = append(list, trouble{f[0], f[1], places[f[2]], f[3], f[4]})
	}
	return list
})

var places = map[string]place{
	"start": atStart, "signin": atSignIn, "consent": atConsent, "return": atReturn, "token": atToken, "device": atDevice, "tenant": atTenant, "earned": onlyEarned,
}

// troubleTable: number, OAuth error, place, title, text.
const troubleTable = `
65001|invalid_grant|token|Nobody has consented yet|The user or administrator has not consented to use the application with ID '{app}'. Send an interactive authorization request for this user and resource.
65004|access_denied|return|Consent was declined|User declined to consent to access the app.
90094|access_denied|consent|An administrator must grant this|The grant requires admin permission. An administrator of {tenant} must consent to '{app}'.
90095|access_denied|consent|An administrator must approve this|Admin consent is required for the permissions requested by this application. A request may be sent to the administrators.
90093|access_denied|return|The account may not grant this|Calling user's role or policy does not allow granting consent to '{app}'.
900941|access_denied|consent|The application counts as risky|An administrator of {tenant} has to review '{app}': the app is considered risky.
900981|access_denied|consent|The application is reported as risky|An administrator of {tenant} has to review '{app}': its publisher is not verified.
50011|invalid_request|start|The redirect address is not registered|The redirect URI '{redirect}' specified in the request does not match the redirect URIs configured for the application '{app}'.
500113|invalid_request|start|No redirect address is registered|No reply address is registered for the application.
900971|invalid_request|start|No redirect address was given|No reply address provided.
700016|unauthorized_client|start|The application is not known here|Application with identifier '{app}' was not found in the directory '{tenant}'. It was not installed by an administrator, or the request went to the wrong tenant.
700011|unauthorized_client|start|The application is not known in this cloud|Application with identifier '{app}' was not found in the cloud of {tenant}.
7000112|unauthorized_client|signin|The application is disabled|Application '{app}' is disabled.
70001|unauthorized_client|signin|The application is disabled (older code)|The application '{app}' is disabled.
1000031|unauthorized_client|signin|The application cannot be reached|Application {app} cannot be accessed at this time. Contact your administrator.
90002|invalid_tenant|tenant|The tenant does not exist|Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.
50059|invalid_request|start|No tenant was named|No tenant-identifying information found in either the request or implied by any provided credentials.
50128|invalid_request|start|The domain names no tenant|Invalid domain name - No tenant-identifying information found in either the request or implied by any provided credentials.
90038|invalid_request|start|The tenant is in another cloud|Tenant '{tenant}' request is being redirected to the National Cloud '{cloud}'.
900382|invalid_request|start|Another cloud's tenant for this application|Confidential Client is not supported in Cross Cloud request.
900432|invalid_request|start|The application cannot cross clouds|Confidential Client is not supported in Cross Cloud request to '{cloud}'.
90051|invalid_request|start|The national cloud is not known|Invalid Delegation Token: the National Cloud identifier '{cloud}' is not valid.
50020|interaction_required|signin|The account is of another tenant|User account '{user}' from identity provider 'live.com' does not exist in tenant '{tenant}' and cannot access the application '{app}' in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Microsoft Entra user account.
50034|invalid_grant|signin|The account does not exist in the tenant|The user account '{user}' does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.
51004|invalid_grant|signin|The account is not in the directory|The user account '{user}' does not exist in the {tenant} directory.
16000|interaction_required|signin|Another session's account|User account '{user}' does not exist in tenant '{tenant}' and cannot access the application '{app}' in that tenant. Select another account.
50014|invalid_request|signin|The guest account is not ready|Guest user '{user}' is pending: the invitation was not accepted, or the account's tenant is not ready.
90072|interaction_required|signin|The account is not a guest here|User account '{user}' does not exist in tenant '{tenant}' and cannot access the application '{app}' in that tenant. The account needs to be added as an external user first.
500208|access_denied|signin|A personal account|The domain is not a valid login domain for the account type: '{user}' is a personal account.
50194|invalid_request|start|The application is for one tenant|Application '{app}' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps. Use a tenant-specific endpoint.
50105|access_denied|signin|The account is not assigned|The signed in user '{user}' is not assigned to a role for the application '{app}', whose administrator has configured it to block users unless they are granted access.
53003|access_denied|signin|Conditional Access blocks this|Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.
530032|access_denied|signin|A security policy blocks this|Blocked by conditional access: the tenant's security policy does not allow this sign-in.
50131|access_denied|signin|A policy blocks this place or device|Access from this device or location is blocked by a Conditional Access policy.
53000|interaction_required|signin|The device is not compliant|Your device is required to be compliant to access this resource.
53001|interaction_required|signin|The device is not joined to the domain|Your device is required to be domain joined to access this resource.
50097|interaction_required|signin|The device must identify itself|Device authentication is required.
50129|interaction_required|signin|The device is not registered|Device is not workplace joined. Workplace join is required to register the device.
530035|access_denied|signin|Security defaults block this|Access has been blocked by security defaults. The request uses legacy authentication or is deemed unsafe by the security defaults policies.
50072|interaction_required|signin|A second factor must be set up|Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '{resource}'.
50074|interaction_required|signin|A second factor is needed|Strong Authentication is required.
50076|interaction_required|token|A second factor is needed for this resource|Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{resource}'.
50079|interaction_required|token|A second factor must be set up for this resource|Due to a configuration change made by your administrator, you must enroll in multi-factor authentication to access '{resource}'.
50053|invalid_grant|signin|The account is locked|The account is locked, you've tried to sign in too many times with an incorrect user ID or password, or the sign-in came from an IP address with malicious activity.
50055|invalid_grant|signin|The password has expired|The password is expired.
50144|invalid_grant|signin|The on-premises password has expired|User's Active Directory password has expired.
50057|invalid_grant|signin|The account is disabled|The user account is disabled.
50126|invalid_grant|signin|The password is wrong|Error validating credentials due to invalid username or password.
500011|invalid_resource|start|The resource is missing in the tenant|The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.
650052|invalid_client|signin|The tenant has no such service|The app is trying to access a service '{resource}' that your organization '{tenant}' lacks a service principal for. Contact your IT Admin to review the configuration of your service subscriptions.
65005|invalid_resource|signin|The application does not list the resource|The app requested access to '{resource}', which is not in its list of required resources.
650054|invalid_resource|signin|The resource was removed|The application '{app}' asked for permissions to access a resource that has been removed or is no longer available.
650057|invalid_resource|token|The resource is not among those asked for|Invalid resource. The client has requested access to '{resource}', which is not listed in the requested permissions of '{app}'.
650056|invalid_client|signin|The application is misconfigured|Misconfigured application. The client has not listed any permissions for '{resource}', or the admin has not consented in the tenant.
70011|invalid_scope|start|The scope is not valid|The provided value for the input parameter 'scope' is not valid.
28002|invalid_scope|token|The scope of the token request is not valid|Provided value for the input parameter scope is not valid when requesting an access token.
700022|invalid_scope|token|Two resources in one token request|Provided value for the input parameter scope isn't valid because it contains more than one resource.
9001023|invalid_request|device|The device flow needs a tenant|The grant type is not supported over the /common or /consumers endpoints. Use the /organizations or tenant-specific endpoint.
90124|invalid_request|start|The resource needs a tenant|Resource '{resource}' is not supported over the /common or /consumers endpoints. Use the /organizations or tenant-specific endpoint.
90130|invalid_request|start|The application needs a tenant|Application '{app}' is not supported over the /common or /consumers endpoints. Use the /organizations or tenant-specific endpoint.
7000218|invalid_client|token|A secret is asked for|The request body must contain the following parameter: 'client_assertion' or 'client_secret'.
700025|invalid_client|token|A secret was sent for a public client|Client is public so neither 'client_assertion' nor 'client_secret' should be presented.
501481|invalid_grant|token|The verifier does not match|The Code_Verifier does not match the code_challenge supplied in the authorization request.
50147|invalid_request|start|The code challenge is malformed|Invalid size of Code_Challenge parameter.
70016|authorization_pending|device|The device code waits|OAuth 2.0 device flow error. Authorization is pending. Continue polling.
70018|bad_verification_code|device|The device code is not known|Invalid verification code due to User typing in wrong user code for device code flow.
70019|expired_token|device|The device code has expired|Verification code expired. Have the user retry the sign-in.
54005|invalid_grant|token|The code was used before|OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.
70008|invalid_grant|token|The code has expired|The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.
500021|access_denied|signin|A tenant restriction blocks this tenant|Access to '{tenant}' tenant is denied.
500022|access_denied|signin|A tenant restriction blocks this account|Access to '{tenant}' tenant is denied for '{user}'.
90099|access_denied|signin|A partner's customer has not consented|The application '{app}' has not been authorized in the tenant '{tenant}'. Applications must be authorized to access the customer tenant before partner delegated administrators can use them.
900144|invalid_request|earned|A parameter is missing|The request body must contain a parameter that is missing: 'client_id', 'scope' or 'grant_type'.
70005|unsupported_response_type|earned|The response type is not supported|response_type is not supported: the lab knows 'code'.
50058|login_required|earned|Nobody has signed in|A silent sign-in request was sent but no user is signed in.
70003|unsupported_grant_type|earned|The grant type is not supported|The app requested an unsupported grant type.
70000|invalid_grant|earned|The code is not one|Provided grant is invalid or malformed.
700023|invalid_client|earned|The code is another application's|The authorization code was issued to another application than '{app}'.
7000215|invalid_client|earned|The secret is wrong|Invalid client secret provided.
70020|authorization_declined|earned|The sign-in was declined|The user declined the sign-in of the device.
`
