package omnibus_test

import (
	"context"
	"testing"
	"time"

	"gw/examples/omnibus"
	"gw/gateway"
	"gw/gateway/gatewaytest"
	"gw/schema"
)

// script is a harness of the omnibus's modules.
func script(t *testing.T) (*gatewaytest.Harness, *omnibus.Channels) {
	ch := &omnibus.Channels{Metadata: map[string]string{"name": "Demo"}}
	return gatewaytest.New(t, ch, &omnibus.ExampleModule{Seed: 1}, &omnibus.ExampleModuleFeedback{}), ch
}

func TestScriptedSeconds(t *testing.T) {
	h, ch := script(t)
	example, list := gatewaytest.Watch(h, &ch.Example), gatewaytest.Watch(h, &ch.ExampleList)
	a, never := gatewaytest.WatchKey(h, &ch.Basket, omnibus.A), gatewaytest.Watch(h, &ch.NeverTicks)

	example.NotTicked()
	h.Advance(time.Second, "x is 1")
	example.Ticked(1)
	example.Fields(map[string]any{"x": 1, "y": "111", "internal_csp_struct.z": 12, "mapping": map[string]int{"1": 1}})
	list.Len(1)
	a.Field("y", "1")

	h.Advance(time.Second, "x is 2, which the feedback answers with 3")
	example.Ticked(2)
	example.Fields(map[string]any{"x": 3, "y": "222"})
	a.Ticked(2)
	never.NotTicked()
}

func TestScriptedHour(t *testing.T) {
	h, ch := script(t)
	example := gatewaytest.Watch(h, &ch.Example)
	h.Advance(time.Hour)
	example.Ticked(3600 + 1800)
}

func TestFeedbackAnswersWhatIsSent(t *testing.T) {
	h, ch := script(t)
	sent, example := gatewaytest.Feed(h, &ch.Example), gatewaytest.Watch(h, &ch.Example)
	sent.Send(omnibus.ExampleData{X: schema.Some[int64](40), Y: "forty"})
	example.Ticked(2)
	example.Fields(map[string]any{"x": 41, "y": "forty"})
}

func TestReleasedValuesTickTheStagedChannel(t *testing.T) {
	h, ch := script(t)
	staged := gatewaytest.Watch(h, &ch.ExampleWithStage)
	h.Outside(func(ctx context.Context, g *gateway.Gateway) {
		s, err := g.Stage("example_with_stage")
		if err != nil {
			t.Error(err)
			return
		}
		for _, body := range []string{`{"x":1}`, `{"x":2}`} {
			if _, err := s.Add(ctx, nil, []byte(body)); err != nil {
				t.Error(err)
			}
		}
	})
	staged.NotTicked()
	h.Outside(func(ctx context.Context, g *gateway.Gateway) {
		s, _ := g.Stage("example_with_stage")
		if _, err := s.Release(ctx, []string{}); err != nil {
			t.Error(err)
		}
	})
	staged.Ticked(2)
	staged.Field("x", 2)
}
