package omnibus

import "gw/engine"

// ExampleModuleFeedback sets a channel that it also reads. The gateway sees the loop and cuts it with a feedback: what
// this module sets arrives on the channel one engine cycle later, at the same time.
type ExampleModuleFeedback struct{}

// Connect answers each even x on example with x+1, on the same channel and on one key of the basket.
func (m *ExampleModuleFeedback) Connect(ch *Channels) error {
	n := ch.Example.Graph().Node("even")
	example, next := engine.Use(n, ch.Example.Get()), engine.Emit[ExampleData](n)
	n.OnTick(func() {
		v := example.Ptr() // in place and read only; Get would copy
		if x, ok := v.X.Get(); ok && x%2 == 0 {
			next.Set(newExample(n.Now(), x+1, v.Y))
		}
	})
	ch.Example.Set(next.Edge())
	ch.Basket.Set(A, next.Edge())
	return nil
}
