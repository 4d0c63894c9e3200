package engine

// What wants the attention of the run loop between two cycles.
const (
	flagIntake  uint32 = 1 << iota // pushed values
	flagControl                    // Control was called
	flagStatus                     // somebody wants to know time and cycle
	flagWatch                      // Profile or Trace was called
	flagStop                       // a node ends the run
	flagCancel                     // the context is done
)

const flagsEnd = flagStop | flagCancel

// raise asks for attention and wakes the loop if it sleeps. Any goroutine.
func (g *Graph) raise(flag uint32) {
	q := g.intake
	q.flags.Or(flag)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ring()
}
