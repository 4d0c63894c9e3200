package stats

// ring is a queue with two ends. It doubles when it is full and does not shrink.
type ring[T any] struct {
	items []T
	head  int
	n     int
}

func (r *ring[T]) at(i int) *T {
	if i += r.head; i >= len(r.items) {
		i -= len(r.items)
	}
	return &r.items[i]
}

func (r *ring[T]) push(v T) {
	if r.n == len(r.items) {
		items := make([]T, max(8, 2*r.n))
		for i := range r.n {
			items[i] = *r.at(i)
		}
		r.items, r.head = items, 0
	}
	r.n++
	*r.at(r.n - 1) = v
}

func (r *ring[T]) first() *T { return r.at(0) }
func (r *ring[T]) last() *T  { return r.at(r.n - 1) }
func (r *ring[T]) dropLast() { r.n-- }

func (r *ring[T]) dropFirst() {
	if r.head++; r.head == len(r.items) {
		r.head = 0
	}
	r.n--
}

func (r *ring[T]) clear() { r.head, r.n = 0, 0 }
