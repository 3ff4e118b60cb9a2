package report

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"fairlead/check"
)

// TestNothingIsFetched: whatever a server said, the page has no script, no
// picture and no address that a browser follows, and says so itself.
func TestNothingIsFetched(t *testing.T) {
	page, err := sample(t).HTML()
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for _, bad := range []string{"<script", "<img", "<a ", "<iframe", "<link", "url(", "@import", " src=\"", "onerror"} {
		if strings.Contains(text, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, link := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		if !strings.HasPrefix(link[1], "#") {
			t.Errorf("the page leads to %s", link[1])
		}
	}
	if !strings.Contains(text, `content="default-src 'none'; style-src 'unsafe-inline'"`) || !strings.Contains(text, "&lt;script&gt;") {
		t.Error("the policy or the evidence is missing")
	}
}

func TestTicks(t *testing.T) {
	for whole, want := range map[time.Duration]string{
		0: "", 500 * time.Microsecond: "", time.Millisecond: "0 1 ms", 6 * time.Millisecond: "0 2 ms 4 ms 6 ms",
		412 * time.Millisecond: "0 100 ms 200 ms 300 ms 400 ms", 90 * time.Second: "0 20.0 s 40.0 s 60.0 s 80.0 s",
		24 * time.Hour: "0 20000.0 s 40000.0 s 60000.0 s 80000.0 s",
	} {
		var words []string
		for _, tick := range ticks(whole) {
			words = append(words, tick.Text)
			if tick.Left < 0 || tick.Left > 100 {
				t.Errorf("%v: a tick at %v", whole, tick.Left)
			}
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%v: %s, want %s", whole, got, want)
		}
	}
}

// TestBars: a bar stays in its track, also in a report of an earlier version or
// with a clock that jumped.
func TestBars(t *testing.T) {
	for name, test := range map[string]struct {
		result check.Result
		whole  time.Duration
		want   *bar
	}{
		"half":        {check.Result{Verdict: check.Pass, At: 50, Took: 50}, 100, &bar{50, 50}},
		"too long":    {check.Result{Verdict: check.Fail, At: 50, Took: 500}, 100, &bar{50, 50}},
		"too late":    {check.Result{Verdict: check.Warn, At: 500, Took: 5}, 100, &bar{100, 0}},
		"backwards":   {check.Result{Verdict: check.Pass, At: -5, Took: -5}, 100, &bar{0, 0}},
		"not asked":   {check.Result{Verdict: check.Skip}, 100, nil},
		"no duration": {check.Result{Verdict: check.Pass}, 0, nil},
	} {
		got := barOf(test.result, test.whole)
		if (got == nil) != (test.want == nil) || (got != nil && *got != *test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// FuzzHTML makes a page of whatever a server may say.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{"</pre><script>", "`<b>`", "```\n</style>\n```", "\x00\x1b[2J\u202e", "{{.}}", "--><x y='"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, said string) {
		d := Document{Name: said, Report: check.Report{Took: time.Second, Checks: []check.Result{{
			Title: said, Verdict: check.Fail, Summary: said, Evidence: said,
			Diagnoses: []check.Diagnosis{{Code: said, Title: said, Verdict: check.Fail, Likely: []string{said}, Remedy: said, Look: said}},
		}}}}
		page, err := d.HTML()
		if err != nil {
			t.Fatal(err)
		}
		tags := regexp.MustCompile(`<[a-zA-Z!/][a-zA-Z0-9]*`)
		known := regexp.MustCompile(`^<(!DOCTYPE|/?(html|head|meta|title|style|body|svg|symbol|circle|path|main|header|div|span|h[1-4]|dl|dt|dd|i|b|section|use|small|p|pre|code|strong|em|ul|ol|li|footer))$`)
		for _, tag := range tags.FindAllString(string(page), -1) {
			if !known.MatchString(tag) {
				t.Errorf("%q brings %s into the page", said, tag)
			}
		}
	})
}
