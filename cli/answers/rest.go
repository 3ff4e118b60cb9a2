package answers

import "go.yaml.in/yaml/v3"

// Rest adds the answers of another file that this one does not give. What is wrong with one
// of them has its place at the head of this file.
func (f *File) Rest(other *File) {
	for _, e := range other.entries {
		if f.find(e.key) == nil {
			f.entries = append(f.entries, entry{e.key, atHead(e.at), atHead(e.value)})
		}
	}
}

func atHead(n *yaml.Node) *yaml.Node {
	moved := *n
	moved.Line, moved.Column = 1, 1
	return &moved
}
