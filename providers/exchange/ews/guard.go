package ews

import (
	"encoding/xml"
	"errors"
)

// maxDepth bounds how deep elements may stand in each other. Exchange's stand
// about ten deep.
const maxDepth = 64

var (
	errDeep      = errors.New("elements stand too deep in each other")
	errDirective = errors.New("it declares a document type, which SOAP forbids")
)

// guard passes XML tokens on and refuses what only an attack has: endless
// depth, and document types with their entities (SOAP 1.1, section 3).
type guard struct {
	from  *xml.Decoder
	depth int
}

// Token returns the next token as it stands in the text.
func (g *guard) Token() (xml.Token, error) {
	token, err := g.from.RawToken()
	switch token.(type) {
	case xml.StartElement:
		if g.depth++; g.depth > maxDepth {
			return nil, errDeep
		}
	case xml.EndElement:
		g.depth--
	case xml.Directive:
		return nil, errDirective
	}
	return token, err
}
