package omnibus

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"gw/engine"
)

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// counter is a node: its In and Out fields are wired by engine.Add, its other fields are its state, and Tick runs in
// each engine cycle in which an input ticks. It counts ticks of a timer and makes a value of each count.
type counter struct {
	Timer engine.In[bool]
	Clock engine.Clock
	Out   engine.Out[ExampleData]

	repeat int // how often y repeats the count
	random *rand.Rand
	count  int64
}

// newCounter wires a counter to a timer. stream tells counters of one seed apart.
func newCounter(timer engine.Edge[bool], repeat int, seed, stream uint64) engine.Edge[ExampleData] {
	n := engine.Add(timer.Graph(), &counter{
		Timer:  engine.From(timer),
		repeat: repeat,
		random: rand.New(rand.NewPCG(seed, stream)),
	})
	return n.Out.Edge()
}

// Tick sets the output, which it may do once a cycle.
func (n *counter) Tick() {
	n.count++
	text := strconv.FormatInt(n.count, 10)
	v := newExample(n.Clock.Now(), n.count, strings.Repeat(text, n.repeat))
	v.Z = string(letters[n.random.IntN(len(letters))])
	v.Data = make([]float64, 10)
	for i := range v.Data {
		v.Data[i] = n.random.Float64()
	}
	v.Mapping = map[string]int64{text: n.count}
	n.Out.Set(v)
}
