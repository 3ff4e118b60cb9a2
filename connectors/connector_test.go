package connectors

import (
	"testing"

	"fairlead/check"
)

func TestState(t *testing.T) {
	result := func(v check.Verdict, diagnoses ...check.Diagnosis) check.Result {
		return check.Result{ID: "sign-in", Title: "Sign-in accepted", Verdict: v, Diagnoses: diagnoses}
	}
	refused := check.Diagnosis{Code: "refused", Title: "The password is refused", Verdict: check.Fail}
	tests := []struct {
		name   string
		report *check.Report
		want   State
		words  string
	}{
		{"no test", nil, NeverTested, "Never tested"},
		{"an empty test", &check.Report{}, NeverTested, "Test not finished"},
		{"passed", &check.Report{Checks: []check.Result{result(check.Pass)}}, Works, "Works"},
		{
			"stopped", &check.Report{Checks: []check.Result{result(check.Pass), {Verdict: check.Skip, Summary: "stopped"}}},
			NeverTested, "Test not finished",
		},
		{
			"failed", &check.Report{Checks: []check.Result{result(check.Pass), result(check.Fail, refused)}},
			Fails, "The password is refused",
		},
		{"failed without a word", &check.Report{Checks: []check.Result{result(check.Fail)}}, Fails, "Sign-in accepted"},
		{"warned", &check.Report{Checks: []check.Result{result(check.Warn)}}, Warns, "Sign-in accepted"},
		{
			"failed after a warning", &check.Report{Checks: []check.Result{result(check.Warn), result(check.Fail, refused)}},
			Fails, "The password is refused",
		},
	}
	for _, tt := range tests {
		got, words := Connector{LastTest: tt.report}.State()
		if got != tt.want || words != tt.words {
			t.Errorf("%s: %s, %q; want %s, %q", tt.name, got, words, tt.want, tt.words)
		}
	}
}
