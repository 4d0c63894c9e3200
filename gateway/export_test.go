package gateway

// Indexed returns how many values the index of Lookup holds.
func Indexed(g *Gateway) int { return g.index.count }
