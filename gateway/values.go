package gateway

import (
	"fmt"
	"reflect"
	"unsafe"

	"gw/schema"
)

// values knows how the value T of a channel is made of records. There are four: a struct of the user's, a slice of them,
// and the same of schema.Record for types known at run time only.
type values[T any] interface {
	kind() (*schema.Type, bool)
	// own makes v, which a setter gave, the channel's: what others could still write is copied and each base is filled.
	own(v *T, fill func(*schema.Struct)) error
	// tick makes the one copy of v that leaves the engine. What is kept for longer than the tick lies apart from it.
	tick(v *T, kept bool) *Tick
	// of makes a T of decoded records.
	of(recs []schema.Record) T
}

// valuesOf finds the values of T. spec is the type of the records if T is made of schema.Record.
func valuesOf[T any](spec *schema.Type) (values[T], error) {
	switch any((*T)(nil)).(type) {
	case *schema.Record:
		return typedValues[T](recordValues{spec}, spec)
	case *[]schema.Record:
		return typedValues[T](recordListValues{spec}, spec)
	}
	rt := reflect.TypeFor[T]()
	if rt.Kind() == reflect.Slice {
		typ, err := baseType(rt.Elem())
		return listValues[T]{typ, rt}, err
	}
	typ, err := baseType(rt)
	return structValues[T]{typ}, err
}

func typedValues[T any](v any, spec *schema.Type) (values[T], error) {
	if spec == nil {
		return nil, fmt.Errorf("a channel of schema.Record has no type; declare it with Model.Add")
	}
	return v.(values[T]), baseless(spec)
}

func baseType(rt reflect.Type) (*schema.Type, error) {
	typ, err := schema.TypeOf(rt)
	if err != nil {
		return nil, err
	}
	return typ, baseless(typ)
}

// baseless says why a type cannot travel on a channel.
func baseless(t *schema.Type) error {
	if t.HasBase {
		return nil
	}
	return fmt.Errorf("type %s does not embed gateway.Struct as its first field", t.Name)
}

// tickOf lays a tick and the value it carries side by side.
type tickOf[T any] struct {
	Tick
	value T
}

type structValues[T any] struct{ typ *schema.Type }

func (s structValues[T]) kind() (*schema.Type, bool) { return s.typ, false }

func (s structValues[T]) own(v *T, fill func(*schema.Struct)) error {
	s.typ.At(unsafe.Pointer(v)).EachBase(fill)
	return nil
}

func (s structValues[T]) tick(v *T, kept bool) *Tick {
	if kept {
		value := *v
		return oneTick(&Tick{}, s.typ.At(unsafe.Pointer(&value)))
	}
	t := &tickOf[T]{value: *v}
	return oneTick(&t.Tick, s.typ.At(unsafe.Pointer(&t.value)))
}

// oneTick makes r all that t carries.
func oneTick(t *Tick, r schema.Record) *Tick {
	t.one[0] = r
	t.Records = t.one[:]
	return t
}

func (s structValues[T]) of(recs []schema.Record) T { return *(*T)(recs[0].Pointer()) }

type listValues[T any] struct {
	typ *schema.Type
	rt  reflect.Type // the slice
}

func (l listValues[T]) kind() (*schema.Type, bool) { return l.typ, true }

func (l listValues[T]) own(v *T, fill func(*schema.Struct)) error {
	given := reflect.ValueOf(v).Elem()
	copied := reflect.MakeSlice(l.rt, given.Len(), given.Len())
	reflect.Copy(copied, given)
	given.Set(copied)
	for i := range copied.Len() {
		l.at(copied, i).EachBase(fill)
	}
	return nil
}

func (l listValues[T]) at(list reflect.Value, i int) schema.Record {
	return l.typ.At(list.Index(i).Addr().UnsafePointer())
}

// tick shares the list, which own has copied.
func (l listValues[T]) tick(v *T, _ bool) *Tick {
	list := reflect.ValueOf(v).Elem()
	t := &Tick{Records: make([]schema.Record, list.Len())}
	for i := range t.Records {
		t.Records[i] = l.at(list, i)
	}
	return t
}

func (l listValues[T]) of(recs []schema.Record) T {
	var v T
	list := reflect.MakeSlice(l.rt, len(recs), len(recs))
	for i, r := range recs {
		list.Index(i).Set(r.Value())
	}
	reflect.ValueOf(&v).Elem().Set(list)
	return v
}
