package domain

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// STSPolicy is the file of an MTA-STS policy (RFC 8461, section 3.2).
type STSPolicy struct {
	Mode     string // enforce, testing or none
	MX       []string
	MaxAge   time.Duration
	Problems []string // sentences on what breaks the rules
}

// mostMaxAge is the longest that a policy may hold (RFC 8461, section 3.2).
const mostMaxAge = 31557600

// ParseSTSPolicy reads the file of a policy.
func ParseSTSPolicy(text string) STSPolicy {
	var p STSPolicy
	version, age := false, false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, value, found := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if !found {
			p.Problems = append(p.Problems, fmt.Sprintf("the line `%s` has no colon", line))
			continue
		}
		switch strings.TrimSpace(name) {
		case "version":
			version = value == "STSv1"
		case "mode":
			p.Mode = value
		case "mx":
			p.MX = append(p.MX, strings.ToLower(strings.TrimSuffix(value, ".")))
		case "max_age":
			seconds, err := strconv.Atoi(value)
			if age = err == nil && seconds >= 0 && seconds <= mostMaxAge; age {
				p.MaxAge = time.Duration(seconds) * time.Second
			}
		}
	}
	if !version {
		p.Problems = append(p.Problems, "the line `version: STSv1` is missing")
	}
	if p.Mode != "enforce" && p.Mode != "testing" && p.Mode != "none" {
		p.Problems = append(p.Problems, "the line `mode:` is missing, or is none of enforce, testing and none")
	}
	if !age {
		p.Problems = append(p.Problems, "the line `max_age:` is missing, or is no number of seconds up to a year")
	}
	if len(p.MX) == 0 && p.Mode != "none" {
		p.Problems = append(p.Problems, "there is no line `mx:`")
	}
	return p
}

// Covers reports whether a policy names a host: by its name, or by *. for its
// first label (RFC 8461, section 4.1).
func (p STSPolicy) Covers(host string) bool {
	_, parent, _ := strings.Cut(host, ".")
	for _, pattern := range p.MX {
		if pattern == host || pattern == "*."+parent && parent != "" {
			return true
		}
	}
	return false
}

// STSRecord is the record that announces a policy (RFC 8461, section 3.1).
type STSRecord struct {
	ID       string
	Problems []string
}

// ParseSTSRecord reads it.
func ParseSTSRecord(text string) STSRecord {
	tags, problems := parseTags(text)
	r := STSRecord{Problems: problems}
	if version, _ := value(tags, "v"); version != "STSv1" || tags[0].name != "v" {
		r.Problems = append(r.Problems, "it does not begin with `v=STSv1;`")
	}
	if r.ID, _ = value(tags, "id"); !isSTSID(r.ID) {
		r.Problems = append(r.Problems, "`id` is missing, or is not one to 32 letters and digits")
	}
	return r
}

func isSTSID(id string) bool {
	for _, c := range id {
		if c > 'z' || !(c >= '0' && c <= '9' || c >= 'a' || c >= 'A' && c <= 'Z') {
			return false
		}
	}
	return id != "" && len(id) <= 32
}
