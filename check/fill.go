package check

import (
	"fmt"
	"strings"
	"text/template"
	"text/template/parse"
)

// fill executes a text as a template over s, with every value that is filled in
// redacted. A text that does not fit is shown as it stands: a remedy with a gap
// is better than none. [Validate] finds those.
func fill[S any](text string, s S, redact func(string) string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	values := template.FuncMap{redactValue: func(value any) string { return redact(fmt.Sprint(value)) }}
	t, err := template.New("").Funcs(values).Parse(text)
	if err != nil {
		return text
	}
	redactValues(t.Root)
	var b strings.Builder
	if err := t.Execute(&b, s); err != nil {
		return text
	}
	return b.String()
}

const redactValue = "redactValue"

// redactValues ends every pipeline that prints something with the redaction, as
// html/template does with its escapers.
func redactValues(node parse.Node) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			redactValues(child)
		}
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 {
			name := parse.NewIdentifier(redactValue).SetPos(n.Pos)
			n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{name}})
		}
	case *parse.IfNode:
		redactValues(n.List)
		redactValues(n.ElseList)
	case *parse.RangeNode:
		redactValues(n.List)
		redactValues(n.ElseList)
	case *parse.WithNode:
		redactValues(n.List)
		redactValues(n.ElseList)
	}
}
