package gateway

import (
	"context"
	"slices"
	"sync"
	"time"

	"gw/engine"
	"gw/gateway/state"
)

// defaultHistory is how many ticks a channel and key keeps for Recent.
const defaultHistory = 1000

// defaultSendLimit is how many sends of one channel may wait for the engine.
const defaultSendLimit = 65536

// Gateway is channels, modules and the engine that runs them: built once, run once. Set its exported fields before
// Build. Everything but Build and Run may be called from any goroutine.
type Gateway struct {
	// Name is what the gateway is called in its status and its errors.
	Name string
	// Seed is for modules that need random values, so that a run can be repeated.
	Seed uint64
	// Filter decides what a caller may see; nil lets everybody see everything.
	Filter Filter
	// Guard decides what a caller may give; nil lets everybody give everything.
	Guard Guard
	// History is how many ticks of each channel and key Recent can give; 0 means 1000, less than 0 none.
	History int
	// BlockSetChannelsUntil is the time before which what modules set does not tick, unless they say otherwise.
	BlockSetChannelsUntil time.Time
	// LookupLimit is how many values Lookup can find, and LookupAge how long (in engine time) after they entered; 0 means
	// 100,000 and a day. Less than 0 keeps none.
	LookupLimit int
	LookupAge   time.Duration
	// Failed, if not nil, is called when the gateway goes on without a module that failed; on the engine's goroutine, so it must
	// not wait.
	Failed func(*ModuleError)
	// Record, if not nil, notes what comes from outside, so that the run can be done again.
	Record *Session
	// SendLimit is how many sends of one channel may wait for the engine before Send refuses; 0 means 65536.
	SendLimit int

	model   any
	modules []*module
	graph   *engine.Graph
	hub     hub
	ids     mint
	store   state.Store
	life    life
	index   index

	once     sync.Once
	buildErr error

	// What Build makes; it does not change afterwards.
	built       bool
	connecting  string  // the module whose Connect runs
	module      *module // likewise
	faults      []error
	dynamicKeys map[string][]string
	dynamic     *dynamic
	ports       map[string]*Port
	order       []*Port
	lanes       []*lane
	views       map[string]*view
	viewNames   []string
	statics     map[string]any
	staticNames []string
	stageNames  []string
	later       []func() // wiring that waits for all modules
	owners      owners
	doors       map[string]door
	lastFailure *ModuleError // engine goroutine only
}

// New returns a gateway of the channels in model and of modules. model is a pointer to a struct whose fields are Channel
// and Basket values (other exported fields are static fields of the gateway), a *Model, or nil. Modules connect in the
// order given. New does nothing else: what is wrong is found by Build.
func New(model any, modules ...any) *Gateway {
	return &Gateway{
		model:   model,
		modules: named(modules),
		graph:   engine.New(),
		life:    newLife(),
		ports:   map[string]*Port{},
		views:   map[string]*view{},
		statics: map[string]any{},
		doors:   map[string]door{},
	}
}

// Modules returns the modules that take part, in the order of New.
func (g *Gateway) Modules() []any {
	var all []any
	for _, m := range g.modules {
		if !optionsOf(m.value).Disable {
			all = append(all, m.value)
		}
	}
	return all
}

// Control returns the handle that pauses, steps and paces a replay. It may be used before Run.
func (g *Gateway) Control() *engine.Control { return g.graph.Control() }

// Ports returns the channels in the order of their declaration, none before Build.
func (g *Gateway) Ports() []*Port { return slices.Clone(g.order) }

// Port returns the channel with the name, and whether there is one.
func (g *Gateway) Port(name string) (*Port, bool) {
	p, ok := g.ports[name]
	return p, ok
}

// Statics returns the names of the model's static fields in their order.
func (g *Gateway) Statics() []string { return slices.Clone(g.staticNames) }

// Static returns the value of a static field, and whether there is one. Treat it as read only.
func (g *Gateway) Static(name string) (any, bool) {
	v, ok := g.statics[name]
	return v, ok
}

// Views returns the names of all state views in the order of their declaration.
func (g *Gateway) Views() []string { return slices.Clone(g.viewNames) }

// ViewPort returns the channel that a state view is of, and whether there is such a view.
func (g *Gateway) ViewPort(name string) (*Port, bool) {
	v, ok := g.views[name]
	if !ok {
		return nil, false
	}
	return v.port, true
}

// Ready is closed when the engine runs: modules have started and sends are taken. It stays open if the gateway fails
// before that.
func (g *Gateway) Ready() <-chan struct{} { return g.graph.Started() }

// Done is closed when Run has returned, with everything shut down.
func (g *Gateway) Done() <-chan struct{} { return g.life.done }

// Stop ends the run after the current cycle, or before it begins. It does not wait; it may be called at any time and
// more than once.
func (g *Gateway) Stop() { g.life.halt() }

// addLane gives a port one more lane.
func (g *Gateway) addLane(p *Port, key string) *lane {
	l := &lane{port: p, key: key, index: len(g.lanes), history: history{limit: g.History}}
	if g.History == 0 {
		l.history.limit = defaultHistory
	}
	g.lanes = append(g.lanes, l)
	p.lanes = append(p.lanes, l)
	if p.byKey != nil {
		p.byKey[key] = l
	}
	return l
}

// moment is the last published moment, for answers made outside the hub.
func (g *Gateway) moment() *Answer {
	now, cycle := g.hub.at()
	return &Answer{Time: now, Cycle: cycle}
}

var _ interface {
	Run(context.Context, RunConfig) error
} = (*Gateway)(nil)
