package secret_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"fairlead/secret"
)

// canary is looked for, in every spelling that fmt knows, wherever a secret
// may have left its type.
const canary = "Kanari3nv0gel!"

// shows reports whether text holds the canary: plain, in hex of either case,
// or as the decimal or hex bytes of a printed slice.
func shows(text string) bool {
	spellings := []string{
		canary,
		fmt.Sprintf("%x", canary),
		fmt.Sprintf("%X", canary),
		fmt.Sprintf("% x", canary),
		strings.Trim(fmt.Sprint([]byte(canary)), "[]"),
		strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%#v", []byte(canary)), "[]byte{"), "}"),
	}
	for _, s := range spellings {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// TestShowsFindsEverySpelling keeps the other tests honest: they could not
// fail if shows found nothing.
func TestShowsFindsEverySpelling(t *testing.T) {
	for _, verb := range []string{"%v", "%q", "%x", "%X", "% x"} {
		if text := fmt.Sprintf(verb, canary); !shows(text) {
			t.Errorf("shows misses %s: %s", verb, text)
		}
	}
	for _, verb := range []string{"%v", "%d", "%#v"} {
		if text := fmt.Sprintf(verb, []byte(canary)); !shows(text) {
			t.Errorf("shows misses bytes under %s: %s", verb, text)
		}
	}
}

type exported struct {
	Account  string
	Password secret.Secret
}

type unexported struct {
	account  string
	password secret.Secret
}

type deep struct {
	inner *unexported
	list  []secret.Secret
	table map[string]secret.Secret
	any   any
}

type embedded struct{ secret.Secret }

type refusal struct{ password secret.Secret }

func (r refusal) Error() string { return fmt.Sprintf("refused %v", r.password) }

// carriers are the shapes in which a secret may meet a print statement.
func carriers() map[string]any {
	s := secret.New(canary)
	return map[string]any{
		"plain":             s,
		"pointer":           &s,
		"slice":             []secret.Secret{s},
		"array":             [1]secret.Secret{s},
		"map":               map[string]secret.Secret{"password": s},
		"any":               []any{s, &s},
		"exported fields":   exported{"svc", s},
		"unexported fields": unexported{"svc", s},
		"pointer to struct": &unexported{"svc", s},
		"deep": deep{
			&unexported{"svc", s}, []secret.Secret{s}, map[string]secret.Secret{"password": s}, s,
		},
		"embedded": embedded{s},
		"error":    fmt.Errorf("sign in with %v: %w", s, refusal{s}),
		"joined":   errors.Join(refusal{s}, refusal{s}),
	}
}

func TestFmtNeverShowsASecret(t *testing.T) {
	verbs := []string{
		"%v", "%+v", "%#v", "%s", "%q", "%#q", "%+q", "%x", "%X", "% x", "%#x",
		"%d", "%b", "%o", "%c", "%U", "%e", "%g", "%t", "%p", "%T", "%20v", "%-20.3s", "%!",
	}
	for name, carrier := range carriers() {
		for _, verb := range verbs {
			if text := fmt.Sprintf(verb, carrier); shows(text) {
				t.Errorf("%s under %s shows the secret: %s", name, verb, text)
			}
		}
		if text := fmt.Sprint(carrier) + fmt.Sprintln(carrier); shows(text) {
			t.Errorf("%s printed shows the secret: %s", name, text)
		}
	}
}

func TestSecretPrintsAsRedacted(t *testing.T) {
	s := secret.New(canary)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(verb, s); got != secret.Redacted {
			t.Errorf("%s = %q, want %q", verb, got, secret.Redacted)
		}
		if got := fmt.Sprintf(verb, &s); got != secret.Redacted {
			t.Errorf("%s of a pointer = %q, want %q", verb, got, secret.Redacted)
		}
	}
	if s.String() != secret.Redacted || s.GoString() != secret.Redacted {
		t.Error("String or GoString does not say that the value is redacted")
	}
}

func TestTextEncodersWriteRedacted(t *testing.T) {
	type login struct {
		XMLName  xml.Name      `json:"-" yaml:"-" xml:"login"`
		Password secret.Secret `json:"password" yaml:"password" xml:"password"`
		Attr     secret.Secret `json:"attr" yaml:"attr" xml:"attr,attr"`
	}
	in := login{Password: secret.New(canary), Attr: secret.New(canary)}
	encoders := map[string]func(any) ([]byte, error){"json": json.Marshal, "xml": xml.Marshal, "yaml": yaml.Marshal}
	for name, marshal := range encoders {
		out, err := marshal(in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if shows(string(out)) {
			t.Errorf("%s shows the secret: %s", name, out)
		}
		if n := bytes.Count(out, []byte(secret.Redacted)); n != 2 {
			t.Errorf("%s says %q %d times, want 2: %s", name, secret.Redacted, n, out)
		}
	}
}

func TestEncodersNeverShowASecret(t *testing.T) {
	encoders := map[string]func(any) ([]byte, error){
		"json": json.Marshal,
		"xml":  xml.Marshal,
		"yaml": func(v any) (out []byte, err error) {
			defer func() { // yaml panics on types that it cannot encode
				if r := recover(); r != nil {
					err = fmt.Errorf("%v", r)
				}
			}()
			return yaml.Marshal(v)
		},
		"gob": func(v any) ([]byte, error) {
			var b bytes.Buffer
			err := gob.NewEncoder(&b).Encode(v)
			return b.Bytes(), err
		},
	}
	for name, marshal := range encoders {
		for shape, carrier := range carriers() {
			out, err := marshal(carrier) // some shapes cannot be encoded: that is as good
			if shows(string(out)) || (err != nil && shows(err.Error())) {
				t.Errorf("%s of %s shows the secret: %s %v", name, shape, out, err)
			}
		}
	}
}

func TestGobRefusesASecret(t *testing.T) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(exported{"svc", secret.New(canary)}); !errors.Is(err, secret.ErrEncode) {
		t.Errorf("encode: %v, want %v", err, secret.ErrEncode)
	}
	var s secret.Secret
	if err := s.GobDecode([]byte(canary)); !errors.Is(err, secret.ErrEncode) || !s.IsEmpty() {
		t.Errorf("decode: %v, want %v", err, secret.ErrEncode)
	}
}

func TestNothingIsReadBack(t *testing.T) {
	var out struct {
		Password secret.Secret `json:"password" yaml:"password" xml:"password"`
	}
	decoders := map[string]error{
		"json": json.Unmarshal([]byte(`{"password":"[redacted]"}`), &out),
		"xml":  xml.Unmarshal([]byte(`<x><password>[redacted]</password></x>`), &out),
		"yaml": yaml.Unmarshal([]byte("password: '[redacted]'"), &out),
	}
	for name, err := range decoders {
		if err == nil || !strings.Contains(err.Error(), secret.ErrEncode.Error()) {
			t.Errorf("%s: %v, want %v", name, err, secret.ErrEncode)
		}
	}
	if !out.Password.IsEmpty() {
		t.Error("a redacted value came back as a password")
	}
}

func TestSlogNeverShowsASecret(t *testing.T) {
	var b bytes.Buffer
	options := &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}
	handlers := map[string]slog.Handler{
		"text": slog.NewTextHandler(&b, options),
		"json": slog.NewJSONHandler(&b, options),
	}
	for name, handler := range handlers {
		log := slog.New(handler).With("with", secret.New(canary)).WithGroup("group")
		for shape, carrier := range carriers() {
			b.Reset()
			log.Debug("sign in", "carrier", carrier, slog.Group("inner", "carrier", carrier))
			if shows(b.String()) {
				t.Errorf("%s handler shows the secret of %s: %s", name, shape, b.String())
			}
			if !strings.Contains(b.String(), secret.Redacted) {
				t.Errorf("%s handler does not say %q for %s: %s", name, secret.Redacted, shape, b.String())
			}
		}
	}
}

