package engine

// save packs the values that wait.
func (a *PushAdapter[T]) save(w *packer) error {
	a.q.mu.Lock()
	defer a.q.mu.Unlock()
	waiting := append(append([]T(nil), a.left()...), a.in[a.first:]...)
	w.uint(uint64(a.voids))
	return w.put(&waiting)
}

// load puts the values that waited before those that have been pushed since the start.
func (a *PushAdapter[T]) load(r *unpacker) error {
	a.voids = int(r.uint())
	var waited []T
	if err := r.get(&waited); err != nil || len(waited) == 0 {
		return err
	}
	a.q.mu.Lock()
	defer a.q.mu.Unlock()
	a.in = append(waited, a.in[a.first:]...)
	a.first = 0
	if a.cfg.Group == nil && !a.told {
		a.told = true
		a.q.announce(a)
	}
	return nil
}
