package tui

import (
	"context"
	"time"

	"gw/client"
)

// polling is a stream made of questions.
type polling struct {
	source *standardSource
	names  []string
	frames chan client.Frame
	cancel context.CancelFunc
	done   chan struct{} // closed when run has returned
	err    error         // why it is over; after done
}

// Frames gives the ticks that were seen, a frame a round.
func (p *polling) Frames() <-chan client.Frame { return p.frames }

// Err says why the stream is over.
func (p *polling) Err() error {
	<-p.done
	return p.err
}

// Close ends the stream and waits for it.
func (p *polling) Close() {
	p.cancel()
	<-p.done
}

// run asks round after round until ctx ends or the gateway does not answer.
func (p *polling) run(ctx context.Context) {
	defer close(p.done)
	defer close(p.frames)
	defer p.cancel()
	f := client.Frame{Snapshot: true, Status: client.Status{Name: "csp-gateway (polled)", Mode: "realtime", State: "running"}}
	for {
		f.Seq++
		if p.err = p.round(ctx, &f); p.err != nil {
			return
		}
		select {
		case p.frames <- f:
		case <-ctx.Done():
			return
		}
		f.Snapshot = false
		select {
		case <-time.After(pollTime):
		case <-ctx.Done():
			return
		}
	}
}

// round asks every channel once. The first round gives what is known, too.
func (p *polling) round(ctx context.Context, f *client.Frame) error {
	f.Ticks = nil
	for _, name := range p.names {
		tick, fresh, err := p.source.ask(ctx, name)
		if err != nil {
			return err
		}
		if tick.Time.After(f.Status.Time) {
			f.Status.Time = tick.Time
		}
		if fresh || f.Snapshot && tick.N > 0 {
			f.Ticks = append(f.Ticks, tick)
		}
	}
	return nil
}