// TestReflectionFindsNothing walks every value as debuggers and dump libraries
// do, unexported fields included.
func TestReflectionFindsNothing(t *testing.T) {
	for name, carrier := range carriers() {
		if name == "error" || name == "joined" {
			continue // their text is covered by the fmt tests
		}
		var found []string
		leaves := 0
		walk(reflect.ValueOf(carrier), func(v reflect.Value) {
			leaves++
			if v.Kind() == reflect.String && shows(v.String()) {
				found = append(found, v.String())
			}
			if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 && shows(string(v.Bytes())) {
				found = append(found, string(v.Bytes()))
			}
		})
		if len(found) > 0 {
			t.Errorf("%s: reflection finds %q", name, found)
		}
		if leaves == 0 {
			t.Errorf("%s: the walk looked at nothing", name)
		}
	}
}

func walk(v reflect.Value, leaf func(reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walk(v.Elem(), leaf)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			walk(field, leaf)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			walk(it.Key(), leaf)
			walk(it.Value(), leaf)
		}
	case reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), leaf)
		}
	case reflect.Slice:
		leaf(v)
		for i := range v.Len() {
			walk(v.Index(i), leaf)
		}
	default:
		leaf(v)
	}
}

func TestRevealGivesTheValueUnchanged(t *testing.T) {
	for _, value := range []string{"", " ", "secret ", "\tpässwörd\n", "a\x00b", "\xff\xfe", strings.Repeat("x", 1<<20)} {
		s := secret.New(value)
		if got := s.Reveal(); got != value {
			t.Errorf("Reveal of %d bytes gave %d bytes, or other ones", len(value), len(got))
		}
		if s.IsEmpty() != (value == "") {
			t.Errorf("IsEmpty of %q is %v", value, s.IsEmpty())
		}
	}
	var zero secret.Secret
	if !zero.IsEmpty() || zero.Reveal() != "" {
		t.Error("the zero value is not the empty secret")
	}
}

func TestEqual(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"", "", true},
		{"a", "a", true},
		{"a", "", false},
		{"a", "b", false},
		{"a", "a ", false},
		{"a", "A", false},
	}
	for _, tt := range tests {
		if got := secret.New(tt.a).Equal(secret.New(tt.b)); got != tt.want {
			t.Errorf("%q equal to %q: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
