package assets

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed translations/*.json
var translationFiles embed.FS

// Languages lists the languages that the pages are translated into, beside
// English, by their two-letter codes (ISO 639-1).
func Languages() []string {
	names, _ := fs.Glob(translationFiles, "translations/*.json")
	var codes []string
	for _, name := range names {
		codes = append(codes, strings.TrimSuffix(path.Base(name), ".json"))
	}
	return codes
}

// Translation maps English texts to those of another language.
type Translation map[string]string

// LoadTranslation reads the translation into a language. English, and the
// empty code, give an empty one.
func LoadTranslation(code string) (Translation, error) {
	if code == "" || code == "en" {
		return Translation{}, nil
	}
	if !slices.Contains(Languages(), code) {
		return nil, fmt.Errorf("there is no translation into %q; there are: en, %s", code, strings.Join(Languages(), ", "))
	}
	data, err := translationFiles.ReadFile("translations/" + code + ".json")
	if err != nil {
		return nil, fmt.Errorf("read translation: %w", err)
	}
	var t Translation
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, fmt.Errorf("read translation %s: %w", code, err)
	}
	return t, nil
}

// Say returns the text in the other language, or as it is.
func (t Translation) Say(english string) string {
	if said, ok := t[english]; ok && said != "" {
		return said
	}
	return english
}
