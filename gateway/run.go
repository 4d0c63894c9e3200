package gateway

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"gw/engine"
)

// defaultShutdownLimit is how long modules may take to shut down.
const defaultShutdownLimit = 60 * time.Second

// RunConfig says how a gateway runs. The zero value replays from the sources' first time to their end.
type RunConfig struct {
	// Start is the first engine time; zero means now in real time and 1970 otherwise.
	Start time.Time
	// End is the last engine time; zero means none.
	End time.Time
	// Realtime runs by the wall clock; otherwise time is what the sources say.
	Realtime bool
	// Speed paces a replay: 1 as recorded, 0 as fast as possible.
	Speed float64
	// Hold begins paused; go on with Control.
	Hold bool
	// Feed is a recorded session to be done again, in simulated time and to its last cycle, with effects muted; Start is that
	// of the session.
	Feed *Session
	// ShutdownLimit bounds how long modules may take to shut down; 0 means a minute.
	ShutdownLimit time.Duration
}

// Run builds the gateway if that has not been done, runs it until it comes to its end, ctx ends or Stop is called, and
// shuts the modules down. It may be called once. A module that fails or panics ends the run, unless its options say
// otherwise, with a *ModuleError; an end by ctx or Stop is no error. When Run returns no goroutine of the gateway is left,
// and Last, State and Recent go on answering.
func (g *Gateway) Run(ctx context.Context, c RunConfig) error {
	if !g.life.ran.CompareAndSwap(false, true) {
		return fmt.Errorf("%sa gateway runs once; make another one", g.prefix())
	}
	defer close(g.life.done)
	g.life.mu.Lock()
	g.life.config = c
	g.life.mu.Unlock()
	err := g.Build()
	if err == nil {
		err = g.runGraph(ctx, c)
	}
	state := stateEnded
	if err != nil || ctx.Err() != nil || g.life.halted() {
		state = stateStopped
	}
	g.life.set(state)
	g.hub.end(g.order)
	close(g.life.over)
	return errors.Join(err, g.shutdown(c.ShutdownLimit), g.store.Close())
}

func (g *Gateway) runGraph(ctx context.Context, c RunConfig) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	idle := make(chan struct{})
	go func() {
		defer close(idle)
		select {
		case <-g.life.stop:
			cancel()
		case <-ctx.Done():
		}
	}()
	defer func() {
		cancel()
		<-idle
	}()
	if g.life.halted() {
		return nil
	}
	control := g.graph.Control()
	if c.Speed > 0 {
		control.Speed(c.Speed)
	}
	if c.Hold {
		control.Pause()
	}
	config := engine.Config{Start: timeOf(c.Start), End: timeOf(c.End), Realtime: c.Realtime}
	fed := &feeding{}
	if c.Feed != nil {
		var err error
		if fed, err = g.feed(c.Feed); err != nil {
			return fmt.Errorf("%s%w", g.prefix(), err)
		}
		config = engine.Config{Start: timeOf(c.Feed.Start)}
	}
	err := cmp.Or(g.graph.Run(ctx, config), fed.err)
	if g.Record != nil {
		_, last := g.hub.at()
		err = errors.Join(err, g.Record.end(last))
	}
	if err != nil {
		return fmt.Errorf("%s%w", g.prefix(), g.explained(err))
	}
	return nil
}

func timeOf(t time.Time) engine.Time {
	if t.IsZero() {
		return 0
	}
	return engine.TimeOf(t)
}
