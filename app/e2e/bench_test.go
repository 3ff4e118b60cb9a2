//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// figures are what one run of a window costs.
type figures struct {
	paint time.Duration // from the start of the process to the first painted frame
	rss   float64       // resident memory at rest, in MiB
	idle  float64       // processor time at rest, in percent of one core
}

// rest is how long a window is watched at rest.
const rest = 4 * time.Second

// BenchmarkWindow compares the window with a bare one of the same toolkit, turn
// by turn on the same display, by the medians. The aims are 1.10 times the time
// to the first frame, 15 MiB more memory, and the same idle time.
func BenchmarkWindow(b *testing.B) {
	display := benchDisplay(b)
	ours, bare := os.Getenv("FAIRLEAD_BIN"), buildBare(b)
	if ours == "" {
		b.Fatal("FAIRLEAD_BIN names no program; make bench sets it")
	}
	var all [2][]figures
	runs := 0
	for b.Loop() {
		for range 5 {
			runs++
			all[0] = append(all[0], run(b, display, ours))
			all[1] = append(all[1], run(b, display, bare))
		}
	}
	median := func(which int, of func(figures) float64) float64 {
		var values []float64
		for _, f := range all[which] {
			values = append(values, of(f))
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	paint := func(f figures) float64 { return f.paint.Seconds() }
	rss := func(f figures) float64 { return f.rss }
	idle := func(f figures) float64 { return f.idle }
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(0, paint)/median(1, paint), "×bare-first-frame")
	b.ReportMetric(1000*median(0, paint), "ms-first-frame")
	b.ReportMetric(median(0, rss)-median(1, rss), "MiB-more")
	b.ReportMetric(median(0, rss), "MiB")
	b.ReportMetric(median(0, idle), "%idle")
	b.ReportMetric(median(1, idle), "%idle-bare")
	b.ReportMetric(float64(runs), "runs")
}

// benchDisplay starts a display and returns its name.
func benchDisplay(b *testing.B) string {
	r, w, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1000x700x24", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		b.Fatalf("start Xvfb: %v; make deps installs it", err)
	}
	w.Close()
	b.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	number := make([]byte, 16)
	n, err := r.Read(number)
	if err != nil {
		b.Fatal(err)
	}
	return ":" + strings.TrimSpace(string(number[:n]))
}

// buildBare builds the bare window with the tags that ours is built with.
func buildBare(b *testing.B) string {
	source, err := os.ReadFile("testdata/bare.go.txt")
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	file, program := filepath.Join(dir, "main.go"), filepath.Join(dir, "bare")
	if err := os.WriteFile(file, source, 0o600); err != nil {
		b.Fatal(err)
	}
	build := exec.Command("go", "build", "-trimpath", "-tags", "x11,no_emoji,migrated_fynedo", "-ldflags", "-s -w", "-o", program, file)
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("build the bare window: %v\n%s", err, out)
	}
	return program
}

func run(b *testing.B, display, program string) figures {
	b.Helper()
	home := b.TempDir()
	trace := filepath.Join(home, "trace")
	p := exec.Command(program)
	p.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "DISPLAY=" + display, "LANG=C.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1",
		"XDG_RUNTIME_DIR=" + home, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "FAIRLEAD_TRACE=" + trace,
	}
	var said bytes.Buffer
	p.Stderr = &said
	start := time.Now()
	if err := p.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = p.Process.Signal(syscall.SIGKILL)
		_ = p.Wait()
	}()
	for {
		if data, _ := os.ReadFile(trace); bytes.Contains(data, []byte("\n")) { // written after the paint
			break
		}
		if time.Since(start) > patience {
			b.Fatalf("%s painted nothing\n%s", program, said.String())
		}
		time.Sleep(time.Millisecond)
	}
	f := figures{paint: time.Since(start)}
	time.Sleep(time.Second) // let it come to rest
	before := ticks(b, p.Process.Pid)
	time.Sleep(rest)
	f.idle = float64(ticks(b, p.Process.Pid)-before) / rest.Seconds() // 100 ticks a second, in percent
	f.rss = resident(b, p.Process.Pid)
	return f
}

// ticks is the processor time that a process has used, in hundredths of a
// second (proc(5), stat, fields 14 and 15).
func ticks(b *testing.B, pid int) int {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return user + system
}

func resident(b *testing.B, pid int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); fields[0] == "VmRSS:" {
			kib, _ := strconv.ParseFloat(fields[1], 64)
			return kib / 1024
		}
	}
	return 0
}
