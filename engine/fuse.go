package engine

// Pipe adds a node that ticks f of each value of e and does nothing else, under the given name. Adjacent pipes become one node when
// the graph is built, if nobody else reads the edge between them and it has no name: a call of f each instead of a node each, 1 to 2 ns
// for a chain that keeps its type and 2.5 ns where the type changes. [Topology] still shows every one, but what is fused away does not
// run on its own: the last node of the chain does its work.
func Pipe[T, U any](e Edge[T], name string, f func(T) U) Edge[U] {
	g := e.Graph()
	if g == nil { // kept out of any graph; there is none to report to
		g = New()
	}
	n := g.node(name, "node")
	p := &pipe[T, U]{in: Use(n, e), out: Emit[U](n), f: f}
	n.body = p
	g.pipes++
	return p.out.Edge()
}

// pipe is the body of a node that maps one value to one.
type pipe[T, U any] struct {
	in   *In[T]
	out  *Out[U]
	f    func(T) U
	then []func(U) U // the pieces after it that keep the type, known after Build
	to   *series[U]  // the output of the last of them
}

// piece is a pipe as a chain sees it.
type piece interface {
	// begin makes p the first of its own segment, alone.
	begin()
	// extend takes next into p's segment and tells whether next keeps p's type.
	extend(next piece) bool
	// move returns what computes the segment without ticking.
	move() func()
	// tick ticks the segment's output.
	tick()
}

func (p *pipe[T, U]) Tick() { p.out.Set(p.f(*p.in.Ptr())) }

func (p *pipe[T, U]) begin() { p.then, p.to = p.then[:0], &p.out.series }

func (p *pipe[T, U]) extend(next piece) bool {
	n, ok := next.(*pipe[U, U])
	if ok {
		p.then, p.to = append(p.then, n.f), &n.out.series
	}
	return ok
}

// move is a closure over places, because a call through an interface of a generic type is two calls.
func (p *pipe[T, U]) move() func() {
	f, from, then, to := p.f, p.in.Ptr(), p.then, &p.to.val
	if len(then) == 0 {
		return func() { *to = f(*from) }
	}
	return func() {
		v := f(*from)
		for _, f := range then {
			v = f(v)
		}
		*to = v
	}
}

func (p *pipe[T, U]) tick() { p.to.head.tick() }

// chain is the body of the last node of adjacent pipes: it does what they all do.
type chain struct {
	moves []func() // of the segments
	last  piece
}

func (c *chain) Tick() {
	for _, move := range c.moves {
		move()
	}
	c.last.tick()
}

// fuse finds the chains of adjacent pipes, anew at each build, because wiring may have added readers.
func (g *Graph) fuse(up []*head) {
	if g.pipes < 2 {
		return
	}
	reads, follows := make([]int, len(g.nodes)), make([]bool, len(g.nodes))
	for _, n := range g.nodes {
		n.into, n.fused = nil, nil
	}
	for _, h := range up {
		if h.node.g == g {
			reads[h.node.id]++
		}
	}
	k := 0
	for _, n := range g.nodes {
		if len(n.ins) == 1 && n.canFollow(up[k]) && reads[up[k].node.id] == 1 {
			up[k].node.into = n
			follows[n.id] = true
		}
		k += len(n.ins)
	}
	for _, n := range g.nodes {
		if n.into != nil && !follows[n.id] {
			n.collect()
		}
	}
}

// canFollow tells whether n can do the work of the node that makes h, if nobody else reads that.
func (n *Node) canFollow(h *head) bool {
	if _, ok := n.body.(piece); !ok || n.ins[0].listener().passive {
		return false
	}
	_, ok := h.node.body.(piece)
	return ok && h.node.g == n.g && !h.node.effect && h.name == ""
}

// collect makes the chain that begins with n, and gives it to its last node.
func (n *Node) collect() {
	p := n.body.(piece)
	p.begin()
	c := &chain{last: p}
	last := n
	for last.into != nil {
		last = last.into
		p := last.body.(piece)
		if !c.last.extend(p) {
			c.moves = append(c.moves, c.last.move())
			p.begin()
			c.last = p
		}
	}
	c.moves = append(c.moves, c.last.move())
	for n != last {
		n.into, n = last, n.into
	}
	last.fused = c
}

// caller is what a cycle calls for n.
func (n *Node) caller() ticker {
	if n.fused != nil {
		return n.fused
	}
	return n.body
}
