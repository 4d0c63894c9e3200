package modules

import (
	"context"
	"errors"
	"io"
	"log/slog"

	"gw/gateway"
)

// Logging says where the log of the program goes: to the console, and to a file that is renamed when it grows too big.
// It does nothing in the graph; whoever starts the gateway asks it for the logger.
type Logging struct {
	Base
	// ConsoleLevel is the lowest level that goes to the console.
	ConsoleLevel Level `default:"info"`
	// FileLevel is the lowest level that goes to the file.
	FileLevel Level `default:"debug"`
	// RootLevel is the lowest level that goes anywhere.
	RootLevel Level `default:"debug"`
	// ConsoleFormatter is the form of lines on the console; those of csp-gateway are all text.
	ConsoleFormatter string `enum:"text,json,simple,colorlog,whenAndWhere" default:"text"`
	// FileFormatter is the form of lines in the file.
	FileFormatter string `enum:"text,json,simple,colorlog,whenAndWhere" default:"text"`
	// LogFile is the file; without it there is none.
	LogFile string
	// MaxSize is how many bytes the file may have before it is renamed to FILE.1.
	MaxSize int64 `default:"100000000"`
	// Keep is how many renamed files stay.
	Keep int `default:"5"`
	// UseColors colours the console.
	UseColors bool `later:"the console has no colours"`
	// LoggerLevels are the lowest levels of single loggers: NAME, as it stands in a line, to LEVEL.
	LoggerLevels map[string]Level
}

// Connect does nothing.
func (m *Logging) Connect(*gateway.Bus) error { return nil }

// Logger returns the logger and what closes its file. No file is opened before the first line.
func (m *Logging) Logger(console io.Writer) (*slog.Logger, io.Closer) {
	all := []slog.Handler{handler(console, m.ConsoleFormatter, max(m.ConsoleLevel, m.RootLevel))}
	file := &rotating{path: m.LogFile, limit: m.MaxSize, keep: m.Keep}
	if m.LogFile != "" {
		all = append(all, handler(file, m.FileFormatter, max(m.FileLevel, m.RootLevel)))
	}
	return slog.New(&byLogger{fan(all), m.LoggerLevels}), file
}

func handler(w io.Writer, form string, level Level) slog.Handler {
	o := &slog.HandlerOptions{Level: slog.Level(level)}
	if form == "json" {
		return slog.NewJSONHandler(w, o)
	}
	return slog.NewTextHandler(w, o)
}

// fan hands each record to all handlers that want it.
type fan []slog.Handler

func (f fan) Enabled(ctx context.Context, l slog.Level) bool {
	for _, h := range f {
		if h.Enabled(ctx, l) {
			return true
		}
	}
	return false
}

func (f fan) Handle(ctx context.Context, r slog.Record) error {
	var errs []error
	for _, h := range f {
		if h.Enabled(ctx, r.Level) {
			errs = append(errs, h.Handle(ctx, r.Clone()))
		}
	}
	return errors.Join(errs...)
}

func (f fan) WithAttrs(attrs []slog.Attr) slog.Handler {
	return f.each(func(h slog.Handler) slog.Handler { return h.WithAttrs(attrs) })
}

func (f fan) WithGroup(name string) slog.Handler {
	return f.each(func(h slog.Handler) slog.Handler { return h.WithGroup(name) })
}

func (f fan) each(change func(slog.Handler) slog.Handler) fan {
	changed := make(fan, len(f))
	for i, h := range f {
		changed[i] = change(h)
	}
	return changed
}

// byLogger leaves out what the level of the line's logger forbids.
type byLogger struct {
	slog.Handler
	levels map[string]Level
}

// Handle looks for the attribute logger.
func (b *byLogger) Handle(ctx context.Context, r slog.Record) error {
	quiet := false
	r.Attrs(func(a slog.Attr) bool {
		level, ok := b.levels[a.Value.String()]
		quiet = a.Key == "logger" && ok && r.Level < slog.Level(level)
		return !quiet && a.Key != "logger"
	})
	if quiet {
		return nil
	}
	return b.Handler.Handle(ctx, r)
}

// WithAttrs keeps the levels.
func (b *byLogger) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &byLogger{b.Handler.WithAttrs(attrs), b.levels}
}

// WithGroup keeps the levels.
func (b *byLogger) WithGroup(name string) slog.Handler {
	return &byLogger{b.Handler.WithGroup(name), b.levels}
}
