package transfer

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"fairlead/connectors"
)

// jsonReader reads a file of JSON, one record after the other.
type jsonReader struct {
	in       *input
	skipped  int64 // what was read from in before
	d        *json.Decoder
	file     File
	problems Problems
	head     headJSON
}

// readJSON reads a file whose first characters, as many as skipped, were spaces.
func readJSON(in *input, text io.Reader, skipped int64) (*File, error) {
	r := &jsonReader{in: in, skipped: skipped, d: json.NewDecoder(text)}
	if err := r.object(); err != nil {
		return nil, r.explain(err)
	}
	if err := r.checkHead(); err != nil {
		return nil, err
	}
	return &r.file, r.problems.err()
}

// checkHead comes before the problems: those of a newer form are none.
func (r *jsonReader) checkHead() error {
	switch {
	case r.head.Format != Format:
		return wrong(1, "format: this is no file of Fairlead's: \"format\" is not %q.", Format)
	case r.head.Version > Version:
		return wrong(1, "version: the file has form %d, and this program knows %d. Use the newer version of Fairlead.", r.head.Version, Version)
	case r.head.Version < 1:
		return wrong(1, "version: it is missing. It is %d.", Version)
	case r.head.Contents != Exported && r.head.Contents != Saved:
		return wrong(1, "contents: it is %q, and can be %q or %q.", clip(string(r.head.Contents)), Exported, Saved)
	}
	r.file.Contents, r.file.Made, r.file.By = r.head.Contents, r.head.Made, r.head.By
	return nil
}

// object reads the whole file.
func (r *jsonReader) object() error {
	if _, err := r.d.Token(); err != nil { // the brace that Read saw
		return err
	}
	for r.d.More() {
		token, err := r.d.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if err := r.member(name); err != nil {
			return err
		}
	}
	if _, err := r.d.Token(); err != nil {
		return err
	}
	if _, err := r.d.Token(); !errors.Is(err, io.EOF) {
		return wrong(r.line(0), "something follows after the end.")
	}
	return nil
}

func (r *jsonReader) member(name string) error {
	switch name {
	case "format":
		return r.value(name, &r.head.Format)
	case "version":
		return r.value(name, &r.head.Version)
	case "contents":
		return r.value(name, &r.head.Contents)
	case "made":
		return r.value(name, &r.head.Made)
	case "by":
		return r.value(name, &r.head.By)
	case "program":
		return r.value(name, &r.head.Program)
	case "connectors":
		return list(r, name, func(c connectorJSON, line int) { r.file.Connectors = append(r.file.Connectors, c.record(line)) })
	case "drafts":
		return list(r, name, func(d draftJSON, line int) {
			r.need(line, "id", d.ID, "answers", string(d.Answers))
			r.file.Drafts = append(r.file.Drafts, connectors.Draft(d))
		})
	case "documents":
		return list(r, name, func(d documentJSON, line int) {
			r.need(line, "kind", d.Kind, "id", d.ID, "content", string(d.Content))
			r.file.Documents = append(r.file.Documents, connectors.Document(d))
		})
	case "events":
		return list(r, name, func(e eventJSON, line int) {
			r.need(line, "id", e.ID, "kind", string(e.Kind), "connector", e.Connector)
			r.file.Events = append(r.file.Events, connectors.Event(e))
		})
	}
	r.problems.add(r.line(0), name, "there is no field of that name.")
	var skipped json.RawMessage
	return r.d.Decode(&skipped)
}

// need notes the fields of a record that are empty: names and values in turn.
func (r *jsonReader) need(line int, pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			r.problems.add(line, pairs[i], "it is missing.")
		}
	}
}

// list reads a list and hands on its records that are in order.
func list[T any](r *jsonReader, name string, take func(record T, line int)) error {
	token, err := r.d.Token()
	if err != nil {
		return err
	}
	if token == nil {
		return nil
	}
	if token != json.Delim('[') {
		return wrong(r.line(0), "%s: it is not a list.", name)
	}
	for r.d.More() {
		var text json.RawMessage
		if err := r.d.Decode(&text); err != nil {
			return err
		}
		line := r.line(-int64(len(text)) + 1)
		var record T
		if err := strictly(text, &record); err != nil {
			r.mistyped(name, text, line, err)
			continue
		}
		take(record, line)
	}
	_, err = r.d.Token()
	return err
}

// value reads what is not a list.
func (r *jsonReader) value(name string, into any) error {
	var text json.RawMessage
	if err := r.d.Decode(&text); err != nil {
		return err
	}
	if err := strictly(text, into); err != nil {
		r.mistyped(name, text, r.line(-int64(len(text))+1), err)
	}
	return nil
}

func strictly(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// mistyped notes a record that is not of the form.
func (r *jsonReader) mistyped(list string, text []byte, line int, err error) {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if e.Offset >= 0 && e.Offset <= int64(len(text)) {
			line += bytes.Count(text[:e.Offset], []byte("\n"))
		}
		r.problems.add(line, strings.Trim(list+"."+e.Field, "."), "a %s stands there, which is not of the form.", e.Value)
		return
	}
	if e, ok := errors.AsType[*time.ParseError](err); ok {
		r.problems.add(line, list, "%q is no time such as 2026-12-31T12:00:00Z.", clip(e.Value))
		return
	}
	what := strings.TrimPrefix(err.Error(), "json: ")
	r.problems.add(line, list, "%s.", strings.Replace(what, "unknown field", "there is no field", 1))
}

// explain says where JSON ends to be JSON.
func (r *jsonReader) explain(err error) error {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return wrong(r.line(r.offset()), "this is not JSON: %v.", e)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return wrong(r.line(0), "the file ends too early: it was cut off.")
	}
	return err
}

// offset is where an error is in what was not read yet. The decoder's own offset
// does not count all that was read.
func (r *jsonReader) offset() int64 {
	var text json.RawMessage
	err := json.NewDecoder(r.d.Buffered()).Decode(&text)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return e.Offset - 1
	}
	return 0
}

// line is the line where the reader is, or a number of characters after.
func (r *jsonReader) line(after int64) int { return r.in.line(r.skipped + r.d.InputOffset() + after) }
