package gateway

// Info returns what the modules have to tell who starts the gateway, a line each, as "MODULE: LINE". Call it after
// Ready. A module that panics in it tells that.
func (g *Gateway) Info() []string {
	var lines []string
	for _, m := range g.modules {
		i, ok := m.value.(Informer)
		if !ok {
			continue
		}
		var told []string
		if err := guarded(func() error { told = i.Info(); return nil }); err != nil {
			told = []string{err.Error()}
		}
		for _, line := range told {
			lines = append(lines, m.name+": "+line)
		}
	}
	return lines
}
