package gateway

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
)

// A module is any value with a method Connect that takes the model given to New, or a *Bus, and returns an error:
//
//	func (m *VWAP) Connect(ch *Channels) error
//	func (p *Print) Connect(bus *gateway.Bus) error
//	func (m *Both) Connect(ch *Channels, bus *gateway.Bus) error
//
// Its life: DynamicKeys, DynamicChannels and DynamicStates (before any Connect), Connect (once, in the order of New),
// Requires, the run, Info, Shutdown. What it can do beyond Connect are the interfaces here, one method each; what it
// can be told is ModuleOptions.

// Requirer is a module that cannot work unless something provides the channels it names; Build fails otherwise.
type Requirer interface {
	Requires() []string
}

// Shutdowner is a module with something to close. Shutdown is called once after the engine has stopped, however it did,
// if Connect was called. ctx ends when RunConfig.ShutdownLimit is over. Modules are shut down at the same time.
type Shutdowner interface {
	Shutdown(ctx context.Context) error
}

// DynamicKeyer is a module that knows keys of string baskets: DynamicKeys maps channels to them. The keys of one module
// stay in its order; those of several modules are sorted, so that the order of modules does not matter.
type DynamicKeyer interface {
	DynamicKeys() map[string][]string
}

// Informer is a module with something to tell who starts the gateway: a line each, such as an address. Info is called
// once the engine runs.
type Informer interface {
	Info() []string
}

// Namer is a module that is called something else than its type in errors and in the topology; "" leaves the type's name.
type Namer interface {
	ModuleName() string
}

// A module is a module of a gateway with its name.
type module struct {
	name      string
	value     any
	connected bool
	options   ModuleOptions
	failed    bool // its nodes are retired; engine goroutine only
}

// named gives each module its name; the second of a name becomes NAME#2.
func named(values []any) []*module {
	seen := map[string]int{}
	var all []*module
	for _, v := range values {
		name := moduleName(v)
		seen[name]++
		if n := seen[name]; n > 1 {
			name += "#" + strconv.Itoa(n)
		}
		all = append(all, &module{name: name, value: v})
	}
	return all
}

func moduleName(v any) string {
	if n, ok := v.(Namer); ok && n.ModuleName() != "" {
		return n.ModuleName()
	}
	rt := reflect.TypeOf(v)
	if rt == nil {
		return "nil"
	}
	if rt.Kind() == reflect.Pointer {
		rt = rt.Elem()
	}
	return rt.Name()
}

// connect calls the module's Connect. A panic in it becomes an error.
func (m *module) connect(g *Gateway) error {
	return guarded(func() error {
		if c, ok := m.value.(interface{ Connect(*Bus) error }); ok {
			m.connected = true
			return c.Connect(&Bus{g})
		}
		return m.connectModel(g.model, &Bus{g})
	})
}

// guarded calls f; a panic in it becomes an error.
func guarded(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked(v)
		}
	}()
	return f()
}

func (m *module) connectModel(model any, bus *Bus) error {
	want := reflect.TypeOf(model)
	method := reflect.ValueOf(m.value)
	if method.IsValid() {
		method = method.MethodByName("Connect")
	}
	if !method.IsValid() {
		return fmt.Errorf("has no method Connect(%s) error", nameOf(want))
	}
	args := []reflect.Value{reflect.ValueOf(model), reflect.ValueOf(bus)}
	switch rt := method.Type(); {
	case rt.NumIn() == 2 && rt.In(1) == args[1].Type() && rt.NumOut() == 1 && rt.Out(0) == reflect.TypeFor[error]():
	case rt.NumIn() != 1 || rt.NumOut() != 1 || rt.Out(0) != reflect.TypeFor[error]():
		return fmt.Errorf("got Connect of type %s, want func(%s) error", rt, nameOf(want))
	}
	if in := method.Type().In(0); want == nil || !want.AssignableTo(in) {
		return fmt.Errorf("connects to %s, the gateway's model is %s", in, nameOf(want))
	}
	m.connected = true
	err, _ := method.Call(args[:method.Type().NumIn()])[0].Interface().(error)
	return err
}

func nameOf(rt reflect.Type) string {
	if rt == nil {
		return "none"
	}
	return rt.String()
}

// collectKeys asks all modules for the keys of baskets.
func collectKeys(modules []*module) (map[string][]string, error) {
	all, givers := map[string][]string{}, map[string]int{}
	var errs []error
	for _, m := range modules {
		keys, err := m.dynamicKeys()
		if err != nil {
			errs = append(errs, fmt.Errorf("module %q: DynamicKeys: %w", m.name, err))
		}
		for channel, names := range keys {
			givers[channel]++
			for _, name := range names {
				if !slices.Contains(all[channel], name) {
					all[channel] = append(all[channel], name)
				}
			}
		}
	}
	for channel, n := range givers {
		if n > 1 {
			slices.Sort(all[channel])
		}
	}
	return all, errors.Join(errs...)
}

func (m *module) dynamicKeys() (keys map[string][]string, err error) {
	err = guarded(func() error {
		if d, ok := m.value.(DynamicKeyer); ok {
			keys = d.DynamicKeys()
		}
		return nil
	})
	return keys, err
}
