package answers

import (
	"strings"
	"testing"
)

func TestAnswersOfSeveralWizards(t *testing.T) {
	f, err := Parse("a.yaml", []byte("one:\n  a: x\none.b: y\ntwo:\n  c: z\nthree: 3\n"))
	if err != nil {
		t.Fatal(err)
	}
	if part := f.Under("one"); part == nil || len(part.entries) != 2 || part.find("one.b") == nil || part.find("two.c") != nil {
		t.Errorf("under one: %+v", part)
	}
	if rest := f.Without("one.b"); rest.find("one.b") != nil || rest.find("one.a") == nil || f.find("one.b") == nil {
		t.Errorf("without one.b: %+v", rest)
	}
	if f.Under("four") != nil || f.Under("on") != nil {
		t.Error("there is something under a word that nothing begins with")
	}
	err = f.OnlyUnder([]string{"one", "two"})
	if err == nil || !strings.Contains(err.Error(), "a.yaml:6:1: three") {
		t.Errorf("%v", err)
	}
	if err := f.OnlyUnder([]string{"one", "two", "three"}); err == nil {
		t.Error("a key without a dot belongs to no wizard")
	}
}
