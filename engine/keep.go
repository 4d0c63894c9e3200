package engine

// Keeper is an optional interface of struct nodes: what it returns is saved by [Graph.Save] and set by [Graph.Restore].
type Keeper interface {
	// Keep returns the version of the state's layout and pointers to all of the node's state. It is called whenever state is
	// saved or restored, after Start, and must return pointers of the same types each time.
	Keep() (version int, state []any)
}

// Keep names the state of a closure node: pointers to the variables that its functions share. They are saved by [Graph.Save] and set by
// [Graph.Restore]. A version other than the saved one is refused. Any data may be kept, unexported fields included; functions,
// channels and parts of the engine may not. A type that marshals itself to binary and back does so; what lies in an interface is
// given to gob, which must know its type.
func (n *Node) Keep(version int, state ...any) {
	n.extra().keep = func() (int, []any) { return version, state }
}

// kept returns the version and state of n, 0 and none if it keeps nothing.
func (n *Node) kept() (version int, state []any) {
	keep := n.rare().keep
	if keep == nil {
		return 0, nil
	}
	return keep()
}
