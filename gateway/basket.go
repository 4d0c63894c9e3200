package gateway

import (
	"fmt"
	"reflect"
	"slices"

	"gw/engine"
	"gw/schema"
)

// Basket is a channel of one edge a key, that tick apart and are read together. K is a string type, whose keys come from
// the tag keys:"a,b,c", from a DynamicKeyer or from both, or an enum (schema.Enumeration), whose members are the keys.
// T is as for Channel.
type Basket[K comparable, T any] struct {
	port  *Port
	keys  []K
	wires map[K]*wire[T]
	push  *engine.PushAdapter[[]keyed[T]]
}

// Name returns the name of the channel, "" outside a gateway.
func (b *Basket[K, T]) Name() string {
	if b.port == nil {
		return ""
	}
	return b.port.Name
}

// Graph returns the graph to make timers, sources and nodes on.
func (b *Basket[K, T]) Graph() *engine.Graph { return b.port.g.graph }

// Keys returns the keys in their order.
func (b *Basket[K, T]) Keys() []K { return slices.Clone(b.keys) }

// KeyName returns the name of a key on the wire, "" if there is no such key.
func (b *Basket[K, T]) KeyName(k K) string {
	if i := slices.Index(b.keys, k); i >= 0 {
		return b.port.keys[i]
	}
	return ""
}

// At returns the edge of one key, as Channel.Get does. An unknown key is an error of the module, found by Build.
func (b *Basket[K, T]) At(k K) engine.Edge[T] {
	if w := b.wire(k); w != nil {
		return w.get()
	}
	return engine.Null[T](b.port.g.graph)
}

// All returns the edges of all keys.
func (b *Basket[K, T]) All() engine.Basket[K, T] {
	edges := make([]engine.Edge[T], len(b.keys))
	for i, k := range b.keys {
		edges[i] = b.At(k)
	}
	return engine.NewBasket(b.Keys(), edges)
}

// Set makes e tick one key, as Channel.Set does. An unknown key is an error of the module, found by Build.
func (b *Basket[K, T]) Set(k K, e engine.Edge[T]) {
	if w := b.wire(k); w != nil {
		w.set(e, "")
	}
}

// Override makes e take the place of all setters of one key, as Channel.Override does.
func (b *Basket[K, T]) Override(k K, e engine.Edge[T]) {
	if w := b.wire(k); w != nil {
		w.replace(e)
	}
}

// Send lets the basket and each of its keys take values from outside.
func (b *Basket[K, T]) Send() {
	if b.push != nil {
		return
	}
	for i, e := range b.sent() {
		w := b.wires[b.keys[i]]
		w.set(e, sendLabel(b.Name()))
	}
}

// State declares a state view of one key, as Channel.State does; the alias must be given.
func (b *Basket[K, T]) State(alias string, k K, keys ...string) {
	if w := b.wire(k); w != nil {
		b.port.g.declare(view{alias: alias, port: b.port, lanes: []*lane{w.lane}, keys: keys})
	}
}

func (b *Basket[K, T]) wire(k K) *wire[T] {
	w := b.wires[k]
	if w == nil {
		b.port.g.blame(fmt.Errorf("channel %q: no such key (got %q, has: %s)", b.Name(), fmt.Sprint(k), list(b.port.keys)))
	}
	return w
}

// bind makes the basket part of a gateway.
func (b *Basket[K, T]) bind(g *Gateway, s portSpec) (*Port, error) {
	v, err := valuesOf[T](s.typ)
	if err != nil {
		return nil, err
	}
	keys, names, enum, err := keysOf[K](s.keys)
	if err != nil {
		return nil, err
	}
	p := &Port{Name: s.name, Kind: KindBasket, Enum: enum, g: g, keys: names, byKey: map[string]*lane{}}
	p.Type, p.List = v.kind()
	p.keyValues = valuesOfKeys[K]()
	*b = Basket[K, T]{port: p, keys: keys, wires: make(map[K]*wire[T], len(keys))}
	for i, k := range keys {
		if p.byKey[names[i]] != nil {
			return nil, fmt.Errorf("key %q is there twice", names[i])
		}
		b.wires[k] = newWire(g.addLane(p, names[i]), v)
	}
	return p, nil
}

// keysOf returns the keys of a basket and their names: the members of an enum, or the names given for a string type.
func keysOf[K comparable](given []string) (keys []K, names []string, enum bool, err error) {
	var zero K
	if e, ok := any(zero).(schema.Enumeration); ok {
		if len(given) > 0 {
			return nil, nil, true, fmt.Errorf("the keys of an enum are its members; got keys %s", list(given))
		}
		return membersOf[K](e)
	}
	rt := reflect.TypeFor[K]()
	if rt.Kind() != reflect.String {
		return nil, nil, false, fmt.Errorf("keys of type %s: want a string type or one with Members", rt)
	}
	if len(given) == 0 {
		return nil, nil, false, fmt.Errorf("no keys; give them in a keys tag or by a module's DynamicKeys")
	}
	for _, name := range given {
		keys = append(keys, reflect.ValueOf(name).Convert(rt).Interface().(K))
	}
	return keys, given, false, nil
}

func membersOf[K comparable](e schema.Enumeration) (keys []K, names []string, enum bool, err error) {
	for _, m := range e.Members() {
		var k K
		switch v := reflect.ValueOf(&k).Elem(); {
		case v.CanInt():
			v.SetInt(m.Value)
		case v.CanUint():
			v.SetUint(uint64(m.Value))
		case v.Kind() == reflect.String:
			v.SetString(m.Name)
		default:
			return nil, nil, true, fmt.Errorf("keys of type %s: want an integer or string type", v.Type())
		}
		keys, names = append(keys, k), append(names, m.Name)
	}
	return keys, names, true, nil
}
