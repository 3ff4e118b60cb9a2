package lab

import (
	"bytes"
	"encoding/xml"
)

// node is a piece of an answer. Names carry their prefix; text and attributes
// are escaped when written.
type node struct {
	name     string
	attrs    []string // name, value, name, value …
	text     string
	children []*node
}

// el is an element with children; those that are nil are left out.
func el(name string, children ...*node) *node { return &node{name: name, children: children} }

// txt is an element with text.
func txt(name, text string) *node { return &node{name: name, text: text} }

// with adds an attribute.
func (n *node) with(name, value string) *node {
	n.attrs = append(n.attrs, name, value)
	return n
}

// add adds children.
func (n *node) add(children ...*node) *node {
	n.children = append(n.children, children...)
	return n
}

func (n *node) write(b *bytes.Buffer) {
	b.WriteString("<" + n.name)
	for i := 0; i < len(n.attrs); i += 2 {
		b.WriteString(" " + n.attrs[i] + `="`)
		_ = xml.EscapeText(b, []byte(n.attrs[i+1])) // a buffer never fails
		b.WriteByte('"')
	}
	b.WriteByte('>')
	_ = xml.EscapeText(b, []byte(n.text))
	for _, c := range n.children {
		if c != nil {
			c.write(b)
		}
	}
	b.WriteString("</" + n.name + ">")
}
