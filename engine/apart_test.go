package engine

import (
	"reflect"
	"testing"
)

// TestProducersAndEngineShareNoCacheLine: one field on the wrong side costs a push three quarters of its speed.
func TestProducersAndEngineShareNoCacheLine(t *testing.T) {
	for _, tc := range []struct {
		of    reflect.Type
		sides [][]string // fields that different goroutines write, or only read
	}{
		{reflect.TypeFor[PushAdapter[int]](), [][]string{
			{"node", "q", "cfg", "grain"},
			{"in", "first", "told", "stats", "waiter", "voids", "taken"},
			{"one", "burst", "out", "pos", "ready"},
		}},
		{reflect.TypeFor[PushGroup](), [][]string{{"name", "q", "g"}, {"order", "first", "told"}, {"ready", "ticked"}}},
		{reflect.TypeFor[intake](), [][]string{{"g", "room", "bell"}, {"flags"}, {"mu", "state", "asleep", "told"}}},
	} {
		named := 0
		var end uintptr // of the side before
		for i, side := range tc.sides {
			start, next := tc.of.Size(), end
			for _, name := range side {
				f, ok := tc.of.FieldByName(name)
				if !ok {
					t.Fatalf("%v has no field %s", tc.of, name)
				}
				start, next = min(start, f.Offset), max(next, f.Offset+f.Type.Size())
				named++
			}
			if i > 0 && start < end+reflect.TypeFor[apart]().Size() {
				t.Errorf("%v: field %s and those beside it begin at %d, those of the side before end at %d", tc.of, side[0], start, end)
			}
			end = next
		}
		for i := range tc.of.NumField() {
			if tc.of.Field(i).Name != "_" {
				named--
			}
		}
		if named != 0 {
			t.Errorf("%v has %d fields that are on no side", tc.of, -named)
		}
	}
}
