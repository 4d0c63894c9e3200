package modules

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// Level is a level of the log: debug, info, warning or error in either case, or Python's number of it.
type Level slog.Level

// levels are the words, csp-gateway's too.
var levels = map[string]slog.Level{
	"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "warning": slog.LevelWarn,
	"error": slog.LevelError, "critical": slog.LevelError + 4, "fatal": slog.LevelError + 4, "notset": slog.LevelDebug - 4,
	"0": slog.LevelDebug - 4, "10": slog.LevelDebug, "20": slog.LevelInfo, "30": slog.LevelWarn, "40": slog.LevelError, "50": slog.LevelError + 4,
}

// DecodeConfig reads a word or one of Python's numbers.
func (l *Level) DecodeConfig(v any) error {
	level, ok := levels[strings.ToLower(fmt.Sprint(v))]
	if !ok {
		return errors.New("debug, info, warning, error or critical")
	}
	*l = Level(level)
	return nil
}
