package engine

import "fmt"

// blockBits is log2 of how many nodes share a block byte.
const blockBits = 6

// build resolves the edges, ranks the nodes and lays out the ready set.
func (g *Graph) build() []error {
	errs := append([]error(nil), g.wrongs...)
	up, bad := g.resolve()
	if errs = append(errs, bad...); len(errs) > 0 {
		return errs
	}
	if err := g.rank(up); err != nil {
		return []error{err}
	}
	g.fuse(up)
	g.arrange()
	g.up = up
	for _, s := range g.sets {
		s.arrange()
	}
	return nil
}

// resolve finds the head behind each input, in the order of nodes and inputs.
func (g *Graph) resolve() (up []*head, errs []error) {
	up = make([]*head, 0, g.inputs)
	for _, n := range g.nodes {
		for i := range n.ins {
			h, err := n.ins[i].producer()
			if err == nil {
				err = g.accept(h)
			}
			if err != nil {
				errs = append(errs, fmt.Errorf("node %q: input %s %w", n.name, n.ins[i].label(i), err))
			}
			up = append(up, h)
		}
	}
	return up, errs
}

// accept tells what is wrong with reading h in g.
func (g *Graph) accept(h *head) error {
	if h.node.g != g {
		if !g.within(h.node.g) {
			return errForeign
		}
		return g.outside(h)
	}
	if f, ok := h.node.source.(interface{ loose() bool }); ok && f.loose() {
		return errLoose
	}
	return nil
}

// label is how an error names the port.
func (p port) label(i int) string {
	if p.field != "" {
		return p.field
	}
	return fmt.Sprint(i)
}

// arrange puts the nodes in calling order, by rank and then by wiring, and gives each its bytes.
func (g *Graph) arrange() {
	top := 0
	for _, n := range g.nodes {
		top = max(top, n.rank)
	}
	byRank := make([]int, top+2)
	total := 0
	for _, n := range g.nodes {
		if n.body != nil && n.into == nil {
			byRank[n.rank+1]++
			total++
		}
	}
	for i := 1; i < len(byRank); i++ {
		byRank[i] += byRank[i-1]
	}
	g.order, g.table = make([]*Node, total), make([]ticker, total)
	blocks := total>>blockBits + 1
	g.dirty, g.block = make([]uint8, (blocks+1)<<blockBits), make([]uint8, blocks+8)
	for _, n := range g.nodes {
		if n.body == nil || n.into != nil {
			continue
		}
		n.index = byRank[n.rank]
		byRank[n.rank]++
		g.order[n.index], g.table[n.index] = n, n.caller()
		n.dirty, n.block = &g.dirty[n.index], &g.block[n.index>>blockBits]
	}
	for _, n := range g.nodes {
		if n.into != nil {
			n.index, n.dirty, n.block = n.into.index, n.into.dirty, n.into.block
		}
	}
}

// relink forgets the run before and ties each input to the head it reads.
func (g *Graph) relink() {
	for i, n := range g.order {
		g.table[i] = n.caller()
	}
	for _, n := range g.nodes {
		if n.heads == nil {
			n.heads = g.slabs.heads.take(len(n.outs))
		}
		n.heads = n.heads[:0]
		for _, o := range n.outs {
			n.heads = append(n.heads, o.prepare())
		}
	}
	k := 0
	for _, n := range g.nodes {
		for _, p := range n.ins {
			h := g.up[k]
			if h.subs == nil {
				h.subs = g.slabs.links.take(1)
			}
			h.subs = append(h.subs, p.listener())
			if h.node.g != g {
				h.admit(p.listener())
			}
			k++
		}
	}
	for _, n := range g.nodes {
		for _, h := range n.heads {
			h.relink()
		}
	}
}
