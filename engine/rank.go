package engine

// Colours of a node while ranks are computed.
const (
	white uint8 = iota // not seen
	grey               // on the path being followed
	black              // ranked
)

// visit is a node on the path being followed and its next input.
type visit struct {
	n    *Node
	next int
}

// rank gives each node 1 + the highest rank it reads, its alarms included, and sources 0. It follows inputs in the order of wiring, so a graph wired
// from sources to sinks needs no deep path.
func (g *Graph) rank(up []*head) error {
	first := make([]int, len(g.nodes)) // of a node's inputs in up
	k := 0
	for i, n := range g.nodes {
		first[i] = k
		k += len(n.ins)
		n.rank, n.mark = 0, white
	}
	var path []visit
	for _, n := range g.nodes {
		if n.mark == black {
			continue
		}
		path = append(path[:0], visit{n: n})
		n.mark = grey
		for len(path) > 0 {
			v := &path[len(path)-1]
			if v.next == len(v.n.ins) {
				if v.n.rank == 0 && v.n.body != nil { // driven by alarms alone, which are sources as any
					v.n.rank = 1
				}
				v.n.mark = black
				path = path[:len(path)-1]
				continue
			}
			u := up[first[v.n.id]+v.next].node
			if u.g != g { // around this one, and called before it
				v.next++
				continue
			}
			switch u.mark {
			case white:
				u.mark = grey
				path = append(path, visit{n: u})
			case grey:
				return circle(path, u)
			case black:
				v.n.rank = max(v.n.rank, u.rank+1)
				v.next++
			}
		}
	}
	return nil
}

// circle turns the path that came back to n into an error, in the direction of the ticks.
func circle(path []visit, n *Node) error {
	names := []string{n.Path()}
	for i := len(path) - 1; ; i-- {
		names = append(names, path[i].n.Path())
		if path[i].n == n {
			break
		}
	}
	return &CircleError{Path: names}
}
