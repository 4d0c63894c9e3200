// Package peers measures gw beside other Go libraries that push values through graphs. It is a module of its own, so that gw
// does not depend on them. Each shape first checks that all of them compute the same.
package peers

import (
	"fmt"
	"slices"
	"testing"
)

// A shape builds a graph of a size. What it returns sends the numbers 1 to n through the graph, one after the other, and
// sums what comes out.
type shape func(size int) func(n int) (sum int)

// peer is a library by the shapes that it can express.
type peer struct {
	name                string
	chain, fanOut, tree shape
}

// peers lists those that are compiled in; incr_test.go adds one.
var peers = []peer{
	{"gw", gwChain, gwFanOut, gwTree},
	{"ro", roChain, roFanOut, nil},
	{"channels", channelChain, channelFanOut, channelTree},
}

// shapes says how many node-ticks a value costs.
var shapes = []struct {
	name  string
	of    func(peer) shape
	sizes []int
	nodes func(size int) int
}{
	{"Chain", func(p peer) shape { return p.chain }, []int{10, 1000}, func(size int) int { return size }},
	{"FanOut", func(p peer) shape { return p.fanOut }, []int{1000}, func(size int) int { return size }},
	{"Tree", func(p peer) shape { return p.tree }, []int{1024}, func(size int) int { return 2*size - 1 }},
}

func TestPeersComputeTheSame(t *testing.T) {
	for _, s := range shapes {
		for _, size := range s.sizes {
			var got []int
			for _, p := range peers {
				if build := s.of(p); build != nil {
					got = append(got, build(size)(100))
				}
			}
			if slices.Max(got) != slices.Min(got) || got[0] == 0 {
				t.Errorf("%s of %d: the peers sum to %v, want one number", s.name, size, got)
			}
		}
	}
}

func BenchmarkPeers(b *testing.B) {
	for _, s := range shapes {
		for _, size := range s.sizes {
			for _, p := range peers {
				build := s.of(p)
				if build == nil {
					continue
				}
				b.Run(fmt.Sprintf("%s/nodes=%d/%s", s.name, s.nodes(size), p.name), func(b *testing.B) {
					send := build(size)
					send(10) // warm
					b.ReportAllocs()
					b.ResetTimer()
					send(b.N)
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.nodes(size)), "ns/node-tick")
				})
			}
		}
	}
}
