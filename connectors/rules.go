package connectors

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How long texts may be, in characters.
const (
	MaxName        = 100
	MaxDescription = 1000
	MaxTask        = 200
	maxIdentifier  = 255  // tenants, providers, services and names of settings
	maxSetting     = 8192 // values of settings
)

// exchange is the one provider whose connector serves every service of an
// organisation.
const exchange = "exchange"

// check returns the first rule that a connector breaks by itself, as a
// [*RuleError], or nil.
func (c Connector) check() error {
	return cmp.Or(
		checkName(c.Name),
		checkDescription(c.Description),
		checkIdentifier("provider", c.Provider),
		checkIdentifier("tenant", c.Tenant),
		checkServices(c.Provider, c.Services),
		checkSettings(c.Settings),
	)
}

func checkName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return &RuleError{"name-empty", "The connector has no name.", "Give it one that tells it from the others."}
	case utf8.RuneCountInString(name) > MaxName:
		return &RuleError{
			"name-long", fmt.Sprintf("The name has %d characters.", utf8.RuneCountInString(name)),
			fmt.Sprintf("Shorten it to %d; the description has room for more.", MaxName),
		}
	case !printable(name, ""):
		return &RuleError{"name-characters", "The name holds characters that cannot be shown.", "Type it anew."}
	}
	return nil
}

func checkDescription(text string) error {
	switch {
	case utf8.RuneCountInString(text) > MaxDescription:
		return &RuleError{
			"description-long", fmt.Sprintf("The description has %d characters.", utf8.RuneCountInString(text)),
			fmt.Sprintf("Shorten it to %d.", MaxDescription),
		}
	case !printable(text, "\n\r\t"):
		return &RuleError{"description-characters", "The description holds characters that cannot be shown.", "Type it anew."}
	}
	return nil
}

// checkIdentifier checks what names a provider, tenant, service or setting.
func checkIdentifier(what, id string) error {
	switch {
	case strings.TrimSpace(id) == "":
		return &RuleError{what + "-missing", "The connector has no " + what + ".", ""}
	case len(id) > maxIdentifier || !printable(id, ""):
		return &RuleError{what + "-invalid", "The connector's " + what + " is too long or holds characters that cannot be shown.", ""}
	}
	return nil
}

func checkServices(provider string, services []string) error {
	if len(services) == 0 {
		return &RuleError{"services-missing", "No service would use the connector.", "Choose at least one."}
	}
	for i, id := range services {
		if err := checkIdentifier("service", id); err != nil {
			return err
		}
		if slices.Contains(services[:i], id) {
			return &RuleError{"service-twice", fmt.Sprintf("The service %q is named twice.", id), "Choose it once."}
		}
	}
	if provider != exchange && len(services) > 1 {
		return &RuleError{
			"one-service", "A connector to a cloud serves one service.", "Make one connector for each service.",
		}
	}
	return nil
}

func checkSettings(settings map[string]string) error {
	for name, value := range settings {
		if err := checkIdentifier("setting", name); err != nil {
			return err
		}
		if len(value) > maxSetting || !printable(value, "\n\r\t") {
			return &RuleError{
				"setting-invalid", fmt.Sprintf("The setting %q is too long or holds characters that cannot be shown.", name), "",
			}
		}
	}
	return nil
}

// checkAttachment checks that a task may use a connector.
func (c Connector) checkAttachment(a Attachment) error {
	switch {
	case strings.TrimSpace(a.Task) == "" || utf8.RuneCountInString(a.Task) > MaxTask || !printable(a.Task, ""):
		return &RuleError{
			"task-invalid", "The task has no name that can be shown.", fmt.Sprintf("Give it one of at most %d characters.", MaxTask),
		}
	case !slices.Contains(c.Services, a.Service):
		return &RuleError{
			"service-foreign", fmt.Sprintf("The connector %q does not serve %q.", c.Name, a.Service),
			"Attach the task to a connector that does.",
		}
	}
	return nil
}

// printable reports whether text is valid and holds no control characters but
// those allowed.
func printable(text, allowed string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune(allowed, r)
	})
}

// Key is the form in which two names or tenants are compared: without regard
// to case, to the way in which accents and wide characters are encoded, and to
// the number of spaces.
func Key(name string) string {
	folded := strings.Map(foldRune, norm.NFKC.String(name))
	return strings.Join(strings.Fields(norm.NFKC.String(folded)), " ")
}

// foldRune is the smallest of all runes that differ from r by case alone.
func foldRune(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return unicode.ToLower(least)
}
