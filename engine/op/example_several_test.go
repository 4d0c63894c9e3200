package op_test

import (
	"fmt"

	"gw/engine"
	"gw/engine/op"
)

// Operators that bring edges of one type together.
func ExampleMerge() {
	t := newSheet()
	x, y := of(t, 1, 2, 3), op.Delay(of(t, 10, 20), 1)
	tell(t, "merge", op.Merge(x, y))
	tell(t, "flatten", op.Flatten(x, y))
	tell(t, "collect", op.Collect(x, y))
	tell(t, "back", op.WrapFeedback(x))
	late := op.NewDelayedCollect[int](t.g)
	late.Add(x) // one module
	late.Add(y) // and another
	tell(t, "collected", late.Edge())
	t.run()
	// Output:
	// merge 1:1 2:2 3:3
	// flatten 1:1 2:2 2:10 3:3 3:20
	// collect 1:[1] 2:[2 10] 3:[3 20]
	// back 1:1 2:2 3:3
	// collected 1:[1] 2:[2 10] 3:[3 20]
}

// Functions of several edges tick when all have a value.
func ExampleCombine2() {
	t := newSheet()
	a, b := of(t, 7, 8, 9), op.Delay(of(t, 2, 3), 1)
	tell(t, "any", op.Combine2(a, b, func(a, b int) string { return fmt.Sprint(a, "&", b) }))
	tell(t, "three", op.Combine3(a, b, a, func(a, b, c int) int { return a + b + c }))
	tell(t, "all", op.CombineAll([]engine.Edge[int]{a, b}, func(v []int) int { return len(v) }))
	tell(t, "add", op.Add(a, b))
	tell(t, "sub", op.Sub(a, b))
	tell(t, "mul", op.Mul(a, b))
	tell(t, "div", op.Div(a, b))
	tell(t, "floor div", op.FloorDiv(a, b))
	tell(t, "mod", op.Mod(a, b))
	tell(t, "pow", op.Pow(a, b))
	tell(t, "min", op.Min(a, b))
	tell(t, "max", op.Max(a, b))
	tell(t, "neg", op.Neg(a))
	tell(t, "abs", op.Abs(op.Neg(a)))
	tell(t, "real", op.Real(a, func(x float64) float64 { return x * x }))
	tell(t, "complement", op.BitNot(a))
	t.run()
	// Output:
	// any 2:8&2 3:9&3
	// three 2:18 3:21
	// all 2:2 3:2
	// add 2:10 3:12
	// sub 2:6 3:6
	// mul 2:16 3:27
	// div 2:4 3:3
	// floor div 2:4 3:3
	// mod 2:0 3:0
	// pow 2:64 3:729
	// min 2:2 3:3
	// max 2:8 3:9
	// neg 1:-7 2:-8 3:-9
	// abs 1:7 2:8 3:9
	// real 1:49 2:64 3:81
	// complement 1:-8 2:-9 3:-10
}

// Comparisons and logic.
func ExampleAnd() {
	t := newSheet()
	a, b := of(t, 1, 5), of(t, 3, 3)
	less, equal := op.Lt(a, b), op.Eq(a, b)
	tell(t, "and", op.And(less, equal))
	tell(t, "or", op.Or(less, equal))
	tell(t, "not", op.Not(less))
	tell(t, "ne", op.Ne(a, b))
	tell(t, "le", op.Le(a, b))
	tell(t, "gt", op.Gt(a, b))
	tell(t, "ge", op.Ge(a, b))
	t.run()
	// Output:
	// and 1:false 2:false
	// or 1:true 2:false
	// not 1:false 2:true
	// ne 1:true 2:true
	// le 1:true 2:false
	// gt 1:false 2:true
	// ge 1:false 2:true
}

// The edges of a basket are chosen by a key, made by a key, sampled and mapped together.
func ExampleMultiplex() {
	t := newSheet()
	x := of(t, 11, 22, 31, 12)
	key := of(t, "a", "a", "b", "c")
	last := op.Demultiplex(x, []int{1, 2}, func(v *int) int { return *v % 10 })
	tell(t, "by value: 1", last.At(1))
	byKey := op.DemultiplexBy(x, key, []string{"a", "b"})
	tell(t, "by key: a", byKey.At("a"))
	tell(t, "chosen", op.Multiplex(byKey, key))
	tell(t, "chosen, on a new key too", op.Multiplex(byKey, key, op.TickOnKey))
	tell(t, "negative b", op.MapBasket(byKey, func(v int) int { return -v }).At("b"))
	tell(t, "sampled a", op.SampleBasket(key, byKey).At("a"))
	tell(t, "those that tick", op.CollectBasket(byKey))
	t.run()
	// Output:
	// by value: 1 1:11 3:31
	// by key: a 1:11 2:22
	// chosen 1:11 2:22 3:31
	// chosen, on a new key too 1:11 2:22 3:31
	// negative b 3:-31
	// sampled a 1:11 2:22 3:22 4:22
	// those that tick 1:[11] 2:[22] 3:[31]
}

// A key that is not there may be an error.
func ExampleKeyOption() {
	t := newSheet()
	op.Demultiplex(of(t, 11, 22, 33), []int{1, 2}, func(v *int) int { return *v % 10 }, op.FailOnBadKey)
	t.run()
	// Output:
	// error: node "demultiplex" (cycle 3 at 1970-01-01T00:00:00.000000003Z): key 3 is not in the basket
}

// The edges of a basket are brought to tick together.
func ExampleSync() {
	t := newSheet()
	bid, ask := of(t, 1, 2, 3, 4), op.Delay(of(t, 10, 20), 1)
	quotes := engine.NewBasket([]string{"bid", "ask"}, []engine.Edge[int]{bid, ask})
	tell(t, "together", op.CollectBasket(op.Sync(quotes, op.SyncConfig{Threshold: 1})))
	tell(t, "complete", op.CollectBasket(op.Sync(quotes, op.SyncConfig{Threshold: 1, Complete: true})))
	tell(t, "from a trigger", op.CollectBasket(op.SyncOn(ask, quotes, op.SyncConfig{Threshold: 1})))
	t.run()
	// Output:
	// together 2:[2 10] 3:[3 20] 5:[4]
	// complete 2:[2 10] 3:[3 20]
	// from a trigger 2:[2 10] 3:[3 20]
}

// Keys appear as they come, and go when they are told to.
func ExampleDynamicDemultiplex() {
	t := newSheet()
	x := of(t, 11, 12, 21, 31)
	key := func(v *int) int { return *v % 10 }
	tell(t, "as they come", op.DynamicCollect(op.DynamicDemultiplex(x, key)))
	sum := func(s *engine.SubGraph[int, int]) engine.Edge[int] { return op.Accum(s.Value, 0) }
	until := op.DynamicDemultiplexUntil(x, key, op.Delay(of(t, 1), 2))
	tell(t, "sums by key", op.DynamicCollect(engine.Dynamic(until, "sums", sum)))
	t.run()
	// Output:
	// as they come 1:[{1 11}] 2:[{2 12}] 3:[{1 21}] 4:[{1 31}]
	// sums by key 1:[{1 11}] 2:[{2 12}] 3:[{1 32}] 4:[{1 63}]
}
