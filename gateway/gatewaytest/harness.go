package gatewaytest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"gw/engine"
	"gw/gateway"
)

// Harness runs a gateway under a script.
type Harness struct {
	// Gateway is the gateway under test. Set its fields before the script begins.
	Gateway *gateway.Gateway
	// Start is when the run begins; 2020-01-01 UTC unless set before the script begins.
	Start time.Time

	t      testing.TB
	wires  []func(*gateway.Bus)
	probes []watched
	script *engine.PushAdapter[order]
	doors  []func(order)
	now    engine.Time
	step   engine.Time // when the step began
	begun  bool
	ended  chan error
	over   error
	done   bool
}

// An order asks the script's node to tick a source at a time.
type order struct {
	at    engine.Time
	door  int
	value any
}

// watched is a probe, whatever its type.
type watched interface {
	forget()
	count() int
	lines() []line
	label() string
}

// New returns a harness of a gateway of the model and the modules. The gateway is stopped when the test ends; if it fails
// then, the test does.
func New(t testing.TB, model any, modules ...any) *Harness {
	h := &Harness{t: t, Start: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), ended: make(chan error, 1)}
	h.Gateway = gateway.New(model, append([]any{&connector{h}}, modules...)...)
	h.Gateway.Name = t.Name()
	t.Cleanup(h.stop)
	return h
}

// connector is the harness as a module.
type connector struct{ h *Harness }

// ModuleName is how topologies and errors call the harness.
func (c *connector) ModuleName() string { return "gatewaytest" }

// Connect wires sources, probes and the node that ticks what the script sends.
func (c *connector) Connect(bus *gateway.Bus) error {
	h := c.h
	g := bus.Graph()
	h.script = engine.NewPush[order](g, "script", engine.PushConfig{Mode: engine.NonCollapsing, Limit: 1 << 30, Full: engine.Reject})
	n := g.Node("script")
	in, due := engine.Use(n, h.script.Edge()), engine.NewAlarm[order](n)
	n.OnTick(func() {
		if due.Ticked() {
			o := due.Get()
			h.doors[o.door](o)
		}
		if in.Ticked() {
			due.At(in.Get().at, in.Get())
		}
	})
	end := engine.TimeOf(h.Start).Add(200 * 365 * 24 * time.Hour) // keeps the run alive while nothing happens
	engine.Sink(engine.Curve(g, []engine.Point[bool]{{At: end, V: true}}), "end of the script", func(*bool) {})
	for _, wire := range h.wires {
		wire(bus)
	}
	return nil
}

// Now returns the script's time.
func (h *Harness) Now() time.Time {
	if h.now == 0 {
		return h.Start
	}
	return h.now.Std()
}

// Delay lets d pass. What ticks meanwhile belongs to the same step.
func (h *Harness) Delay(d time.Duration) {
	h.t.Helper()
	h.begin()
	h.now = h.now.Add(d)
	h.flush()
}

// Until lets time pass until at, as Delay does. A time that is past is an error of the script.
func (h *Harness) Until(at time.Time) {
	h.t.Helper()
	h.begin()
	if engine.TimeOf(at) < h.now {
		h.t.Fatalf("until %s: it is %s already", at, h.now)
	}
	h.Delay(engine.TimeOf(at).Sub(h.now))
}

// Advance begins a new step and lets d pass in it: assertions that follow speak of what ticked meanwhile. What is given
// beside is logged.
func (h *Harness) Advance(d time.Duration, log ...any) {
	h.t.Helper()
	h.Reset()
	if len(log) > 0 {
		h.Print(log...)
	}
	h.Delay(d)
}

// Reset begins a new step: what has ticked before is forgotten.
func (h *Harness) Reset() {
	h.t.Helper()
	h.settle()
	h.step = h.now
	for _, p := range h.probes {
		p.forget()
	}
}

// Print logs with the script's time.
func (h *Harness) Print(v ...any) {
	h.t.Helper()
	h.t.Log(h.Now().Format(clock), strings.TrimSuffix(fmt.Sprintln(v...), "\n"))
}

// PrintTicked logs what ticked in this step, on all channels that are watched.
func (h *Harness) PrintTicked() {
	h.t.Helper()
	h.settle()
	h.t.Log(h.ticked())
}

// PrintTickCounts logs how often each channel that is watched ticked in this step.
func (h *Harness) PrintTickCounts() {
	h.t.Helper()
	h.settle()
	var all []string
	for _, p := range h.probes {
		all = append(all, fmt.Sprintf("%s %d", p.label(), p.count()))
	}
	h.t.Log(strings.Join(all, ", "))
}

// Outside calls f while the engine does what is due by now: for calls that wait for it.
func (h *Harness) Outside(f func(ctx context.Context, g *gateway.Gateway)) {
	h.t.Helper()
	h.settle()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(h.t.Context(), h.Gateway)
	}()
	for {
		select {
		case <-done:
			h.settle()
			return
		default:
			h.flush()
			runtime.Gosched()
		}
	}
}

// begin starts the run if that has not been done.
func (h *Harness) begin() {
	h.t.Helper()
	if h.begun {
		return
	}
	h.begun = true
	h.now = engine.TimeOf(h.Start)
	h.step = h.now
	if err := h.Gateway.Build(); err != nil {
		h.done = true
		h.t.Fatal(err)
	}
	go func() { h.ended <- h.Gateway.Run(context.Background(), gateway.RunConfig{Start: h.Start, Hold: true}) }()
	select {
	case <-h.Gateway.Ready():
	case err := <-h.ended:
		h.fail(err)
	}
}

// settle lets everything happen that is due by now.
func (h *Harness) settle() {
	h.t.Helper()
	h.begin()
	h.flush()
}

// flush runs the graph up to the script's time and waits until it stands.
func (h *Harness) flush() {
	h.t.Helper()
	if h.done {
		h.t.Fatalf("the gateway has ended: %v", h.over)
	}
	c := h.Gateway.Control()
	c.Until(h.now)
	for {
		changed := c.Changed()
		if c.Status().Held {
			return
		}
		select {
		case <-changed:
		case err := <-h.ended:
			h.fail(err)
		}
	}
}

// fail ends the test with the error of the run.
func (h *Harness) fail(err error) {
	h.t.Helper()
	h.done, h.over = true, err
	if err == nil {
		err = errors.New("the run came to its end")
	}
	h.t.Fatalf("%v\n%s", err, h.ticked())
}

// stop ends the run with the test.
func (h *Harness) stop() {
	if !h.begun || h.done {
		return
	}
	h.done = true
	h.Gateway.Stop()
	if err := <-h.ended; err != nil {
		h.t.Errorf("stopping the gateway: %v", err)
	}
}
