package exchange

import (
	"errors"
	"strings"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
)

// cause is one thing that can be wrong. The files causes_*.go declare them.
type cause = check.Cause[*test]

const (
	fails = check.Fail
	warns = check.Warn
)

// said says that a cause applies when EWS answers with one of these codes.
func said(codes ...string) func(*test, error) bool {
	return func(_ *test, err error) bool {
		answer, ok := errors.AsType[*ews.Error](err)
		return ok && answer.Is(codes...)
	}
}

// got says that a cause applies to an HTTP answer that is not one of EWS.
func got(is func(*unexpected) bool) func(*test, error) bool {
	return func(_ *test, err error) bool {
		u, ok := asUnexpected(err)
		return ok && is(u)
	}
}

func asUnexpected(err error) (*unexpected, bool) { return errors.AsType[*unexpected](err) }

// shell is a block of commands for the Exchange Management Shell, ready to be
// copied.
func shell(lines ...string) string {
	return "```powershell\n" + strings.Join(lines, "\n") + "\n```"
}

// Where the server's own records tell more.
const (
	lookHTTPLog = `On {{.Server}}, C:\inetpub\logs\LogFiles\W3SVC1: the lines with /EWS/ at the time of the test. ` +
		`The three numbers near the end are the status, the substatus and the Windows error.`
	lookEWSLog = `On {{.Server}}, %ExchangeInstallPath%Logging\Ews and Logging\HttpProxy\Ews: ` +
		`the lines with the client-request-id or request-id from the evidence.`
)
