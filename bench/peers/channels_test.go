package peers

// What one writes without a library: a goroutine a node, a buffered channel an edge.

const buffer = 128

// drive sends the numbers while another goroutine sums what comes out.
func drive(in chan<- int, out <-chan int, each int) func(int) int {
	return func(n int) int {
		go func() {
			for i := 1; i <= n; i++ {
				in <- i
			}
		}()
		sum := 0
		for range n * each {
			sum += <-out
		}
		return sum
	}
}

func channelAddOne(in <-chan int) <-chan int {
	out := make(chan int, buffer)
	go func() {
		for v := range in {
			out <- v + 1
		}
	}()
	return out
}

func channelChain(size int) func(int) int {
	in := make(chan int, buffer)
	var out <-chan int = in
	for range size {
		out = channelAddOne(out)
	}
	return drive(in, out, 1)
}

// split sends each value to as many channels.
func split(in <-chan int, size int) []chan int {
	outs := make([]chan int, size)
	for i := range outs {
		outs[i] = make(chan int, buffer)
	}
	go func() {
		for v := range in {
			for _, out := range outs {
				out <- v
			}
		}
	}()
	return outs
}

func channelFanOut(size int) func(int) int {
	in, out := make(chan int, buffer), make(chan int, buffer)
	for _, c := range split(in, size) {
		go func() {
			for v := range c {
				out <- v
			}
		}()
	}
	return drive(in, out, size)
}

func channelAdd(a, b <-chan int) <-chan int {
	out := make(chan int, buffer)
	go func() {
		for v := range a {
			out <- v + <-b
		}
	}()
	return out
}

func channelTree(size int) func(int) int {
	in := make(chan int, buffer)
	var row []<-chan int
	for _, c := range split(in, size) {
		row = append(row, channelAddOne(c))
	}
	for len(row) > 1 {
		var up []<-chan int
		for i := 0; i < len(row); i += 2 {
			up = append(up, channelAdd(row[i], row[i+1]))
		}
		row = up
	}
	return drive(in, row[0], 1)
}
