package modules

import (
	"io"
	"log/slog"
	"os"
	"reflect"

	"gw/gateway"
)

// Base is embedded by every module of the catalogue: it has what any module can be told, the name that the configuration
// gave it, and the streams that it may write to.
type Base struct {
	gateway.ModuleOptions

	name    string
	streams Streams
}

// Streams are where modules print and log. The zero value is the process's standard output and default logger.
type Streams struct {
	Out io.Writer
	Log *slog.Logger
}

// ModuleName is the name that the configuration gave, "" for a module that has none.
func (b *Base) ModuleName() string { return b.name }

// SetModuleName is for whoever makes the module, before the gateway.
func (b *Base) SetModuleName(name string) { b.name = name }

// UseStreams is for whoever starts the gateway, before it is built.
func (b *Base) UseStreams(s Streams) { b.streams = s }

func (b *Base) out() io.Writer {
	if b.streams.Out == nil {
		return os.Stdout
	}
	return b.streams.Out
}

func (b *Base) log() *slog.Logger {
	if b.streams.Log == nil {
		return slog.Default()
	}
	return b.streams.Log
}

// nameOf is how a module calls its nodes: its name, else that of its type.
func nameOf(m gateway.Namer) string {
	if name := m.ModuleName(); name != "" {
		return name
	}
	return reflect.TypeOf(m).Elem().Name()
}
