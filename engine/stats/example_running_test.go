package stats_test

import (
	"fmt"

	"gw/engine/stats"
)

// A window that is not an edge's tells the statistic what comes and goes.
func ExampleNewRunning() {
	var mean *stats.Running = stats.NewRunning("mean")
	window := []float64{}
	for _, x := range []float64{1, 2, 6, 10} {
		window = append(window, x)
		mean.Add(x)
		if len(window) > 2 {
			mean.Remove(window[0])
			window = window[1:]
		}
		if mean.Stale() { // after much larger values than those that are left
			mean.Clear()
			for _, x := range window {
				mean.Add(x)
			}
		}
		fmt.Println(window, mean.Value())
	}
	// Output:
	// [1] 1
	// [1 2] 1.5
	// [2 6] 4
	// [6 10] 8
}
