package stats

// multiset holds numbers in order, each as often as it came: a treap in which every node knows how many numbers lie below it. Adding, taking out and
// looking up cost O(log n); nodes are used again.
type multiset struct {
	nodes []leaf // nodes[0] is no node
	root  int32
	free  int32 // first of the free nodes, linked by left
	seed  uint32
}

type leaf struct {
	key         float64
	count, size int32 // of key; of all below, this one included
	left, right int32
	pri         uint32 // higher than those below
}

func (m *multiset) clear() {
	if len(m.nodes) == 0 {
		m.nodes = make([]leaf, 1)
	}
	*m = multiset{nodes: m.nodes[:1], seed: 2463534242}
}

func (m *multiset) len() int { return int(m.nodes[m.root].size) }

func (m *multiset) insert(x float64) { m.root = m.insertAt(m.root, x) }

func (m *multiset) insertAt(t int32, x float64) int32 {
	if t == 0 {
		return m.take(x)
	}
	m.nodes[t].size++
	switch k := m.nodes[t].key; {
	case x == k:
		m.nodes[t].count++
	case x < k:
		l := m.insertAt(m.nodes[t].left, x)
		m.nodes[t].left = l
		if m.nodes[l].pri > m.nodes[t].pri {
			return m.turnRight(t)
		}
	default:
		r := m.insertAt(m.nodes[t].right, x)
		m.nodes[t].right = r
		if m.nodes[r].pri > m.nodes[t].pri {
			return m.turnLeft(t)
		}
	}
	return t
}

// take returns a node for x.
func (m *multiset) take(x float64) int32 {
	m.seed ^= m.seed << 13
	m.seed ^= m.seed >> 17
	m.seed ^= m.seed << 5
	n := leaf{key: x, count: 1, size: 1, pri: m.seed}
	if t := m.free; t != 0 {
		m.free = m.nodes[t].left
		m.nodes[t] = n
		return t
	}
	m.nodes = append(m.nodes, n)
	return int32(len(m.nodes) - 1)
}

func (m *multiset) measure(t int32) {
	n := &m.nodes[t]
	n.size = n.count + m.nodes[n.left].size + m.nodes[n.right].size
}

func (m *multiset) turnRight(t int32) int32 {
	l := m.nodes[t].left
	m.nodes[t].left, m.nodes[l].right = m.nodes[l].right, t
	m.measure(t)
	m.measure(l)
	return l
}

func (m *multiset) turnLeft(t int32) int32 {
	r := m.nodes[t].right
	m.nodes[t].right, m.nodes[r].left = m.nodes[r].left, t
	m.measure(t)
	m.measure(r)
	return r
}

// remove takes x, which must be there, out once.
func (m *multiset) remove(x float64) { m.root = m.removeAt(m.root, x) }

func (m *multiset) removeAt(t int32, x float64) int32 {
	n := &m.nodes[t]
	n.size--
	switch {
	case x < n.key:
		n.left = m.removeAt(n.left, x)
	case x > n.key:
		n.right = m.removeAt(n.right, x)
	default:
		if n.count--; n.count == 0 {
			joined := m.join(n.left, n.right)
			n.left, m.free = m.free, t
			return joined
		}
	}
	return t
}

// join makes one tree of two, all of a before all of b.
func (m *multiset) join(a, b int32) int32 {
	switch {
	case a == 0:
		return b
	case b == 0:
		return a
	case m.nodes[a].pri > m.nodes[b].pri:
		m.nodes[a].right = m.join(m.nodes[a].right, b)
		m.measure(a)
		return a
	}
	m.nodes[b].left = m.join(a, m.nodes[b].left)
	m.measure(b)
	return b
}

// nth returns the number before which i others lie.
func (m *multiset) nth(i int) float64 {
	for t := m.root; ; {
		n := &m.nodes[t]
		before := int(m.nodes[n.left].size)
		switch {
		case i < before:
			t = n.left
		case i < before+int(n.count):
			return n.key
		default:
			i -= before + int(n.count)
			t = n.right
		}
	}
}

// rank returns how many numbers are less than x, and how many are x.
func (m *multiset) rank(x float64) (less, equal int) {
	for t := m.root; t != 0; {
		n := &m.nodes[t]
		before := int(m.nodes[n.left].size)
		switch {
		case x < n.key:
			t = n.left
		case x > n.key:
			less += before + int(n.count)
			t = n.right
		default:
			return less + before, int(n.count)
		}
	}
	return less, 0
}
