package replay

import (
	"context"
	"errors"
	"io"

	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

const (
	batchFrames = 256  // cycles that are handed over at once
	batchTicks  = 4096 // or ticks in them
	batchAhead  = 4    // batches that are read ahead of the engine
)

// player is the module that reads a recording and sets its channels, through one pull adapter whose values are whole
// engine cycles. Reading and decoding run ahead of the engine in a goroutine of their own; the order is that of the
// recording all the same.
type player struct {
	rec *Recording

	frames  chan batch
	current []*frame
	cancel  context.CancelFunc
}

// batch is what the reading goroutine hands over.
type batch struct {
	frames []*frame
	err    error
}

var _ engine.PullAdapter[*frame] = (*player)(nil)

// ModuleName returns "recording".
func (p *player) ModuleName() string { return "recording" }

// Connect sets every channel of the recording.
func (p *player) Connect(bus *gateway.Bus) error {
	n := bus.Graph().Node("recording")
	in := engine.Use(n, engine.Pull(bus.Graph(), "recording", p))
	outs := make([]*engine.Out[[]schema.Record], len(p.rec.outlets))
	for i, o := range p.rec.outlets {
		outs[i] = engine.Emit[[]schema.Record](n)
		if err := bus.Set(o.channel.name, o.key, outs[i].Edge()); err != nil {
			return err
		}
	}
	n.OnTick(func() {
		f := in.Get()
		p.rec.digest.passed(f)
		for _, t := range f.ticks {
			outs[t.outlet].Set(t.value)
		}
	})
	return nil
}

// Start begins to read.
func (p *player) Start(_, _ engine.Time) error {
	ctx, cancel := context.WithCancel(context.Background())
	f, err := newFramer(ctx, p.rec)
	if err != nil {
		cancel()
		return err
	}
	p.cancel = cancel
	p.frames = make(chan batch, batchAhead)
	go p.read(ctx, f, p.frames)
	return nil
}

// read fills batches until the recording ends or nobody wants more.
func (p *player) read(ctx context.Context, f *framer, to chan<- batch) {
	defer close(to)
	for {
		b := readBatch(ctx, f)
		if b.err != nil {
			b.err = errors.Join(ending(b.err), f.rows.close())
		}
		done := len(b.frames) == 0 || b.err != nil || b.frames[len(b.frames)-1].last
		if done && b.err == nil {
			b.err = f.rows.close()
		}
		select {
		case to <- b:
		case <-ctx.Done():
			if !done {
				_ = f.rows.close()
			}
			return
		}
		if done {
			return
		}
	}
}

// ending turns the end of the recording into no error.
func ending(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func readBatch(ctx context.Context, f *framer) batch {
	var b batch
	for ticks := 0; len(b.frames) < batchFrames && ticks < batchTicks; {
		next, err := f.next(ctx)
		if next != nil {
			b.frames = append(b.frames, next)
			ticks += len(next.ticks)
		}
		if errors.Is(err, io.EOF) {
			return b
		}
		if err != nil {
			b.err = err
			return b
		}
	}
	return b
}

// Next returns the next cycle, waiting for it to be read.
func (p *player) Next() (engine.Time, *frame, bool, error) {
	if len(p.current) == 0 {
		b, ok := <-p.frames
		if !ok {
			return 0, nil, false, nil
		}
		if b.err != nil {
			return 0, nil, false, b.err
		}
		p.current = b.frames
	}
	f := p.current[0]
	p.current = p.current[1:]
	if f.last {
		p.rec.digest.passed(f)
		return 0, nil, false, nil
	}
	return f.at, f, true, nil
}

// Stop ends the reading and waits until the files are closed.
func (p *player) Stop() error {
	if p.cancel == nil {
		return nil
	}
	p.cancel()
	for range p.frames {
		continue
	}
	p.current = nil
	return nil
}
