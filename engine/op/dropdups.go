package op

import "gw/engine"

// DropDups returns the edge of the values of e that differ from the one before.
func DropDups[T comparable](e engine.Edge[T]) engine.Edge[T] {
	return DropDupsFunc(e, func(a, b *T) bool { return *a == *b })
}

// DropDupsFunc returns the edge of the values of e for which same is false when compared with the last value that was let through.
func DropDupsFunc[T any](e engine.Edge[T], same func(last, v *T) bool) engine.Edge[T] {
	n := node(e, "dropdups")
	in, out := engine.Use(n, e), engine.Emit[T](n)
	any := false
	n.OnStart(func() error { any = false; return nil })
	n.Keep(1, &any)
	n.OnTick(func() {
		if !any || !same(out.Slot(), in.Ptr()) {
			any = true
			out.Set(*in.Ptr())
		}
	})
	return out.Edge()
}
