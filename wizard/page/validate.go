package page

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is the longest text that a field takes, in characters. Longer values
// are refused with a clear message, so that a pasted file does no harm.
const MaxText = 1024

// MaxLong is the longest text that a field for a whole file takes, in characters.
const MaxLong = 16 << 10

// validate returns what is wrong with the answer to a field, or nil.
func (f *Field) validate(a *Answers) error {
	switch f.Kind {
	case Note, Checkbox:
		return nil
	case Secret:
		value := a.Secret(f.Key).Reveal()
		if value == "" && !f.Optional {
			return fmt.Errorf("type the %s", LowerFirst(f.Label))
		}
		return f.check(value)
	case Choice:
		return f.validateChoice(a)
	}
	value := a.Text(f.Key)
	if value == "" {
		if f.Optional {
			return nil
		}
		return fmt.Errorf("%s is needed: type it here", f.Label)
	}
	return f.check(value)
}

func (f *Field) check(value string) error {
	if value == "" {
		return nil
	}
	if err := f.plainText(value); err != nil {
		return err
	}
	if f.Validate == nil {
		return nil
	}
	return f.Validate(value)
}

// plainText refuses what the field cannot mean.
func (f *Field) plainText(value string) error {
	n := utf8.RuneCountInString(value)
	switch {
	case !utf8.ValidString(value):
		return errors.New("this is not text: it holds bytes that are no characters; type it by hand")
	case f.Long && n > MaxLong:
		return fmt.Errorf("this is too long: %d characters, and at most %d fit", n, MaxLong)
	case f.Long:
		return nil
	case n > MaxText:
		return fmt.Errorf("this is too long: %d characters, and at most %d fit; was a whole file pasted?", n, MaxText)
	case strings.ContainsFunc(value, unicode.IsControl):
		return errors.New("this holds a line break or another control character; type it on one line")
	}
	return nil
}

func (f *Field) validateChoice(a *Answers) error {
	chosen := a.Chosen(f)
	if len(chosen) == 0 {
		if f.Optional {
			return nil
		}
		if f.Many {
			return errors.New("choose at least one")
		}
		return errors.New("choose one")
	}
	for _, value := range chosen {
		i := slices.IndexFunc(f.Options, func(o Option) bool { return o.Value == value })
		if i < 0 {
			return fmt.Errorf("%q cannot be chosen here; choose %s", value, f.values())
		}
		if barred := f.Options[i].Barred; barred != "" {
			return fmt.Errorf("%s cannot be chosen: %s", f.Options[i].Label, barred)
		}
	}
	return nil
}

func (f *Field) values() string {
	var values []string
	for _, o := range f.Options {
		if o.Barred == "" {
			values = append(values, o.Value)
		}
	}
	return strings.Join(values, ", ")
}

// Chosen returns the values chosen in a choice, one or several.
func (a *Answers) Chosen(f *Field) []string {
	if f.Many {
		return a.List(f.Key)
	}
	if value := a.Text(f.Key); value != "" {
		return []string{value}
	}
	return nil
}

// LowerFirst makes a text go on within a sentence: its first letter small, unless it
// begins with an abbreviation.
func LowerFirst(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	if n < len(s) {
		if second, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(second) {
			return s // an abbreviation
		}
	}
	return string(unicode.ToLower(r)) + s[n:]
}
