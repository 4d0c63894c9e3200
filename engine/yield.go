package engine

import "runtime"

// yield lets the engine run at once, after it was woken: it sits behind the pushing goroutine on that one's processor. Once in 61
// times Go's scheduler looks into its global queue first and would go on with the pusher, who may then keep the processor for
// milliseconds; a second yield is not looked at that way.
func (q *intake) yield() {
	for range 2 {
		runtime.Gosched()
		if q.flags.Load()&flagIntake == 0 {
			return
		}
	}
}
