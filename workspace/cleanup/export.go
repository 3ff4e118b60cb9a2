package cleanup

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"fairlead/cli/screen"
	"fairlead/report"
)

//go:embed cleanup.html
var pageSource string

//go:embed cleanup.md
var textSource string

// ErrEnding says that the form cannot be told from a file's name.
var ErrEnding = errors.New("the name of a clean-up list's file ends in .html or .md")

// File is the list in the form that the ending of a file's name says.
func (c *Checklist) File(name string) ([]byte, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".html", ".htm":
		return c.HTML()
	case ".md":
		return c.Markdown()
	}
	return nil, ErrEnding
}

// HTML is the list as one page that needs nothing beside itself.
func (c *Checklist) HTML() ([]byte, error) {
	page, err := report.Parts()
	if err == nil {
		page, err = page.Parse(pageSource)
	}
	if err != nil {
		return nil, fmt.Errorf("read the page of a clean-up: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, c); err != nil {
		return nil, fmt.Errorf("write the page of a clean-up: %w", err)
	}
	return out.Bytes(), nil
}

// Markdown is the list as a text for a wiki or a ticket.
func (c *Checklist) Markdown() ([]byte, error) {
	text, err := template.New("clean-up").Funcs(template.FuncMap{
		"text": plain, "command": func(text string) string { return strings.ReplaceAll(screen.Clean(text), "~~~~", "") },
	}).Parse(textSource)
	if err != nil {
		return nil, fmt.Errorf("read the text of a clean-up: %w", err)
	}
	var out bytes.Buffer
	if err := text.Execute(&out, c); err != nil {
		return nil, fmt.Errorf("write the text of a clean-up: %w", err)
	}
	return out.Bytes(), nil
}

var special = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("[\\\\`*_\\[\\]<>|#]") })

// plain is foreign text that means nothing in Markdown, on one line.
func plain(text string) string {
	line := strings.ReplaceAll(screen.Clean(text), "\n", " ")
	return special().ReplaceAllString(line, `\$0`)
}
