package modules

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"gw/config"
	"gw/gateway"
	"gw/schema"
)

// ReadFileDrop ticks channels with the values in files that somebody drops into folders: those that are closed after they
// were written, and those that are moved there. A file counts as a whole: if anything in it is wrong, none of it ticks
// and the log says why.
type ReadFileDrop struct {
	Base
	// Configs are the folders to watch; several may watch one folder, or set one channel.
	Configs []FileDrop `must:"true"`

	stop    context.CancelFunc
	readers sync.WaitGroup
}

// FileDrop is one folder of a ReadFileDrop.
type FileDrop struct {
	// DirPath is the folder; it is made if need be, and its own folders are not watched.
	DirPath string `must:"true"`
	// ChannelName is the channel to set.
	ChannelName string `ref:"channel" must:"true"`
	// FiledropType is how files are read: JSON is one value, or an array of values that tick one after the other; CSV has a
	// header, and each row is a value; PARQUET holds a value a row, with columns named as the fields.
	FiledropType string `enum:"CSV,JSON,PARQUET,CUSTOM" must:"true"`
	// Extensions are the endings of the files to read; without them all are.
	Extensions []string
	// SubscribeWithStructID lets values keep the ids of the file.
	SubscribeWithStructID bool `json:"subscribe_with_struct_id"`
	// SubscribeWithStructTimestamp lets values keep the timestamps of the file.
	SubscribeWithStructTimestamp bool
	// Loader is a Python function in csp-gateway.
	Loader string `later:"Python functions cannot be called"`
	// Deserializer is a Python function in csp-gateway.
	Deserializer string `later:"Python functions cannot be called"`
}

// fileLimit bounds a dropped file, which is read as a whole.
const fileLimit = 1 << 30

// Check refuses what cannot be read.
func (m *ReadFileDrop) Check(c *config.Checking) {
	for i, d := range m.Configs {
		if err := d.check(c.Channel(d.ChannelName)); err != nil {
			c.Failf(fmt.Sprintf("configs.%d", i), "", "%v", err)
		}
	}
}

func (d FileDrop) check(p *gateway.Port) error {
	switch {
	case d.FiledropType == "CUSTOM":
		return errors.New("files of the type CUSTOM cannot be read, want CSV, JSON or PARQUET")
	case p != nil && d.FiledropType != "JSON" && (p.List || p.Kind == gateway.KindBasket):
		return fmt.Errorf("channel %q is a %s, which %s cannot fill; use JSON", p.Name, p.Kind, d.FiledropType)
	}
	return nil
}

// drop is what a file gives: ticks in their order, each by key.
type drop []map[string][]schema.Record

// inlet takes one tick at a time into the gateway.
type inlet func(ctx context.Context, tick map[string][]schema.Record) error

// Connect sets the channels. Folders are watched from here on, and read when the engine runs.
func (m *ReadFileDrop) Connect(bus *gateway.Bus) error {
	ctx, cancel := context.WithCancel(context.Background())
	m.stop = cancel
	for _, d := range m.Configs {
		p, ok := bus.Gateway().Port(d.ChannelName)
		if !ok {
			return &gateway.NotFoundError{What: "Channel", Name: d.ChannelName}
		}
		if err := d.check(p); err != nil {
			return err
		}
		put, err := bus.Inlet(p.Name)
		if err != nil {
			return err
		}
		if err := m.watch(ctx, bus.Gateway(), d, p, put); err != nil {
			return fmt.Errorf("watch %s: %w", d.DirPath, err)
		}
	}
	return nil
}

// watch reads each file that is dropped, in a goroutine of its own.
func (m *ReadFileDrop) watch(ctx context.Context, g *gateway.Gateway, d FileDrop, p *gateway.Port, put inlet) error {
	if err := os.MkdirAll(d.DirPath, 0o700); err != nil {
		return err
	}
	w, err := watchFolder(d.DirPath)
	if err != nil {
		return err
	}
	m.readers.Go(func() {
		defer w.close()
		select {
		case <-g.Ready():
		case <-ctx.Done():
			return
		}
		for {
			name, err := w.next(ctx)
			if err != nil {
				if ctx.Err() == nil {
					m.log().Error("a folder is no longer watched", "folder", d.DirPath, "error", err)
				}
				return
			}
			if !d.wants(name) {
				continue
			}
			if err := m.read(ctx, filepath.Join(d.DirPath, name), d, p, put); err != nil {
				m.log().Error("Failed to read data from "+filepath.Join(d.DirPath, name), "error", err)
			}
		}
	})
	return nil
}

func (d FileDrop) wants(name string) bool {
	return len(d.Extensions) == 0 || slices.ContainsFunc(d.Extensions, func(e string) bool { return strings.HasSuffix(name, e) })
}

// read decodes a file and then lets all of it tick, in the name of the file.
func (m *ReadFileDrop) read(ctx context.Context, path string, d FileDrop, p *gateway.Port, put inlet) error {
	info, err := os.Stat(path)
	if err == nil && info.Size() > fileLimit {
		err = fmt.Errorf("is too big (got %d bytes, want at most %d)", info.Size(), fileLimit)
	}
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("is no file")
	}
	if err != nil {
		return err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	all, err := d.decode(p, data)
	if err != nil {
		return err
	}
	ctx = gateway.WithCaller(ctx, gateway.Caller{Name: "file " + path})
	for _, tick := range all {
		for _, recs := range tick {
			forget(recs, !d.SubscribeWithStructID, !d.SubscribeWithStructTimestamp)
		}
		if err := put(ctx, tick); err != nil {
			return err
		}
	}
	return nil
}

// Shutdown stops watching and waits for the readers.
func (m *ReadFileDrop) Shutdown(context.Context) error {
	if m.stop != nil {
		m.stop()
	}
	m.readers.Wait()
	return nil
}
