package op

import "gw/engine"

// FirstN returns the edge of the first count values of e. Afterwards e does not call the node any more.
func FirstN[T any](e engine.Edge[T], count int) engine.Edge[T] {
	n := node(e, "firstn")
	in, out, taken := engine.Use(n, e), engine.Emit[T](n), 0
	n.Keep(1, &taken)
	n.OnStart(func() error {
		taken = 0
		in.Active()
		if count <= 0 {
			in.Passive()
		}
		return nil
	})
	n.OnTick(func() {
		out.Set(*in.Ptr())
		if taken++; taken == count {
			in.Passive()
		}
	})
	return out.Edge()
}
