package gateway

import (
	"fmt"
	"time"

	"gw/engine"
	"gw/engine/op"
	"gw/gateway/stage"
	"gw/schema"
)

// stager is the staging of one channel within the graph: the node that holds the areas and does what is asked of them.
// It is wired after all modules have connected, so their order does not matter to it.
type stager struct {
	port     *Port
	enabled  bool
	reader   string // the first module that wants events or asks for something
	events   *engine.Delayed[stage.Event]
	requests []engine.Edge[stage.Request]
	push     *engine.PushAdapter[*stageOrder]

	set     stage.Set // engine goroutine only
	answers []stageReply
	told    []stage.Event // records that were added in the cycle
	changes bool          // the set differs from what is published

	areas   []stage.Area  // as published; the hub's lock guards it
	changed chan struct{} // closed when areas are replaced; likewise
}

// A stageOrder is a request on its way through the intake, with who waits for the answer.
type stageOrder struct {
	Caller  Caller
	Request stage.Request
	reply   chan stageReply // of one place; nil if nobody waits
}

type stageReply struct {
	order  *stageOrder
	answer *StageAnswer
	err    error
}

func stageLabel(channel string) string { return "Stage[" + channel + "]" }

// stager returns the staging of a channel, which may still turn out not to be enabled.
func (p *Port) stager(module string) *stager {
	if p.staging == nil {
		p.staging = &stager{port: p, changed: make(chan struct{})}
	}
	if p.staging.reader == "" {
		p.staging.reader = module
	}
	return p.staging
}

// enable makes the channel a staged one.
func (p *Port) enable() {
	if !p.g.wiring(p.Name, "staging declared") {
		return
	}
	if p.Kind == KindBasket {
		p.g.blame(fmt.Errorf("channel %q: a basket cannot be staged; stage a channel of structs or of lists that sets it", p.Name))
		return
	}
	p.stager("").enabled = true
	p.provided = true
}

// stageEvents is the edge of what happens in the staging areas.
func (p *Port) stageEvents() engine.Edge[stage.Event] {
	p.g.reads(p.lanes[0])
	s := p.stager(p.g.connecting)
	if s.events == nil {
		s.events = engine.NewDelayed[stage.Event](p.g.graph)
	}
	return s.events.Edge()
}

// stageRequests has the staging areas do what ticks on e.
func (p *Port) stageRequests(e engine.Edge[stage.Request]) {
	if !p.g.wiring(p.Name, "stage requests set") {
		return
	}
	s := p.stager(p.g.connecting)
	s.requests = append(s.requests, e)
}

// wireStages makes the nodes of all staged channels, in the order of declaration.
func (g *Gateway) wireStages() {
	for _, p := range g.order {
		switch s := p.staging; {
		case s == nil:
		case s.enabled:
			s.wire()
			g.stageNames = append(g.stageNames, p.Name)
		default:
			g.blame(fmt.Errorf("module %q: channel %q is not staged; give it a stage tag or call its Stage method", s.reader, p.Name))
		}
	}
}

// wire makes the node. What the graph itself asks for comes by a feedback, one cycle later, since it may depend on the
// events and on the channel.
func (s *stager) wire() {
	g, name := s.port.g, stageLabel(s.port.Name)
	s.push = engine.NewPush[*stageOrder](g.graph, name, g.pushConfig())
	g.doors[name] = s
	n := g.graph.Node(name)
	in := engine.Use(n, s.push.Edge())
	var asked []*engine.In[stage.Request]
	for _, e := range s.requests {
		f := engine.NewFeedback[stage.Request](g.graph)
		f.Bind(e)
		asked = append(asked, engine.Use(n, f.Edge()))
	}
	events, released := engine.Emit[[]stage.Event](n), engine.Emit[[][]schema.Record](n)
	n.OnTick(func() {
		var told []stage.Event
		if in.Ticked() {
			told = s.obey(in.Get())
		}
		for _, a := range asked {
			if a.Ticked() {
				told = append(told, s.grant(a.Get(), g.ids.filler(n.Now))...)
			}
		}
		if len(told) > 0 {
			events.Set(told)
		}
		if out := leaving(told); len(out) > 0 {
			released.Set(out)
		}
	})
	if s.events != nil {
		if err := s.events.Bind(op.Unroll(events.Edge())); err != nil {
			g.blame(err)
		}
	}
	s.port.lanes[0].wire.setRecords(op.Unroll(released.Edge()), name)
}

// leaving returns what is released, a value each.
func leaving(events []stage.Event) [][]schema.Record {
	var out [][]schema.Record
	for _, e := range events {
		if e.Action != stage.Released {
			continue
		}
		for i := range e.Records {
			out = append(out, e.Records[i:i+1])
		}
	}
	return out
}

// obey does what was asked for from outside; who asked hears of it when the cycle is published.
func (s *stager) obey(o *stageOrder) []stage.Event {
	var areas []stage.Area
	var events []stage.Event
	err := s.guardStaged(o)
	if err == nil {
		areas, events, err = s.apply(o.Request)
	}
	s.answers = append(s.answers, stageReply{order: o, answer: &StageAnswer{Areas: areas}, err: err})
	s.port.g.hub.stages = append(s.port.g.hub.stages, s)
	return events
}

// grant does what the graph asks for.
func (s *stager) grant(r stage.Request, fill func(*schema.Struct)) []stage.Event {
	for _, rec := range r.Records {
		if err := isA(s.port.Type, rec); err != nil {
			return []stage.Event{{Channel: s.port.Name, Action: stage.Refused, Reason: err.Error()}}
		}
		rec.EachBase(fill)
	}
	_, events, err := s.apply(r)
	if err != nil {
		return []stage.Event{{Channel: s.port.Name, Action: stage.Refused, Reason: err.Error()}}
	}
	s.port.g.hub.stages = append(s.port.g.hub.stages, s)
	return events
}

func (s *stager) apply(r stage.Request) ([]stage.Area, []stage.Event, error) {
	areas, events, err := s.set.Apply(r, s.mint)
	s.changes = s.changes || len(events) > 0
	for i := range events {
		events[i].Channel = s.port.Name
		if events[i].Action == stage.Added {
			s.told = append(s.told, events[i])
		}
	}
	return areas, events, err
}

func (s *stager) typ() *schema.Type { return s.port.Type }

func (s *stager) operation(v any) Operation {
	o := v.(*stageOrder)
	return Operation{Caller: o.Caller, Stage: &o.Request}
}

func (s *stager) entry(o Operation) (*engine.Node, any, error) {
	return s.push.Edge().Node(), &stageOrder{Caller: o.Caller, Request: *o.Stage}, nil
}

// mint returns the id of an area that the graph makes.
func (s *stager) mint() string {
	g := s.port.g
	return g.ids.inGraph(func() time.Time { return g.graph.Now().Std() }).String()
}

// publish shows the areas to the outside and answers who waits. The hub's lock is held.
func (s *stager) publish(now engine.Time, cycle uint64) {
	if s.changes {
		s.areas, s.changes = s.set.Areas(), false
		close(s.changed)
		s.changed = make(chan struct{})
	}
	for _, e := range s.told {
		s.port.g.hub.entry.add(now, e.Channel, e.Records)
	}
	s.told = s.told[:0]
	for _, r := range s.answers {
		r.answer.Time, r.answer.Cycle = now, cycle
		if r.order.reply != nil {
			r.order.reply <- r
		}
	}
	clear(s.answers)
	s.answers = s.answers[:0]
}
