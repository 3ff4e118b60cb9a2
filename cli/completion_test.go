package cli

import (
	"os/exec"
	"strings"
	"testing"
)

// TestCompletionInBash loads the completions in bash itself, where fairleadctl is a
// stand-in that knows one connector, and wants its name completed as one word.
func TestCompletionInBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash on this computer")
	}
	var script strings.Builder
	p := &program{in: strings.NewReader(""), out: &script, errOut: &script, getenv: func(string) string { return "" }}
	if status := p.run([]string{"completion", "bash"}); status != statusGood {
		t.Fatalf("completion bash ends with %d: %s", status, script.String())
	}
	// What the package bash-completion would do is done by hand: the words of the line.
	const play = `
fairleadctl() { printf 'Head office\n:4\n'; }
_get_comp_words_by_ref() { words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur=${words[cword]}; prev=${words[cword-1]}; }
compopt() { :; }
COMP_WORDS=(fairleadctl test Hea); COMP_CWORD=2; COMP_LINE='fairleadctl test Hea'; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
__start_fairleadctl
printf '[%s]' "${COMPREPLY[@]}"
`
	out, err := exec.Command(bash, "--norc", "-c", script.String()+play).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got := string(out); got != `[Head\ office]` && got != `[Head\ office ]` {
		t.Errorf("bash completes it to %s", got)
	}
}
