package connectors_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
	"fairlead/keyring"
)

// TestMain runs this binary as one of the programs that the tests start and
// kill: FAIRLEAD_TEST_CHILD says which, and is set by them alone.
func TestMain(m *testing.M) {
	var err error
	switch child := os.Getenv("FAIRLEAD_TEST_CHILD"); child {
	case "":
		os.Exit(m.Run())
	case "steps":
		err = runSteps(os.Args[1], os.Args[2])
	case "writer":
		err = runWriter(os.Args[1], os.Args[2])
	case "wait":
		_, err = io.Copy(io.Discard, os.Stdin)
	default:
		err = fmt.Errorf("no child is called %q", child)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(failed)
	}
}

// failed is the exit status of a child that fails by itself; no system gives it
// to one that is killed.
const failed = 70

func child(t *testing.T, kind string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), self, args...) // clean-ups wait for it
	cmd.Env = append(os.Environ(), "FAIRLEAD_TEST_CHILD="+kind)
	cmd.Stderr = os.Stderr
	return cmd
}

func (w *world) steppedBy(c *registrytest.Countdown) {
	w.ring.step = c.Step
	w.Registry, w.Keyring = c.Registry(w.Registry), c.Keyring(w.ring)
}

// add registers, and says before and after what it does.
func (w *world) add(name string) error {
	fmt.Println("?", name)
	_, err := w.Register(context.Background(), exchange(name), password(name))
	if err == nil {
		fmt.Println("+", name)
	}
	return err
}

func (w *world) drop(name string) error {
	fmt.Println("?", name)
	c, err := w.Find(context.Background(), name)
	if err == nil {
		err = w.Delete(context.Background(), c.ID)
	}
	if err == nil {
		fmt.Println("-", name)
	}
	return err
}

// change gives a connector a new secret, which is the same text, so that it is
// what agrees wants.
func (w *world) change(name string) error {
	c, err := w.Find(context.Background(), name)
	if err == nil {
		_, err = w.Rotate(context.Background(), c, password(name), works())
	}
	return err
}

// acknowledged is what a program said was there or gone. What it was at when it
// ended may have come out either way, and is not in it.
type acknowledged map[string]bool

func (a acknowledged) hear(line string) {
	sign, name, _ := strings.Cut(strings.TrimSpace(line), " ")
	if sign == "?" {
		delete(a, name)
		return
	}
	a[name] = sign == "+"
}

func (a acknowledged) holds(t *testing.T, w *world) {
	t.Helper()
	is := names(t, w)
	for name, there := range a {
		if there != is[name] {
			t.Errorf("%s was acknowledged as there=%v, and is there=%v", name, there, is[name])
		}
	}
}

// runSteps is a program that registers and deletes, says what was acknowledged,
// and is killed at one step.
func runSteps(dir, step string) error {
	ctx := context.Background()
	w, err := open(ctx, dir)
	if err != nil {
		return err
	}
	at, err := strconv.Atoi(step)
	if err != nil {
		return err
	}
	w.steppedBy(&registrytest.Countdown{Left: at, Die: registrytest.KillSelf})
	add, drop := w.add, w.drop
	if err := errors.Join(add("a"), add("b"), drop("a")); err != nil {
		return err
	}
	for _, kind := range []error{keyring.ErrDenied, keyring.ErrTimeout} { // undone by the program itself
		w.ring.fault = func(op string) error {
			if op == "set" {
				return kind
			}
			return nil
		}
		if err := add("refused"); !errors.Is(err, kind) {
			return fmt.Errorf("a keyring that fails: %w", err)
		}
	}
	w.ring.fault = nil
	if err := errors.Join(add("a"), w.change("b")); err != nil {
		return err
	}
	return w.Registry.Close()
}

