package stats

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A multiset is a sorted slice, only faster.
func TestMultisetIsASortedSlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m multiset
		m.clear()
		var model []float64
		value := rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(0, 30).Draw(t, "v")) })
		t.Repeat(map[string]func(*rapid.T){
			"insert": func(t *rapid.T) {
				v := value.Draw(t, "value")
				m.insert(v)
				i, _ := slices.BinarySearch(model, v)
				model = slices.Insert(model, i, v)
			},
			"remove": func(t *rapid.T) {
				if len(model) == 0 {
					t.Skip()
				}
				i := rapid.IntRange(0, len(model)-1).Draw(t, "i")
				m.remove(model[i])
				model = slices.Delete(model, i, i+1)
			},
			"clear": func(t *rapid.T) {
				if rapid.IntRange(0, 9).Draw(t, "rarely") == 0 {
					m.clear()
					model = nil
				}
			},
			"": func(t *rapid.T) {
				m.check(t, m.root)
				if m.len() != len(model) {
					t.Fatalf("got length %d, want %d", m.len(), len(model))
				}
				for i, v := range model {
					if got := m.nth(i); got != v {
						t.Fatalf("nth(%d): got %v, want %v", i, got, v)
					}
				}
				v := value.Draw(t, "probe")
				first, _ := slices.BinarySearch(model, v)
				last, _ := slices.BinarySearch(model, v+0.5)
				if less, equal := m.rank(v); less != first || equal != last-first {
					t.Fatalf("rank(%v): got %d, %d, want %d, %d", v, less, equal, first, last-first)
				}
			},
		})
	})
}

// check compares sizes, order and priorities below t with what they must be.
func (m *multiset) check(tb *rapid.T, t int32) {
	if t == 0 {
		return
	}
	n := m.nodes[t]
	for _, below := range []int32{n.left, n.right} {
		if below != 0 && m.nodes[below].pri > n.pri {
			tb.Fatalf("node %d: a higher priority lies below", t)
		}
		m.check(tb, below)
	}
	if want := n.count + m.nodes[n.left].size + m.nodes[n.right].size; n.size != want || n.count < 1 {
		tb.Fatalf("node %d: got size %d and count %d, want size %d", t, n.size, n.count, want)
	}
}
