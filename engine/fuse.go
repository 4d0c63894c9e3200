package engine

// Pipe adds a node that ticks f of each value of e and does nothing else, under the given name. Adjacent pipes become one node when
// the graph is built, if nobody else reads the edge between them and it has no name: a call of f each instead of a node each, 1 to 2 ns
// for a chain that keeps its type and 4 ns where the type changes. [Topology] still shows every one, but what is fused away does not
// run on its own: the last node of the chain does its work.
func Pipe[T, U any](e Edge[T], name string, f func(T) U) Edge[U] {
	g := e.Graph()
	if g == nil { // kept out of any graph; there is none to report to
		g = New()
	}
	n := g.node(name, "node")
	p := &pipe[T, U]{in: Use(n, e), out: Emit[U](n), f: f}
	n.body = p
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
	// move computes the segment without ticking.
	move()
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

func (p *pipe[T, U]) move() {
	v := p.f(*p.in.Ptr())
	for _, f := range p.then {
		v = f(v)
	}
	p.to.val = v
}

func (p *pipe[T, U]) tick() { p.to.head.tick() }

// chain is the body of the last node of adjacent pipes: it does what they all do.
type chain []piece

func (c chain) Tick() {
	for _, p := range c {
		p.move()
	}
	c[len(c)-1].tick()
}

// fuse finds the chains of adjacent pipes, anew at each build, because wiring may have added readers.
func (g *Graph) fuse(up []*head) {
	for _, n := range g.nodes {
		n.into, n.fused, n.reads = nil, nil, 0
	}
	for _, h := range up {
		h.node.reads++
	}
	k := 0
	for _, n := range g.nodes {
		if len(n.ins) == 1 && n.canFollow(up[k]) {
			up[k].node.into = n
			n.fused = chain{}
		}
		k += len(n.ins)
	}
	for _, n := range g.nodes {
		if n.into != nil && n.fused == nil {
			n.collect()
		}
	}
}

// canFollow tells whether n can do the work of the node that makes h.
func (n *Node) canFollow(h *head) bool {
	if _, ok := n.body.(piece); !ok || n.ins[0].listener().passive {
		return false
	}
	_, ok := h.node.body.(piece)
	return ok && h.node.reads == 1 && !h.node.effect && h.name() == ""
}

// collect makes the chain that begins with n, and gives it to its last node.
func (n *Node) collect() {
	first := n.body.(piece)
	first.begin()
	c := chain{first}
	last := n
	for last.into != nil {
		last = last.into
		p := last.body.(piece)
		if !c[len(c)-1].extend(p) {
			p.begin()
			c = append(c, p)
		}
	}
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
