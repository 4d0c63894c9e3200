package op

import "gw/engine"

// Gate keeps the values of e while the last value of release is false or missing, and lets them through while it is true: those kept
// tick together when release turns true. The slice is reused by the next tick. The values kept are not bounded.
func Gate[T any](e engine.Edge[T], release engine.Edge[bool]) engine.Edge[[]T] {
	return gate(e, release, func(open *engine.In[bool]) bool { return open.Get() })
}

// GateTick is [Gate] that opens only for the cycles in which release ticks with true.
func GateTick[T any](e engine.Edge[T], release engine.Edge[bool]) engine.Edge[[]T] {
	return gate(e, release, func(open *engine.In[bool]) bool { return open.Ticked() && open.Get() })
}

func gate[T any](e engine.Edge[T], release engine.Edge[bool], isOpen func(*engine.In[bool]) bool) engine.Edge[[]T] {
	n := node(e, "gate")
	in, open, out := engine.Use(n, e), engine.Use(n, release), engine.Emit[[]T](n)
	var kept, spare []T
	n.OnStart(func() error { kept, spare = nil, nil; return nil })
	n.Keep(1, &kept, &spare)
	n.OnTick(func() {
		if in.Ticked() {
			kept = append(kept, *in.Ptr())
		}
		if len(kept) == 0 || !isOpen(open) {
			return
		}
		out.Set(kept)
		clear(spare)
		kept, spare = spare[:0], kept
	})
	return out.Edge()
}
