package transfer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"fairlead/connectors"
)

// Read reads a file, in JSON or CSV, whichever it is. What is wrong with it comes
// as [Problems], with the places; then nothing of it is returned.
func Read(r io.Reader) (*File, error) { return readAtMost(r, MaxSize) }

func readAtMost(r io.Reader, most int64) (*File, error) {
	start := bufio.NewReader(r)
	first, err := start.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(first, []byte("\xff\xfe")) || bytes.HasPrefix(first, []byte("\xfe\xff")):
		return nil, wrong(1, "the file is UTF-16 text. Save it as UTF-8: in Excel, as \"CSV UTF-8\".")
	case bytes.Equal(first, []byte("\ufeff")):
		_, _ = start.Discard(len("\ufeff"))
	}
	in := &input{from: start, most: most}
	f, err := read(in)
	if err == nil {
		err = f.check()
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// read tells JSON from CSV by the first character that is no space.
func read(in *input) (*File, error) {
	text := bufio.NewReader(in)
	for skipped := int64(0); ; skipped++ {
		c, err := text.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return nil, wrong(0, "the file is empty.")
		case err != nil:
			return nil, err
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			continue
		}
		if err := text.UnreadByte(); err != nil {
			return nil, err
		}
		if c == '{' {
			return readJSON(in, text, skipped)
		}
		return readCSV(text)
	}
}

// check holds every connector to the rules that it can break by itself.
func (f *File) check() error {
	var problems Problems
	for i := range f.Connectors {
		r := &f.Connectors[i]
		if _, err := uuid.Parse(r.ID); err != nil && r.ID != "" {
			problems.add(r.Line, "id", "%q is no id of a connector. Leave it empty for a new one.", clip(r.ID))
		}
		if err := r.Valid(); err != nil {
			problems.add(r.Line, field(err), "%v", err)
		}
		for _, name := range slices.Sorted(maps.Keys(r.Settings)) {
			if strings.ContainsFunc(name+r.Settings[name], misleading) {
				problems.add(r.Line, "settings", "the setting %q, or its value, holds a line break or a character that cannot be seen. Type it anew.", clip(name))
			}
		}
	}
	return problems.err()
}

// misleading reports whether a character breaks a line, moves the cursor or turns
// the direction of the text: settings are shown, so that somebody says where a
// password goes, and may show nothing but themselves.
func misleading(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

// field is the field that a broken rule is about.
func field(err error) string {
	rule, _ := errors.AsType[*connectors.RuleError](err)
	if rule == nil {
		return ""
	}
	if rule.Rule == "service-foreign" {
		return "attachments"
	}
	about, _, _ := strings.Cut(rule.Rule, "-")
	switch about {
	case "name", "description", "provider", "tenant", "services":
		return about
	case "service", "one":
		return "services"
	case "setting":
		return "settings"
	case "task":
		return "attachments"
	}
	return ""
}

// clip shortens what others wrote to what a message has room for.
func clip(text string) string {
	if len(text) > 40 {
		return fmt.Sprintf("%.40s…", text)
	}
	return text
}
