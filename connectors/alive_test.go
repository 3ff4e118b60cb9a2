package connectors

import (
	"math"
	"os"
	"testing"
)

func TestAlive(t *testing.T) {
	tests := map[int]bool{
		os.Getpid(): true, os.Getppid(): true, // the parent may be another user's
		0: false, -1: false, math.MinInt32: false, math.MaxInt32: false,
	}
	for pid, want := range tests {
		if got := alive(pid); got != want {
			t.Errorf("process %d is alive: %v, want %v", pid, got, want)
		}
	}
}
