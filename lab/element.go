package lab

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// element is a piece of a request that was read.
type element struct {
	name     xml.Name
	attrs    []xml.Attr
	text     string
	children []*element

	line, column int
	raw          []byte // the text while it is read
}

// Limits of what is read; real requests are far below.
const (
	maxDepth    = 32
	maxElements = 5000
)

// readXML reads one document. Entities are those of XML itself, and a document
// type is refused, as Exchange does.
func readXML(r io.Reader) (*element, error) {
	decoder := xml.NewDecoder(r)
	var root *element
	var open []*element
	for count := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && root != nil && len(open) == 0 {
			return root, nil
		}
		if err != nil {
			return nil, violationAt(decoder, err.Error())
		}
		switch token := token.(type) {
		case xml.Directive:
			return nil, violationAt(decoder, "For security reasons DTD is prohibited in this XML document.")
		case xml.StartElement:
			if count++; count > maxElements || len(open) == maxDepth {
				return nil, violationAt(decoder, "The document has too many elements.")
			}
			e := &element{name: token.Name, attrs: token.Attr}
			e.line, e.column = decoder.InputPos()
			switch {
			case len(open) > 0:
				above := open[len(open)-1]
				above.children = append(above.children, e)
			case root == nil:
				root = e
			default:
				return nil, violationAt(decoder, "There are multiple root elements.")
			}
			open = append(open, e)
		case xml.EndElement:
			last := len(open) - 1
			open[last].text, open[last].raw = string(open[last].raw), nil
			open = open[:last]
		case xml.CharData:
			if len(open) > 0 {
				above := open[len(open)-1]
				above.raw = append(above.raw, token...)
			}
		}
	}
}

func violationAt(decoder *xml.Decoder, what string) error {
	line, column := decoder.InputPos()
	return &soapFault{
		code: "ErrorSchemaValidation", text: "The request failed schema validation: " + what,
		violation: &violation{line, column, what},
	}
}

// violation is the fault of a request that the schema does not allow.
func (e *element) violation(format string, args ...any) error {
	what := fmt.Sprintf(format, args...)
	return &soapFault{
		code: "ErrorSchemaValidation", text: "The request failed schema validation: " + what,
		violation: &violation{e.line, e.column, what},
	}
}

// child returns the first child of that name; nil if there is none.
func (e *element) child(space, local string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.is(space, local) {
			return c
		}
	}
	return nil
}

// all returns the children.
func (e *element) all() []*element {
	if e == nil {
		return nil
	}
	return e.children
}

func (e *element) is(space, local string) bool { return e.name.Space == space && e.name.Local == local }

// attr returns the value of an attribute without a namespace.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.attrs {
		if a.Name.Space == "" && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// value returns the text of a child, without the space around it.
func (e *element) value(space, local string) string {
	c := e.child(space, local)
	if c == nil {
		return ""
	}
	return strings.TrimSpace(c.text)
}
