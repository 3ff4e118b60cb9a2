package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/lab"
)

// checkJSON is what a script may rely on.
type checkJSON struct {
	Verdict check.Verdict `json:"verdict"`
	Cause   string        `json:"cause"`
	Checks  []struct {
		ID       string        `json:"id"`
		Title    string        `json:"title"`
		Verdict  check.Verdict `json:"verdict"`
		Cause    *string       `json:"cause"`
		Remedy   *string       `json:"remedy"`
		Evidence *string       `json:"evidence"`
		MS       *float64      `json:"ms"`
	} `json:"checks"`
}

func TestCheckJSON(t *testing.T) {
	tests := []struct {
		fault   string
		status  int
		verdict []check.Verdict
	}{
		{"", statusGood, []check.Verdict{check.Pass, check.Warn}},
		{"server-outdated", statusGood, []check.Verdict{check.Warn}},
		{"basic-not-offered", statusNotSo, []check.Verdict{check.Fail}},
		{"impersonation-denied", statusNotSo, []check.Verdict{check.Fail}},
		{"certificate-expired", statusNotSo, []check.Verdict{check.Fail}},
		{"certificate-name-mismatch", statusNotSo, []check.Verdict{check.Fail}},
		{"sign-in-refused", statusNotSo, []check.Verdict{check.Fail}},
		{"forms-login", statusNotSo, []check.Verdict{check.Fail}},
		{"mailbox-not-found", statusNotSo, []check.Verdict{check.Fail}},
	}
	for _, test := range tests {
		t.Run(test.fault, func(t *testing.T) {
			args := []string{
				"check", "exchange", "--lab", "--json", "--url", "https://mail.contoso.example/EWS/Exchange.asmx",
				"--account", lab.Address, "--mailbox", lab.Mailbox,
			}
			if test.fault != "" {
				args = append(args, "--fault", test.fault)
			}
			var out, errOut bytes.Buffer
			p := &program{in: strings.NewReader(lab.Password), out: &out, errOut: &errOut, getenv: func(string) string { return "" }}
			if status := p.run(args); status != test.status {
				t.Errorf("exit status %d, not %d", status, test.status)
			}
			if errOut.Len() > 0 {
				t.Errorf("standard error: %s", &errOut)
			}
			got := oneObject(t, out.Bytes())
			if !slices.Contains(test.verdict, got.Verdict) {
				t.Errorf("the verdict is %s", got.Verdict)
			}
			if test.status == statusNotSo && got.Cause != test.fault {
				t.Errorf("the cause is %q", got.Cause)
			}
			if test.status == statusGood && got.Cause != "" {
				t.Errorf("nothing failed, and the cause is %q", got.Cause)
			}
			for _, c := range got.Checks {
				if c.ID == "" || c.Title == "" || c.Verdict == "" || c.Cause == nil || c.Remedy == nil || c.Evidence == nil || c.MS == nil {
					t.Errorf("a field is missing in %+v", c)
				}
				if c.Verdict == check.Fail && (*c.Cause == "" || *c.Remedy == "") {
					t.Errorf("%s failed without a cause or a remedy", c.ID)
				}
			}
			if strings.Contains(out.String(), lab.Password) {
				t.Error("the password was printed")
			}
		})
	}
}

func oneObject(t *testing.T, data []byte) checkJSON {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	var got checkJSON
	if err := decoder.Decode(&got); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	if err := decoder.Decode(new(any)); !errors.Is(err, io.EOF) {
		t.Errorf("more than one object: %s", data)
	}
	if len(got.Checks) == 0 {
		t.Error("no checks")
	}
	return got
}
