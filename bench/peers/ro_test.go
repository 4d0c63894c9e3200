package peers

import "github.com/samber/ro"

// roSend sends the numbers through a subject into the sum.
func roSend(source ro.Subject[int], sum *int) func(int) int {
	return func(n int) int {
		*sum = 0
		for i := 1; i <= n; i++ {
			source.Next(i)
		}
		return *sum
	}
}

func roChain(size int) func(int) int {
	source, sum := ro.NewPublishSubject[int](), 0
	var o ro.Observable[int] = source
	for range size {
		o = ro.Pipe1(o, ro.Map(func(v int) int { return v + 1 }))
	}
	o.Subscribe(ro.OnNext(func(v int) { sum += v }))
	return roSend(source, &sum)
}

func roFanOut(size int) func(int) int {
	source, sum := ro.NewPublishSubject[int](), 0
	for range size {
		source.Subscribe(ro.OnNext(func(v int) { sum += v }))
	}
	return roSend(source, &sum)
}
