package gateway

import (
	"fmt"
	"iter"

	"gw/engine"
	"gw/gateway/state"
	"gw/schema"
)

// Rows is a state view within the graph: the latest value of each key, which the edge of StateRows ticks with whenever
// one of them changes. It is one table that goes on changing, so a tick costs what changed, not what there is: read it
// on the engine's goroutine, in the cycle in which it ticks, and treat its values as read only.
type Rows[E any] struct {
	keys    state.Keys
	slots   map[string]int
	rows    []*E
	changed []*E
	scratch []byte
	typ     *schema.Type
}

// Len returns how many keys there are.
func (r *Rows[E]) Len() int { return len(r.rows) }

// All returns the latest value of each key, in the order in which the keys were first seen.
func (r *Rows[E]) All() iter.Seq[*E] {
	return func(yield func(*E) bool) {
		for _, v := range r.rows {
			if !yield(v) {
				return
			}
		}
	}
}

// Changed returns the values that this tick has brought. Do not keep the slice.
func (r *Rows[E]) Changed() []*E { return r.changed }

// Get returns the latest value with the key that like has, and whether there is one.
func (r *Rows[E]) Get(like *E) (*E, bool) {
	r.scratch = r.keys.Append(r.scratch[:0], recordOf(r.typ, like))
	slot, ok := r.slots[string(r.scratch)]
	if !ok {
		return nil, false
	}
	return r.rows[slot], true
}

func (r *Rows[E]) put(rec schema.Record) {
	v := valueOf[E](rec)
	r.changed = append(r.changed, v)
	r.scratch = r.keys.Append(r.scratch[:0], rec)
	if slot, ok := r.slots[string(r.scratch)]; ok {
		r.rows[slot] = v
		return
	}
	r.slots[string(r.scratch)] = len(r.rows)
	r.rows = append(r.rows, v)
}

// recordOf and valueOf go from an E, which is a user's struct or a schema.Record, to a record and back.
func recordOf[E any](t *schema.Type, v *E) schema.Record {
	if r, ok := any(v).(*schema.Record); ok {
		return *r
	}
	return schema.RecordOf(any(v).(*E))
}

func valueOf[E any](r schema.Record) *E {
	var e E
	if at, ok := any(&e).(*schema.Record); ok {
		*at = r
		return &e
	}
	v, _ := schema.As[E](r)
	return v
}

// StateRows returns the state view with the alias as a ticking edge, for Connect; it may be declared later, by another
// module or the model. E is the type of a value, or of an element of a list. If there is no such view, or it is of
// values of another type, Build fails and says so.
func StateRows[E any](b *Bus, alias string) engine.Edge[*Rows[E]] {
	d := engine.NewDelayed[*Rows[E]](b.g.graph)
	module := b.g.connecting
	b.g.later = append(b.g.later, func() {
		v := b.g.views[alias]
		if v == nil {
			b.g.blame(fmt.Errorf("module %q: reads state %q, which there is not (has: %s)", module, alias, list(b.g.viewNames)))
			return
		}
		if err := d.Bind(rowsOf[E](b.g, v, module)); err != nil {
			b.g.blame(fmt.Errorf("module %q: state %q: %w", module, alias, err))
		}
	})
	return d.Edge()
}

// rowsOf makes the node that keeps the rows of a view.
func rowsOf[E any](g *Gateway, v *view, module string) engine.Edge[*Rows[E]] {
	keys, err := state.KeysOf(v.port.Type, v.keys)
	if err != nil {
		g.blame(fmt.Errorf("channel %q: state %q: %w", v.port.Name, v.alias, err))
	}
	if valueOf[E](v.port.Type.New()) == nil {
		g.blame(fmt.Errorf("module %q: reads state %q as %T, its values are %s", module, v.alias, *new(E), v.port.Type.Name))
	}
	rows := &Rows[E]{keys: keys, slots: map[string]int{}, typ: v.port.Type}
	n := g.graph.Node("state " + v.alias)
	var ins []*engine.In[*Tick]
	for _, l := range v.lanes {
		l.readBy(module)
		ins = append(ins, engine.Use(n, l.wire.ticks()))
	}
	out := engine.Emit[*Rows[E]](n)
	n.OnTick(func() {
		clear(rows.changed)
		rows.changed = rows.changed[:0]
		for _, in := range ins {
			if in.Ticked() {
				for _, rec := range in.Get().Records {
					rows.put(rec)
				}
			}
		}
		out.Set(rows)
	})
	return out.Edge()
}
