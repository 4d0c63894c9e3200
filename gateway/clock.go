package gateway

import "time"

// wall is the time of what comes from outside: the wall clock's in real time, the engine's in a replay. It is the only
// place of the gateway that reads a clock.
func (g *Gateway) wall() time.Time {
	if g.life.realtime() {
		return time.Now().UTC()
	}
	now, _ := g.hub.at()
	return now.Std()
}
