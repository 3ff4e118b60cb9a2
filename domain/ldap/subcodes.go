package ldap

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"

	"github.com/go-ldap/ldap/v3"
)

// subcodes.tsv holds the numbers with which Active Directory says why it refuses
// a sign-in, behind "data" in its words: Windows errors in hexadecimal (MS-ERREF,
// section 2.2), as Microsoft lists them for LDAP error 49.
//
//go:embed subcodes.tsv
var subcodesTable string

// subcodes are the lines of the table: number, title, likely causes with "|"
// between, remedy.
var subcodes = sync.OnceValue(func() (lines [][4]string) {
	for line := range strings.Lines(subcodesTable) {
		if fields := strings.Split(strings.TrimSpace(line), "\t"); len(fields) == 4 {
			lines = append(lines, [4]string(fields))
		}
	}
	return lines
})

var subcodeForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`AcceptSecurityContext error, data ([0-9a-fA-F]{1,8})\b`)
})

// subcode is the number in what Active Directory said, in lower case, or empty.
func subcode(said string) string {
	if found := subcodeForm().FindStringSubmatch(said); found != nil {
		return strings.ToLower(found[1])
	}
	return ""
}

// subcodeCauses are a cause for each line.
func subcodeCauses() (list []*cause) {
	for _, line := range subcodes() {
		list = append(list, &cause{
			Code: "ldap-bind-" + line[0], Title: line[1], Verdict: fails, Likely: strings.Split(line[2], "|"), Remedy: line[3],
			When: func(s *test, err error) bool {
				return err != nil && s.code == ldap.LDAPResultInvalidCredentials && s.sub == line[0]
			},
		})
	}
	return list
}