// TestKilledAtEveryStep kills a program at every step of registering, deleting,
// rotating and undoing, and then every recovery at every step of its own.
func TestKilledAtEveryStep(t *testing.T) {
	step := 1
	for ; ; step++ {
		dir := t.TempDir()
		out, err := child(t, "steps", dir, strconv.Itoa(step)).Output()
		if err == nil {
			break // it came to its end before the step
		}
		if e, ok := errors.AsType[*exec.ExitError](err); !ok || e.ExitCode() == failed {
			t.Fatalf("step %d: the program failed by itself: %v", step, err)
		}
		heard := acknowledged{}
		for line := range strings.Lines(string(out)) {
			heard.hear(line)
		}
		t.Run(fmt.Sprintf("step %d", step), func(t *testing.T) {
			t.Parallel()
			recoversFrom(t, dir, heard)
		})
	}
	if step < 45 {
		t.Errorf("the program came to its end in %d steps: some are not looked at", step)
	}
}

// recoversFrom recovers what a killed program left, with more kills on the way.
func recoversFrom(t *testing.T, dir string, heard acknowledged) {
	for step := 1; ; step++ {
		again := t.TempDir()
		if err := os.CopyFS(again, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		killed := killedRecovery(t, again, step)
		w := reopen(t, again)
		if _, err := w.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
		agrees(t, w)
		heard.holds(t, w)
		is := names(t, w)
		recovered(t, w) // says and does nothing the second time
		if !maps.Equal(is, names(t, w)) {
			t.Error("a second recovery changed something")
		}
		if !killed {
			return
		}
	}
}

type death struct{}

// killedRecovery runs a recovery that ends in the middle of a step. It reports
// false when the recovery came to its end before.
func killedRecovery(t *testing.T, dir string, step int) (killed bool) {
	t.Helper()
	w, err := open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	registry := w.Registry
	defer func() {
		switch r := recover(); r {
		case nil:
		case death{}:
			killed = true
		default:
			panic(r)
		}
		if err := registry.Close(); err != nil {
			t.Error(err)
		}
	}()
	w.steppedBy(&registrytest.Countdown{Left: step, Die: func() { panic(death{}) }})
	if _, err := w.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	return false
}

// runWriter is a program that registers and deletes under names of its own,
// after it has tried for an organisation that others want too.
func runWriter(dir, prefix string) error {
	ctx := context.Background()
	w, err := open(ctx, dir)
	if err != nil {
		return err
	}
	contested := exchange("contested")
	contested.Name = prefix
	_, err = w.Register(ctx, contested, password(prefix))
	if _, broken := errors.AsType[*connectors.RuleError](err); err != nil && !broken {
		return err
	}
	for n := range 12 {
		name := fmt.Sprintf("%s%d", prefix, n)
		if err := w.add(name); err != nil {
			return err
		}
		if n%3 == 0 {
			if err := w.drop(name); err != nil {
				return err
			}
		}
	}
	return w.Registry.Close()
}

// TestThreeProgramsAtOnce lets three programs write one registry, which does
// not exist yet, while a fourth starts again and again and one of the three is
// killed on the way.
func TestThreeProgramsAtOnce(t *testing.T) {
	dir := t.TempDir()
	heard := []acknowledged{{}, {}, {}}
	var group sync.WaitGroup
	for n := range heard {
		cmd := child(t, "writer", dir, string(rune('p'+n)))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		group.Go(func() {
			lines := bufio.NewScanner(out)
			for lines.Scan() {
				heard[n].hear(lines.Text())
				if n == 0 && len(heard[n]) == 5 {
					_ = cmd.Process.Kill()
				}
			}
			if err := cmd.Wait(); err != nil && n != 0 {
				t.Errorf("program %d: %v", n, err)
			}
		})
	}
	done := make(chan struct{})
	go func() { group.Wait(); close(done) }()
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		w, err := open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Recover(t.Context()); err != nil {
			t.Error(err)
		}
		if err := w.Registry.Close(); err != nil {
			t.Error(err)
		}
	}

	w := reopen(t, dir)
	if _, err := w.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	agrees(t, w)
	for _, each := range heard {
		each.holds(t, w)
	}
	is, contested := names(t, w), 0
	for _, name := range []string{"p", "q", "r"} {
		if is[name] {
			contested++
		}
	}
	if contested != 1 {
		t.Errorf("%d connectors have the contested organisation, want 1", contested)
	}
}
