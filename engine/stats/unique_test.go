package stats

import (
	"testing"

	"pgregory.net/rapid"
)

// The table of unique values is a map of counts, only without allocations.
func TestUniqueIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := &unique{scale: 1}
		model := map[float64]int{}
		keys := rapid.IntRange(1, 300).Draw(t, "keys")
		for _, v := range rapid.SliceOfN(rapid.IntRange(0, 2*keys), 0, 600).Draw(t, "values") {
			x := float64(v/2) * 1024
			switch {
			case v%2 == 0:
				model[x]++
				u.add([]float64{x}, 0)
			case model[x] > 0:
				if model[x]--; model[x] == 0 {
					delete(model, x)
				}
				u.remove([]float64{x})
			}
			if u.n != len(model) {
				t.Fatalf("got %d, want %d", u.n, len(model))
			}
		}
		for x, n := range model {
			if got := u.slots[u.find(x)].count; got != n {
				t.Fatalf("%v: got %d times, want %d", x, got, n)
			}
		}
	})
}
