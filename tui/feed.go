package tui

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"gw/client"
)

// source is what the workbench needs of a client; tests have their own.
type source interface {
	Channels(context.Context) ([]client.Channel, error)
	Graph(context.Context) (client.Graph, error)
	Control(context.Context, client.Action) (client.Status, error)
	Watch(context.Context, client.WatchOptions) (stream, error)
}

// stream is a live view of channels, as client.Watch gives it.
type stream interface {
	Frames() <-chan client.Frame
	Err() error
	Close()
}

var _ stream = (*client.Watch)(nil)

// clientSource is a real client as a source.
type clientSource struct{ *client.Client }

func (s clientSource) Watch(ctx context.Context, o client.WatchOptions) (stream, error) {
	w, err := s.Client.Watch(ctx, o)
	if err != nil {
		return nil, err
	}
	return w, nil
}

// feed keeps data fed by the one watch that the page on screen needs. run is its goroutine; the other methods do not wait.
type feed struct {
	src      source
	d        *data
	patience time.Duration
	want     chan client.WatchOptions // cap 1: the newest wish counts

	mu   sync.Mutex
	held bool
	turn chan struct{} // closed and replaced when held changes
}

func newFeed(src source, d *data, patience time.Duration) *feed {
	return &feed{src: src, d: d, patience: patience, want: make(chan client.WatchOptions, 1), turn: make(chan struct{})}
}

// watch asks for another watch in place of the one there is.
func (f *feed) watch(o client.WatchOptions) {
	select {
	case <-f.want:
	default:
	}
	f.want <- o
}

// hold stops taking frames, or goes on. The gateway waits with the next frame meanwhile.
func (f *feed) hold(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held = on
	close(f.turn)
	f.turn = make(chan struct{})
}

func (f *feed) holding() (bool, <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.held, f.turn
}

// run serves the wishes until ctx ends.
func (f *feed) run(ctx context.Context) {
	cancel, done := context.CancelFunc(func() {}), make(chan struct{})
	close(done)
	for {
		select {
		case <-ctx.Done():
			cancel()
			<-done
			return
		case o := <-f.want:
			cancel()
			<-done
			var page context.Context
			page, cancel = context.WithCancel(ctx)
			done = make(chan struct{})
			go f.serve(page, o, done)
		}
	}
}

// serve follows one watch until ctx ends, opening it again after failures that may pass.
func (f *feed) serve(ctx context.Context, o client.WatchOptions, done chan<- struct{}) {
	defer close(done)
	defer func() {
		if r := recover(); r != nil { // the terminal must be restored before the program ends
			f.d.fail(fmt.Errorf("tui: internal error: %v", r))
		}
	}()
	wait := 250 * time.Millisecond
	for ctx.Err() == nil {
		err := f.follow(ctx, o)
		if ctx.Err() != nil || !f.bear(err) {
			return
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
		wait = min(2*wait, 4*time.Second)
	}
}

// follow opens the watch and hands its frames to data; the error says why it is over.
func (f *feed) follow(ctx context.Context, o client.WatchOptions) error {
	if err := f.describe(ctx); err != nil {
		return err
	}
	w, err := f.src.Watch(ctx, o)
	if err != nil {
		return err
	}
	defer w.Close()
	for {
		frames := w.Frames()
		held, turn := f.holding()
		if held {
			frames = nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-turn:
		case frame, ok := <-frames:
			if !ok {
				return w.Err()
			}
			if err := f.take(ctx, frame); err != nil {
				return err
			}
		}
	}
}

// take hands one frame on. After a loss the gateway may be another one: its channels are asked for again.
func (f *feed) take(ctx context.Context, frame client.Frame) error {
	if frame.Lost != nil {
		if !f.bear(frame.Lost) {
			return frame.Lost
		}
		return nil
	}
	if f.d.isLost() {
		if err := f.describe(ctx); err != nil {
			return err
		}
	}
	f.d.apply(frame)
	return nil
}

// describe asks for the channels and the graph.
func (f *feed) describe(ctx context.Context) error {
	channels, err := f.src.Channels(ctx)
	if err != nil {
		return err
	}
	graph, err := f.src.Graph(ctx)
	if err != nil {
		return err
	}
	f.d.describe(channels, graph)
	return nil
}

// bear notes a loss and reports whether to try again: not after an answer that says no, and not for ever.
func (f *feed) bear(err error) bool {
	if err == nil {
		return true
	}
	var api *client.APIError
	if errors.As(err, &api) && api.Status/100 == 4 {
		f.d.refuse(err)
		return false
	}
	return f.d.lose(err, f.patience)
}
