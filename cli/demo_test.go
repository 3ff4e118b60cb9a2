package cli

import (
	"bufio"
	"os"
	"os/exec"
	"testing"
)

// TestDemoCleansUpWhenNobodyReads: the output goes to a pipe whose other end is
// closed after one line, as with head.
func TestDemoCleansUpWhenNobodyReads(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	temporary := t.TempDir()
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = []string{"fairleadctl", "demo"}
	cmd.Env = append(os.Environ(), "TMPDIR="+temporary, "TMP="+temporary)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReaderSize(out, 16).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	left, err := os.ReadDir(temporary)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
