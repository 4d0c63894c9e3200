package engine

// Order returns when in a cycle the edge that in reads ticks: edges of a lower rank tick first, and at one rank those of the lower node
// number. It holds from Start on.
func (in *In[T]) Order() (rank, id int) { return in.src.node.rank, in.src.node.id }
