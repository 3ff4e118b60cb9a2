package microsoft365

import (
	"errors"
	"strings"

	"fairlead/oauth"
	"fairlead/providers"
)

// plain makes text from outside fit for one line that is not endless.
func plain(text string) string { return providers.OneLine(text, 600) }

// evidence is what Entra itself said, for support. The package oauth has taken
// out of it what must not be seen.
func evidence(err error) string {
	e, ok := errors.AsType[*oauth.Error](err)
	if !ok {
		return ""
	}
	return strings.TrimSpace(e.Description + "\n" + diagnose(err).Help())
}
