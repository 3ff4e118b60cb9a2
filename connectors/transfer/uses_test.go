package transfer

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"fairlead/connectors"
)

func TestReadUses(t *testing.T) {
	want := []connectors.Use{
		{Connector: "Head office", Attachment: connectors.Attachment{Service: "continuity", Task: "Nightly"}},
		{Connector: "Branch", Attachment: connectors.Attachment{Service: "remediation", Task: "Mail, deleted"}},
	}
	for name, text := range map[string]string{
		"CSV":      "service,task,connector\ncontinuity,Nightly,Head office\nremediation,\"Mail, deleted\",Branch\n",
		"of Excel": "\uFEFFConnector;Task;Service\r\nHead office; Nightly ;Continuity\r\n;;\r\nBranch;Mail, deleted;remediation\r\n",
		"JSON": `[{"service":"continuity","task":"Nightly","connector":"Head office"},
			{"service":"remediation","task":"Mail, deleted","connector":"Branch"}]`,
	} {
		got, err := ReadUses(strings.NewReader(text))
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for name, test := range map[string]struct{ text, problem string }{
		"a column is missing":  {"service,task\na,b\n", "line 1: connector: the column is missing"},
		"a cell is empty":      {"service,task,connector\na,,c\n", "line 2: task: it is empty"},
		"a row is short":       {"service,task,connector\na,b\n", "line 2: connector: it is empty"},
		"no CSV":               {"service,task,connector\n\"a,b,c\n", "this is not CSV"},
		"another field":        {"[\n{\"service\":\"a\",\"job\":\"b\"}]", "line 2: this is not an object"},
		"an empty field":       {"[{\"service\":\"a\",\"task\":\"b\"}]", "line 1: connector: it is empty"},
		"a list without end":   {"[{\"service\":\"a\",\"task\":\"b\",\"connector\":\"c\"}", "has no end"},
		"no text":              {"service\xff", "not UTF-8"},
		"a file that is large": {strings.Repeat("x", MaxUses+1), "larger than 16 MiB"},
	} {
		_, err := ReadUses(strings.NewReader(test.text))
		if err == nil || !strings.Contains(err.Error(), test.problem) {
			t.Errorf("%s: %v, want %q", name, err, test.problem)
		}
	}
}

func FuzzReadUses(f *testing.F) {
	f.Add([]byte("service,task,connector\na,b,c\n"))
	f.Add([]byte(`[{"service":"a","task":"b","connector":"c"}]`))
	f.Add([]byte("\uFEFF["))
	f.Fuzz(func(t *testing.T, data []byte) {
		uses, err := ReadUses(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, use := range uses {
			if use.Connector == "" || use.Service == "" || use.Task == "" {
				t.Errorf("%+v lacks something", use)
			}
		}
	})
}
