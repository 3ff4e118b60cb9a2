package app

import (
	"context"
	"slices"
	"testing"
)

// TestLatest asks for four things while the first one is under way: it is
// cancelled and dropped, and of the others only the last is done.
func TestLatest(t *testing.T) {
	h := open(t, setup{})
	l := &latest[int]{app: h.app}
	var done, shown []int
	ask := func(n int) {
		l.do(func(ctx context.Context) (int, error) {
			done = append(done, n)
			return n, ctx.Err()
		}, func(n int, err error) {
			if err != nil {
				t.Errorf("%d was cancelled", n)
			}
			shown = append(shown, n)
		})
	}
	h.held = true
	for n := range 4 {
		ask(n)
	}
	h.release()
	if !slices.Equal(done, []int{0, 3}) || !slices.Equal(shown, []int{3}) {
		t.Errorf("done %v, shown %v; want 0 and 3, and 3", done, shown)
	}
	ask(4)
	if !slices.Equal(shown, []int{3, 4}) {
		t.Errorf("shown %v after one more", shown)
	}
}
