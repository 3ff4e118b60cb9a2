package transfer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"fairlead/connectors"
)

// errTooBig says that a file would not be read back.
var errTooBig = &connectors.RuleError{
	Rule: "too-big", Reason: fmt.Sprintf("The file would be larger than %d MiB.", MaxSize>>20),
	Hint: "Keep fewer reports of each connector in it, or export a part of the connectors at a time.",
}

// writer writes a file of JSON, one record after the other.
type writer struct {
	w    *bufio.Writer
	list string // the one that is open
	size int
	err  error
}

func (s Source) begin(w io.Writer, contents Contents) *writer {
	out := &writer{w: bufio.NewWriter(w)}
	head := out.encode(headJSON{Format, Version, contents, s.Now.UTC(), s.By, s.Program})
	out.put(bytes.TrimSuffix(head, []byte("\n}")))
	return out
}

// item adds a record to a list. All of a list follow each other.
func (w *writer) item(list string, record any) error {
	text := w.encode(record)
	w.open(list)
	w.put([]byte("    "), bytes.ReplaceAll(text, []byte("\n"), []byte("\n    ")))
	return w.err
}

// open begins the next record of a list.
func (w *writer) open(list string) {
	switch w.list {
	case list:
		w.put([]byte(",\n"))
		return
	case "":
	default:
		w.put([]byte("\n  ]"))
	}
	w.put([]byte(",\n  \"" + list + "\": [\n"))
	w.list = list
}

// end ends the file, which has at least an empty list of that name.
func (w *writer) end(list string) error {
	if w.list == "" {
		w.put([]byte(",\n  \"" + list + "\": [\n"))
	}
	w.put([]byte("\n  ]\n}\n"))
	if w.err != nil {
		return w.err
	}
	return w.w.Flush()
}

func (w *writer) encode(value any) []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil && w.err == nil {
		w.err = err
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n"))
}

// put writes, unless something went wrong before or the file grows too big.
func (w *writer) put(parts ...[]byte) {
	for _, part := range parts {
		if w.size += len(part); w.size > MaxSize && w.err == nil {
			w.err = errTooBig
		}
		if w.err != nil {
			return
		}
		_, w.err = w.w.Write(part)
	}
}
