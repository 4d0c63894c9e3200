package gateway

import (
	"cmp"
	"context"
	"slices"
)

// Policy says what a subscription does with ticks that its owner has not taken yet.
type Policy uint8

// The policies: Every keeps each tick, Latest keeps the newest one of each channel key.
const (
	Every Policy = iota
	Latest
)

// FullPolicy says what a subscription of Every tick does when Limit ticks wait.
type FullPolicy uint8

// The policies of a full subscription: DropOldest loses the oldest tick and counts it, Disconnect ends the
// subscription with ErrTooSlow.
const (
	DropOldest FullPolicy = iota
	Disconnect
)

// defaultLimit is how many ticks wait for the owner of a subscription that names no limit.
const defaultLimit = 4096

// Selector names ticks to follow: a channel, and one key of it or, if Key is "", all of them.
type Selector struct {
	Channel string
	Key     string
}

// SubscribeOptions describes a subscription.
type SubscribeOptions struct {
	Select []Selector
	Policy Policy
	// Limit bounds the ticks that wait under Every; 0 means 4096.
	Limit int
	Full  FullPolicy
}

// Subscription follows ticks of any number of channels from outside. The engine never waits for its owner.
// Its methods may be called from any goroutine. Close it when done; the end of the gateway does not.
type Subscription struct {
	g     *Gateway
	ctx   context.Context
	opts  SubscribeOptions
	ready chan struct{}

	// All below is guarded by the hub's lock, so that Take never sees half a cycle.
	lanes     map[*lane]bool
	queue     []*Tick
	place     map[*lane]int // of a lane's tick in the queue, under Latest
	dropped   uint64
	conflated uint64
	err       error
}

// Subscribe starts to follow the selected ticks, from the first cycle published after it. ctx says who asks and must not
// be used to end the subscription. An unknown channel or key, or one that nothing provides, is a *NotFoundError.
func (g *Gateway) Subscribe(ctx context.Context, o SubscribeOptions) (*Subscription, error) {
	if o.Limit <= 0 {
		o.Limit = defaultLimit
	}
	s := &Subscription{g: g, ctx: ctx, opts: o, ready: make(chan struct{}, 1), lanes: map[*lane]bool{}}
	if o.Policy == Latest {
		s.place = map[*lane]int{}
	}
	for _, sel := range o.Select {
		if err := s.Add(sel); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

// Add follows more ticks; those followed already are not doubled. An unknown name is a *NotFoundError.
func (s *Subscription) Add(sel Selector) error {
	_, lanes, err := s.g.find(sel.Channel, sel.Key)
	if err != nil {
		return err
	}
	s.g.hub.mu.Lock()
	defer s.g.hub.mu.Unlock()
	for _, l := range lanes {
		if !s.lanes[l] {
			s.lanes[l] = true
			l.subs = append(l.subs, s)
		}
	}
	return nil
}

// Remove follows fewer ticks. Those that wait already stay.
func (s *Subscription) Remove(sel Selector) {
	_, lanes, err := s.g.find(sel.Channel, sel.Key)
	if err != nil {
		return
	}
	s.g.hub.mu.Lock()
	defer s.g.hub.mu.Unlock()
	for _, l := range lanes {
		s.leave(l)
	}
}

// leave takes s off a lane. The hub's lock is held.
func (s *Subscription) leave(l *lane) {
	if s.lanes[l] {
		delete(s.lanes, l)
		l.subs = slices.DeleteFunc(l.subs, func(x *Subscription) bool { return x == s })
	}
}

// Ready returns a channel that gets a value when there is something to Take, when the subscription was cut, and when
// the gateway ends. It holds one value: drain with Take after each.
func (s *Subscription) Ready() <-chan struct{} { return s.ready }

// Take returns the waiting ticks that the subscriber may see, in the order in which they were published, and how many
// were dropped or replaced by a newer one since the last Take.
func (s *Subscription) Take() (ticks []*Tick, dropped, conflated uint64) {
	s.g.hub.mu.Lock()
	ticks, dropped, conflated = s.queue, s.dropped, s.conflated
	s.queue, s.dropped, s.conflated = make([]*Tick, 0, len(ticks)), 0, 0 // as many may come until the next Take
	clear(s.place)
	s.g.hub.mu.Unlock()
	if s.opts.Policy == Latest {
		slices.SortFunc(ticks, bySeq)
	}
	return s.g.visibleTicks(s.ctx, ticks), dropped, conflated
}

// Err returns ErrTooSlow after the subscription was cut, nil otherwise.
func (s *Subscription) Err() error {
	s.g.hub.mu.Lock()
	defer s.g.hub.mu.Unlock()
	return s.err
}

// Close ends the subscription and forgets what waits; it may be called more than once.
func (s *Subscription) Close() {
	s.g.hub.mu.Lock()
	defer s.g.hub.mu.Unlock()
	s.cut()
}

// cut takes s off all lanes. The hub's lock is held.
func (s *Subscription) cut() {
	for l := range s.lanes {
		s.leave(l)
	}
	s.queue = nil
	clear(s.place)
}

// offer queues t by the policy. The hub's lock is held.
func (s *Subscription) offer(t *Tick) {
	switch {
	case s.err != nil:
		return
	case s.opts.Policy == Latest:
		s.replace(t)
	case len(s.queue) < s.opts.Limit:
		s.queue = append(s.queue, t)
	case s.opts.Full == Disconnect:
		s.err, s.queue = ErrTooSlow, nil
	default:
		s.queue[0] = nil
		s.queue = append(s.queue[1:], t)
		s.dropped++
	}
	s.wake()
}

func (s *Subscription) replace(t *Tick) {
	if i, ok := s.place[t.lane]; ok {
		s.queue[i] = t
		s.conflated++
		return
	}
	s.place[t.lane] = len(s.queue)
	s.queue = append(s.queue, t)
}

func (s *Subscription) wake() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

func bySeq(a, b *Tick) int { return cmp.Compare(a.seq, b.seq) }
