package main

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

// BenchmarkVersion compares the start of the program with that of an empty one,
// turn by turn. make bench builds both.
func BenchmarkVersion(b *testing.B) {
	const ours, empty = "../../bin/fairleadctl", "../../tmp/empty/empty"
	for _, program := range []string{ours, empty} {
		if _, err := os.Stat(program); err != nil {
			b.Skip("make bench builds the programs that are compared")
		}
	}
	var spent [2]time.Duration
	for b.Loop() {
		for i, c := range []*exec.Cmd{exec.Command(ours, "version"), exec.Command(empty)} {
			start := time.Now()
			if err := c.Run(); err != nil {
				b.Fatal(err)
			}
			spent[i] += time.Since(start)
		}
	}
	b.ReportMetric(float64(spent[0])/float64(spent[1]), "×empty")
	b.ReportMetric(float64(spent[0].Microseconds())/float64(b.N)/1000, "ms/version")
}
