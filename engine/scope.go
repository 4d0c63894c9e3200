package engine

import "fmt"

// Scope makes the nodes that wire adds part of name: their path is name/.... Scopes nest.
func (g *Graph) Scope(name string, wire func()) {
	outer := g.scope
	g.scope = outer + name + "/"
	defer func() { g.scope = outer }()
	wire()
}

// Memo wires a part of g once: the first call runs wire, in a [Graph.Scope] of the key, and later ones with the same key return what it returned.
// The key stands for everything that wire depends on. A key that is used for two types is an error of wiring.
func Memo[T any](g *Graph, key string, wire func() T) T {
	if old, ok := g.memo[key]; ok {
		made, fits := old.(T)
		if !fits {
			g.wrong("memo %q: holds a %T, want a %T", key, old, made)
		}
		return made
	}
	var made T
	g.Scope(key, func() { made = wire() })
	if g.memo == nil {
		g.memo = map[string]any{}
	}
	g.memo[key] = made
	return made
}

// Path returns where the node is: the scopes it was wired in, its name, and #ID if others have the same. It costs O(nodes) the first
// time after wiring. Any goroutine, while nothing is wired.
func (n *Node) Path() string {
	g := n.g
	g.pathMu.Lock()
	defer g.pathMu.Unlock()
	if len(g.paths) != len(g.nodes) {
		g.namePaths()
	}
	return g.paths[n.id]
}

func (g *Graph) namePaths() {
	seen := make(map[string]int, len(g.nodes))
	for _, n := range g.nodes {
		seen[n.scope+n.name]++
	}
	g.paths = make([]string, len(g.nodes))
	for i, n := range g.nodes {
		g.paths[i] = n.scope + n.name
		if seen[g.paths[i]] > 1 {
			g.paths[i] = fmt.Sprintf("%s#%d", g.paths[i], n.id)
		}
	}
}
