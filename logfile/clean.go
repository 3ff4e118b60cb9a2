package logfile

import (
	"regexp"
	"sync"

	"fairlead/secret"
)

// patterns are forms in which secrets travel, and what is left of each.
var patterns = sync.OnceValue(func() []pattern {
	return []pattern{
		// A private key in PEM form (RFC 7468), also as a JSON string, to its end or that of the text.
		{regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`), secret.Redacted},
		// A token in the form of RFC 7519: three parts, the first a JSON object.
		{regexp.MustCompile(`eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.?[A-Za-z0-9_-]*`), secret.Redacted},
		// HTTP credentials (RFC 9110, section 11.4).
		{regexp.MustCompile(`(?i)\b(basic|bearer|negotiate|ntlm)\s+[A-Za-z0-9+/_.~=-]{8,}`), "$1 " + secret.Redacted},
		// The password in an address (RFC 3986, section 3.2.1).
		{regexp.MustCompile(`(://[^/\s:@]*):[^/\s]*@`), "$1:" + secret.Redacted + "@"},
		// Named values: in a form or a query, in JSON, in an address of a database.
		{regexp.MustCompile(`(?i)\b((?:client_)?secret|pass(?:word|wd)?|pwd|(?:access_|refresh_|id_)?token|assertion|code|code_verifier|device_code|private_key|client_assertion)("?\s*[=:]\s*)("(?:[^"\\]|\\.)*"?|[^\s&,;"]+)`), "$1$2" + secret.Redacted},
	}
})

type pattern struct {
	find *regexp.Regexp
	left string
}

// Clean takes what looks like a secret out of a text.
func Clean(text string) string {
	for _, p := range patterns() {
		text = p.find.ReplaceAllString(text, p.left)
	}
	return text
}
