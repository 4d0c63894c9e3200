package op_test

import (
	"math"
	"time"

	"gw/engine/op"
)

// Operators that make one edge of another, each value by itself.
func ExampleMap() {
	t := newSheet()
	x := of(t, 1, 2, 2, 3)
	tell(t, "map", op.Map(x, func(v int) string { return "n" + string(rune('0'+v)) }))
	tell(t, "map in place", op.MapPtr(x, func(v *int) int { return *v * 10 }))
	tell(t, "cast", op.Cast[float64](x))
	tell(t, "filter", op.Filter(x, func(v *int) bool { return *v > 1 }))
	tell(t, "filter and map", op.FilterMap(x, func(v *int) (float64, bool) { return float64(*v) / 2, *v%2 == 1 }))
	tell(t, "times", op.Times(x))
	t.run()
	// Output:
	// map 1:n1 2:n2 3:n2 4:n3
	// map in place 1:10 2:20 3:20 4:30
	// cast 1:1 2:2 3:2 4:3
	// filter 2:2 3:2 4:3
	// filter and map 1:0.5 4:1.5
	// times 1:1970-01-01T00:00:00.000000001Z 2:1970-01-01T00:00:00.000000002Z 3:1970-01-01T00:00:00.000000003Z 4:1970-01-01T00:00:00.000000004Z
}

// Operators that look at what came before.
func ExampleScan() {
	t := newSheet()
	x := of(t, 1, 2, 2, 4)
	f := of(t, 1.0, 1.1, math.NaN(), 3)
	tell(t, "count", op.Count(x))
	tell(t, "sum", op.Accum(x, 100))
	tell(t, "product", op.Scan(x, 1, func(product, v *int) { *product *= *v }))
	tell(t, "first two", op.FirstN(x, 2))
	tell(t, "new ones", op.DropDups(x))
	tell(t, "new by parity", op.DropDupsFunc(x, func(last, v *int) bool { return *last%2 == *v%2 }))
	tell(t, "moved by 1", op.DropNear(op.DropNaNs(f), 1))
	tell(t, "one tick ago", op.Lag(x, 1))
	tell(t, "since one tick ago", op.Diff(x, 1))
	tell(t, "2 ns ago", op.LagTime(x, 2))
	tell(t, "since 2 ns ago", op.DiffTime(x, 2))
	tell(t, "10 ns later", op.Delay(x, 10))
	t.run()
	// Output:
	// count 1:1 2:2 3:3 4:4
	// sum 1:101 2:103 3:105 4:109
	// product 1:1 2:2 3:4 4:16
	// first two 1:1 2:2
	// new ones 1:1 2:2 4:4
	// new by parity 1:1 2:2
	// moved by 1 1:1 4:3
	// one tick ago 2:1 3:2 4:2
	// since one tick ago 2:1 3:0 4:2
	// 2 ns ago 3:1 4:2
	// since 2 ns ago 3:1 4:2
	// 10 ns later 11:1 12:2 13:2 14:4
}

// Operators with a second edge that says when, or whether.
func ExampleSample() {
	t := newSheet()
	x, flag := of(t, 1, 2, 3, 4), of(t, true, false, true)
	tell(t, "sample", op.Sample(flag, x))
	tell(t, "filter", op.FilterBy(flag, x))
	yes, no := op.Split(flag, x)
	tell(t, "yes", yes)
	tell(t, "no", no)
	tell(t, "gate", op.Gate(x, flag))
	tell(t, "gate by tick", op.GateTick(x, flag))
	tell(t, "default", op.Default(op.Delay(x, 5), -1, time.Duration(2)))
	tell(t, "unroll", op.Unroll(of(t, []int{7, 8}, []int{9})))
	t.run()
	// Output:
	// sample 1:1 2:2 3:3
	// filter 1:1 3:3 4:4
	// yes 1:1 3:3 4:4
	// no 2:2
	// gate 1:[1] 3:[2 3] 4:[4]
	// gate by tick 1:[1] 3:[2 3]
	// default 2:-1 6:1 7:2 8:3 9:4
	// unroll 1:7 1:8 2:9
}
