// Package logfile keeps what support needs to know of past runs: a log that never
// grows beyond a few megabytes, and the last words of a program that crashed.
//
// Secrets do not come here: [fairlead/secret.Secret] prints as redacted. [Clean]
// stands behind that, for what a server or a library may put into an error.
package logfile

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"slices"

	"gopkg.in/natefinch/lumberjack.v2"
)

const (
	name        = "fairlead.log"
	maxMegabyte = 2 // of one file
	keptFiles   = 3 // beside the one that is written
	keptDays    = 180
)

// Folder is where the log is, below the folder of the registry.
func Folder(data string) string { return filepath.Join(data, "log") }

// Open opens the log in a folder, which is made when the first line is written. A
// line that cannot be written is lost, and nothing else: a full disk stops nobody.
// Only the owner can read the files.
func Open(folder string) (*slog.Logger, io.Closer) {
	file := &lumberjack.Logger{
		Filename: filepath.Join(folder, name), MaxSize: maxMegabyte, MaxBackups: keptFiles, MaxAge: keptDays,
	}
	return slog.New(cleaned{slog.NewTextHandler(file, nil)}), file
}

// cleaned takes what looks like a secret out of every line.
type cleaned struct{ slog.Handler }

// Handle cleans the message and every value.
func (c cleaned) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, Clean(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(cleanAttr(a))
		return true
	})
	return c.Handler.Handle(ctx, clean)
}

// WithAttrs cleans the values that come with every line.
func (c cleaned) WithAttrs(attrs []slog.Attr) slog.Handler {
	return cleaned{c.Handler.WithAttrs(cleanAll(attrs))}
}

// WithGroup keeps cleaning within a group.
func (c cleaned) WithGroup(name string) slog.Handler { return cleaned{c.Handler.WithGroup(name)} }

func cleanAll(attrs []slog.Attr) []slog.Attr {
	attrs = slices.Clone(attrs)
	for i, a := range attrs {
		attrs[i] = cleanAttr(a)
	}
	return attrs
}

func cleanAttr(a slog.Attr) slog.Attr {
	value := a.Value.Resolve()
	switch value.Kind() {
	case slog.KindGroup:
		return slog.Attr{Key: a.Key, Value: slog.GroupValue(cleanAll(value.Group())...)}
	case slog.KindString, slog.KindAny:
		return slog.String(a.Key, Clean(value.String()))
	}
	return slog.Attr{Key: a.Key, Value: value}
}
