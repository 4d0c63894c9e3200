package gateway

import (
	"fmt"

	"gw/engine"
	"gw/schema"
)

// merge is the node that ticks a lane. It makes one series of its setters: what they tick at one time becomes consecutive
// ticks at that time, in the order in which they were connected, and each value gets an id and a timestamp if it has none.
type merge[T any] struct {
	node  *engine.Node
	ins   []*engine.In[T]
	from  []string  // the setters of ins
	by    []*module // whose they are, nil if no module's
	again *engine.Alarm[struct{}]
	out   *engine.Out[T]

	values  values[T]
	fill    func(*schema.Struct)
	waiting []arrival[T] // values of cycles before, oldest first
	cycle   uint64       // of the last tick
}

// An arrival is a value that a setter ticked and that waits for a cycle of its own.
type arrival[T any] struct {
	value T
	in    int
}

func newMerge[T any](g *Gateway, name string, v values[T]) *merge[T] {
	n := g.graph.Node(name)
	m := &merge[T]{node: n, out: engine.Emit[T](n), values: v, fill: g.ids.filler(n.Now)}
	n.OnTick(m.tick)
	return m
}

// use adds a setter.
func (m *merge[T]) use(e engine.Edge[T], setter string, by *module) {
	if m.again == nil {
		m.again = engine.NewAlarm[struct{}](m.node)
	}
	m.ins = append(m.ins, engine.Use(m.node, e))
	m.from = append(m.from, setter)
	m.by = append(m.by, by)
}

// tick sends the first value on and keeps the others for the cycles to come.
func (m *merge[T]) tick() {
	taken := len(m.waiting) > 0
	if taken {
		m.emit(&m.waiting[0].value, m.waiting[0].in)
		m.waiting[0] = arrival[T]{}
		m.waiting = m.waiting[1:]
	}
	for i, in := range m.ins {
		switch {
		case !in.Ticked() || m.by[i] != nil && m.by[i].failed:
		case taken:
			m.waiting = append(m.waiting, arrival[T]{in.Get(), i})
		default:
			taken = true
			m.emit(in.Ptr(), i)
		}
	}
	if len(m.waiting) > 0 {
		m.again.After(0, struct{}{})
	}
}

func (m *merge[T]) emit(v *T, in int) {
	slot := m.out.Slot()
	*slot = *v
	if err := m.values.own(slot, m.fill); err != nil {
		m.node.Stop(fmt.Errorf("channel %q, set by %q: %w", m.node.Name(), m.from[in], err))
		return
	}
	m.cycle = m.node.Cycle()
	m.out.Tick()
}
