package wizard

import (
	"strings"
	"testing"

	"fairlead/wizard/page"
)

// TestWritten names the registry that the record goes to.
func TestWritten(t *testing.T) {
	for team, where := range map[bool]string{false: "to this computer's registry", true: "to the team's registry"} {
		if got := (&NewConnector{Team: team}).written(&page.Answers{}); !strings.Contains(got, where) {
			t.Errorf("in a team %v: %s", team, got)
		}
	}
}
