package answers

import (
	"strings"
	"testing"
)

func TestRest(t *testing.T) {
	file, err := Parse("change.yaml", []byte("name: New\n"))
	if err != nil {
		t.Fatal(err)
	}
	old, err := Parse("old", []byte("\n\nname: Old\nexchange:\n  url: nowhere\n"))
	if err != nil {
		t.Fatal(err)
	}
	file.Rest(old)
	if got := file.find("name").value.Value; got != "New" {
		t.Errorf("the name is %q", got)
	}
	e := file.find("exchange.url")
	if e == nil || e.value.Value != "nowhere" {
		t.Fatalf("the rest is not there: %+v", e)
	}
	if err := file.fail([]Problem{at(e.value, e.key, "will not do")}); !strings.Contains(err.Error(), "change.yaml:1:1: exchange.url will not do") {
		t.Errorf("it says %v", err)
	}
}
