package transfer

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// The page in docs names every field of the schema and every column.
func TestDocsNameEverything(t *testing.T) {
	page := string(must[[]byte](t)(os.ReadFile("../../docs/export.md")))
	var schema struct {
		Properties map[string]any
		Defs       map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	ok(t, json.Unmarshal(Schema, &schema))
	names := slices.Concat(columns, informed, []string{setting + "NAME"})
	for _, properties := range []map[string]any{
		schema.Properties, schema.Defs["connector"].Properties, schema.Defs["secret"].Properties, schema.Defs["attachment"].Properties,
	} {
		if len(properties) == 0 {
			t.Fatal("a part of the schema is gone")
		}
		for name := range properties {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if !strings.Contains(page, "`"+name+"`") {
			t.Errorf("docs/export.md does not name %q", name)
		}
	}
}
