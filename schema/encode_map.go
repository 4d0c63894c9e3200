package schema

import (
	"reflect"
	"sort"
	"unsafe"
)

// mapScratch is where the members of a map are laid out and sorted, kept between calls so that writing a map
// does not allocate.
type mapScratch struct {
	iter       reflect.MapIter
	keys, vals reflect.Value // slices, addressable
	order      []int
	value      *Value
}

func newMapScratch(rt reflect.Type) *mapScratch {
	return &mapScratch{
		keys: reflect.New(reflect.SliceOf(rt.Key())).Elem(),
		vals: reflect.New(reflect.SliceOf(rt.Elem())).Elem(),
	}
}

// load copies the members of the map at p.
func (s *mapScratch) load(v *Value, p unsafe.Pointer) {
	m := reflect.NewAt(v.Go, p).Elem()
	n := m.Len()
	for _, slice := range []reflect.Value{s.keys, s.vals} {
		slice.SetLen(0)
		slice.Grow(n)
		slice.SetLen(n)
	}
	s.value, s.order = v, s.order[:0]
	s.iter.Reset(m)
	for s.iter.Next() {
		i := len(s.order)
		s.keys.Index(i).SetIterKey(&s.iter)
		s.vals.Index(i).SetIterValue(&s.iter)
		s.order = append(s.order, i)
	}
	s.iter.Reset(reflect.Value{})
	sort.Sort(s)
}

// free lets go of the members and returns s to its pool.
func (s *mapScratch) free(v *Value) {
	s.keys.Clear()
	s.vals.Clear()
	v.scratch.Put(s)
}

func (s *mapScratch) key(i int) unsafe.Pointer {
	return s.keys.Index(s.order[i]).Addr().UnsafePointer()
}
func (s *mapScratch) val(i int) unsafe.Pointer {
	return s.vals.Index(s.order[i]).Addr().UnsafePointer()
}

func (s *mapScratch) Len() int      { return len(s.order) }
func (s *mapScratch) Swap(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] }

// Less orders text keys by their bytes and enum keys by name, numbers and days by value.
func (s *mapScratch) Less(i, j int) bool {
	key := s.value.Key
	switch key.Kind {
	case String:
		return *(*string)(s.key(i)) < *(*string)(s.key(j))
	case Enum:
		return key.enumName(s.key(i)) < key.enumName(s.key(j))
	}
	return loadInt(s.key(i), key.base) < loadInt(s.key(j), key.base)
}

// appendMap appends the map at p, keys in order.
func (v *Value) appendMap(dst []byte, p unsafe.Pointer) []byte {
	if *(*unsafe.Pointer)(p) == nil {
		return append(dst, "{}"...)
	}
	s := v.scratch.Get().(*mapScratch)
	s.load(v, p)
	dst = append(dst, '{')
	for i := range s.order {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = v.Key.appendKey(dst, s.key(i))
		dst = append(dst, ':')
		dst = v.Elem.append(dst, s.val(i))
	}
	s.free(v)
	return append(dst, '}')
}

// appendKey appends the map key at p, which is always a JSON string.
func (v *Value) appendKey(dst []byte, p unsafe.Pointer) []byte {
	if v.Kind != Int {
		return v.append(dst, p)
	}
	dst = append(dst, '"')
	dst = v.append(dst, p)
	return append(dst, '"')
}
