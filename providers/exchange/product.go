package exchange

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed builds.tsv
var buildsTSV string

// release is a build of Exchange that Microsoft has published.
type release struct {
	product string // "Exchange 2019"
	cu      string // "CU15" or "RTM"
	update  string // "Feb26SU", or empty for the cumulative update itself
	build   version
}

func (r release) String() string { return strings.TrimSpace(r.product + " " + r.cu + " " + r.update) }

// version is a build number: 15.2.1748.43.
type version [4]int

func parseVersion(text string) (v version, ok bool) {
	parts := strings.Split(text, ".")
	if len(parts) != len(v) {
		return v, false
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return v, false
		}
		v[i] = int(n)
	}
	return v, true
}

// sameCU reports whether two builds belong to one cumulative update.
func (v version) sameCU(other version) bool { return [3]int(v[:3]) == [3]int(other[:3]) }

// releases are all published builds, oldest first within a product.
var releases = sync.OnceValue(func() (all []release) {
	for line := range strings.Lines(buildsTSV) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(fields) != 4 {
			continue // the line about the source
		}
		build, ok := parseVersion(fields[3])
		if !ok {
			continue // the heading
		}
		year := strings.TrimPrefix(fields[0], "Exchange")
		all = append(all, release{"Exchange " + year, fields[1], fields[2], build})
	}
	return all
})

// Product names the product of a build number such as "15.2.1748.43":
// "Exchange 2019 CU15 Feb26SU". A build that is not on the list, such as one
// that is newer, is named as far as its numbers tell, and is not known.
func Product(build string) (name string, known bool) {
	v, ok := parseVersion(build)
	if !ok {
		return "", false
	}
	cu := ""
	for _, r := range releases() {
		if r.build == v {
			return r.String(), true
		}
		if r.build.sameCU(v) {
			cu = " " + r.cu
		}
	}
	return v.family().name + cu, false
}

// family is a product with the date on which Microsoft ended its support; zero
// while it goes on.
type family struct {
	name  string
	ended time.Time
	known bool
}

// support says in a word or two whether Microsoft still mends a product; it is
// empty where that is not known.
func (f family) support(now time.Time) string {
	switch {
	case !f.known:
		return ""
	case f.ended.IsZero() || now.Before(f.ended):
		return "in support"
	}
	return "out of support since " + f.ended.Format(time.DateOnly)
}

// family tells the product by the numbers. From build 2562 on, 15.2 is the
// Subscription Edition. The dates are those of Microsoft's lifecycle pages; the
// paid extension for 2016 and 2019 is over as well.
func (v version) family() family {
	switch {
	case v[0] == 15 && v[1] == 0:
		return family{"Exchange 2013", time.Date(2023, 4, 11, 0, 0, 0, 0, time.UTC), true}
	case v[0] == 15 && v[1] == 1:
		return family{"Exchange 2016", time.Date(2025, 10, 14, 0, 0, 0, 0, time.UTC), true}
	case v[0] == 15 && v[1] == 2 && v[2] >= 2562:
		return family{"Exchange SE", time.Time{}, true}
	case v[0] == 15 && v[1] == 2:
		return family{"Exchange 2019", time.Date(2025, 10, 14, 0, 0, 0, 0, time.UTC), true}
	case v[0] == 15 && v[1] == 20:
		return family{"Exchange Online", time.Time{}, true}
	case v[0] == 14:
		return family{"Exchange 2010", time.Date(2020, 10, 13, 0, 0, 0, 0, time.UTC), true}
	}
	return family{"Exchange " + strconv.Itoa(v[0]) + "." + strconv.Itoa(v[1]), time.Time{}, false}
}

// newest is the last published build of a build's cumulative update; ok is
// false where none is on the list.
func (v version) newest() (last release, ok bool) {
	for _, r := range releases() {
		if r.build.sameCU(v) && (!ok || r.build[3] > last.build[3]) {
			last, ok = r, true
		}
	}
	return last, ok
}
