package stats

import (
	"errors"
	"fmt"

	"gw/engine"
)

// Number is what statistics are computed of; they compute with float64.
type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

// Window is a window over one edge. Any number of statistics share it: the window finds once what comes and goes, and each of them takes that up.
type Window struct{ window }

// Pair is a window over two edges that tick together.
type Pair struct{ window }

// Vector is a window over an edge of slices of one length.
type Vector struct {
	window
	size int
}

// window is what the statistics read.
type window struct {
	e      engine.Edge[update]
	config Config
	state  *windowState
}

// update is what a window tells its statistics. Rows lie one after the other.
type update struct {
	clear bool // forget everything before
	due   bool // the statistics are to tick
	width int  // of a row, with its weight
	rem   []float64
	add   []float64
	at    []engine.Time // of what was added
}

// Over makes a window over e. What is wrong with c ends the run before it begins.
func Over[T Number](e engine.Edge[T], c Config) *Window {
	n := node(e, "window")
	in := engine.Use(n, float(e))
	if c.Sampler.use != nil {
		in.Passive()
	}
	return &Window{newWindow(n, c, 1, input{in.Ticked, func(row []float64) error {
		row[0] = in.Get()
		return nil
	}})}
}

// OverPair makes a window over x and y, which must tick in the same cycles; see [Config.NonOverlapping].
func OverPair[T Number](x, y engine.Edge[T], c Config) *Pair {
	n := node(x, "window")
	a, b := engine.Use(n, float(x)), engine.Use(n, float(y))
	both := func() bool {
		if a.Ticked() != b.Ticked() && !c.NonOverlapping {
			n.Stop(errApart)
		}
		return a.Ticked() && b.Ticked()
	}
	return &Pair{newWindow(n, c, 2, input{both, func(row []float64) error {
		row[0], row[1] = a.Get(), b.Get()
		return nil
	}})}
}

var errApart = errors.New("window: one input of a pair ticks without the other; set NonOverlapping to pass over such ticks")

// OverVector makes a window over an edge of slices of length size. A slice of another length ends the run with an error.
func OverVector(e engine.Edge[[]float64], size int, c Config) *Vector {
	n := node(e, "window")
	in := engine.Use(n, e)
	if c.Sampler.use != nil {
		in.Passive()
	}
	return &Vector{size: size, window: newWindow(n, c, size, input{in.Ticked, func(row []float64) error {
		if got := len(*in.Ptr()); got != size {
			return fmt.Errorf("window: got a slice of length %d, want %d", got, size)
		}
		copy(row, *in.Ptr())
		return nil
	}})}
}

// newWindow gives n the work of a window over rows of width values.
func newWindow(n *engine.Node, c Config, width int, in input) window {
	u := &updates{config: c, node: n, in: in, out: engine.Emit[update](n)}
	u.trigger, u.reset, u.recalc = c.Trigger.on(n), c.Reset.on(n), c.Recalc.on(n)
	if c.Sampler.use != nil {
		u.sampler = c.Sampler.on(n)
	}
	if !c.Weights.IsZero() {
		u.weights = engine.Use(n, c.Weights)
		u.weights.Passive()
		width++
	}
	u.row = make([]float64, width)
	n.OnStart(u.start)
	n.OnTick(u.tick)
	n.Keep(1, &u.state)
	return window{u.out.Edge(), c, &u.state}
}

// node adds a node to the graph of e.
func node[T any](e engine.Edge[T], name string) *engine.Node {
	g := e.Graph()
	if g == nil { // the zero Edge has no graph; what comes of it fits into none
		g = engine.New()
	}
	return g.Node(name)
}

// float is the edge of e's values as float64.
func float[T Number](e engine.Edge[T]) engine.Edge[float64] {
	if f, ok := any(e).(engine.Edge[float64]); ok {
		return f
	}
	return engine.Pipe(e, "float", func(v T) float64 { return float64(v) })
}
