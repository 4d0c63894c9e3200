package cli

import (
	"io"
	"log/slog"
	"os"
)

// logs says where log lines go and which ones.
type logs struct {
	level slog.Level
	file  string
}

func logsOf(level, file string) (logs, error) {
	if err := oneOf("--log-level", level, "debug", "info", "warn", "error"); err != nil {
		return logs{}, err
	}
	l := logs{file: file}
	return l, l.level.UnmarshalText([]byte(level))
}

// open returns the logger and what closes it. Without a file the lines go to fallback.
func (l logs) open(fallback io.Writer) (*slog.Logger, func() error, error) {
	w, closing := fallback, func() error { return nil }
	if l.file != "" {
		f, err := os.OpenFile(l.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			return nil, nil, usage("name a file in a folder that exists and may be written to", "--log-file: %w", err)
		}
		w, closing = f, f.Close
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: l.level})), closing, nil
}
