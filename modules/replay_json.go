package modules

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"gw/config"
	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// ReplayEngineJSON replays the past from a file and records the present into it, a line of JSON an engine cycle, as
// csp-gateway does: what is before start_writing is replayed, what is from then on is recorded. A file that gw makes can
// be read by its owner only.
type ReplayEngineJSON struct {
	Base
	// Filename is the file. To be written to it needs not exist, nor need its folder.
	Filename string `must:"true"`
	// Selection names the channels; nothing selects all of them.
	Selection gateway.Selection `ref:"channel"`
	// EncodeSelection names those to record, if they are others.
	EncodeSelection *gateway.Selection `ref:"channel"`
	// DecodeSelection names those to replay, if they are others.
	DecodeSelection *gateway.Selection `ref:"channel"`
	// ReadWriteMode says what is done: READ replays the whole file, WRITE only records.
	ReadWriteMode string `enum:"READ_AND_WRITE,READ,WRITE" default:"READ_AND_WRITE"`
	// StartWriting is when recording begins and replaying ends: a time, or a duration after the start.
	StartWriting Moment
	// OverwriteIfWriting begins the file anew instead of appending to it.
	OverwriteIfWriting bool
	// SubscribeWithStructID lets replayed values keep their ids.
	SubscribeWithStructID bool `json:"subscribe_with_struct_id" default:"true"`
	// SubscribeWithStructTimestamp lets them keep their timestamps.
	SubscribeWithStructTimestamp bool `default:"true"`
	// FlagUpdates sets fields of replayed values: CHANNEL to a list of [FIELD, true or false].
	FlagUpdates map[string][]Flag
	// LogLaggingEngineCycles logs rows that are late.
	LogLaggingEngineCycles bool `later:"rows that are late tick at once and are not logged"`

	recorder *recorder
}

// Check looks at what cannot work together.
func (m *ReplayEngineJSON) Check(c *config.Checking) {
	for name, flags := range m.FlagUpdates {
		p := c.Channel(name)
		if p == nil {
			c.Failf("flag_updates."+name, "", "no channel %q", name)
			continue
		}
		for _, f := range flags {
			if field, ok := p.Type.Field(f.Field); !ok || field.Value.Kind != schema.Bool {
				c.Failf("flag_updates."+name, "", "%s has no field %q that is true or false", p.Type.Name, f.Field)
			}
		}
	}
}

// Connect sets the channels to replay and reads those to record.
func (m *ReplayEngineJSON) Connect(bus *gateway.Bus) error {
	if m.ReadWriteMode != "WRITE" {
		if err := m.replay(bus); err != nil {
			return err
		}
	}
	if m.ReadWriteMode != "READ" {
		return m.record(bus)
	}
	return nil
}

func (m *ReplayEngineJSON) replay(bus *gateway.Bus) error {
	p := &player{
		paths: []string{m.Filename}, log: m.log(), lanes: selected(bus, orElse(m.DecodeSelection, m.Selection)),
		keepID: m.SubscribeWithStructID, keepTime: m.SubscribeWithStructTimestamp,
		change: m.flag, mayBeNew: m.ReadWriteMode != "READ",
	}
	if m.ReadWriteMode != "READ" {
		p.offset = m.StartWriting.after
	}
	return p.connect(bus, nameOf(m)+" replay")
}

func (m *ReplayEngineJSON) record(bus *gateway.Bus) error {
	m.recorder = &recorder{}
	n := bus.Graph().Node(nameOf(m) + " record").Effect()
	ins := map[lane]*engine.In[*gateway.Tick]{}
	wanted := selected(bus, orElse(m.EncodeSelection, m.Selection))
	for _, p := range bus.Ports() { // a line has the channels in the order of the model
		for _, l := range lanesOf(p) {
			if !slices.Contains(wanted, l) {
				continue
			}
			e, err := l.ticks(bus)
			if err != nil {
				return err
			}
			ins[l] = engine.Use(n, e)
			if !slices.Contains(m.recorder.ports, p) {
				m.recorder.ports = append(m.recorder.ports, p)
			}
		}
	}
	start := engine.Use(n, engine.Const(bus.Graph(), struct{}{}, 0))
	var from engine.Time
	n.OnTick(func() {
		err := error(nil)
		if start.Ticked() {
			from = m.StartWriting.after(n.Now())
			err = m.recorder.open(m.Filename, m.OverwriteIfWriting)
		}
		if err == nil && n.Now() >= from && anyTicked(ins) {
			err = m.recorder.put(n.Now(), func(p *gateway.Port, key string) *gateway.Tick {
				if in := ins[lane{p, key}]; in.Ticked() {
					return in.Get()
				}
				return nil
			})
		}
		if err != nil {
			n.Stop(fmt.Errorf("record %s: %w", m.Filename, err))
		}
	})
	return nil
}

func anyTicked(ins map[lane]*engine.In[*gateway.Tick]) bool {
	for _, in := range ins {
		if in.Ticked() {
			return true
		}
	}
	return false
}

// Shutdown writes what waits and closes the file.
func (m *ReplayEngineJSON) Shutdown(ctx context.Context) error {
	if m.recorder == nil {
		return nil
	}
	return m.recorder.spool.Close(ctx)
}

// flag applies FlagUpdates to a replayed value.
func (m *ReplayEngineJSON) flag(channel string, r schema.Record) (schema.Record, error) {
	flags := m.FlagUpdates[channel]
	if len(flags) == 0 {
		return r, nil
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(r.AppendJSON(nil), &members); err != nil {
		return r, err
	}
	for _, f := range flags {
		members[f.Field] = json.RawMessage("false")
		if f.Value {
			members[f.Field] = json.RawMessage("true")
		}
	}
	text, err := json.Marshal(members)
	if err != nil {
		return r, err
	}
	changed, problems := r.Type().Decode(text, schema.DecodeOptions{})
	if problems != nil {
		return r, problems.Err()
	}
	*changed.Base() = *r.Base() // unset is not null
	return changed, nil
}

func orElse(s *gateway.Selection, other gateway.Selection) gateway.Selection {
	if s != nil {
		return *s
	}
	return other
}

// Flag is a field and what it is set to.
type Flag struct {
	Field string
	Value bool
}

// DecodeConfig reads [FIELD, true].
func (f *Flag) DecodeConfig(v any) error {
	pair, _ := v.([]any)
	if len(pair) == 2 {
		field, isText := pair[0].(string)
		value, isBool := pair[1].(bool)
		if isText && isBool {
			*f = Flag{field, value}
			return nil
		}
	}
	return fmt.Errorf("[FIELD, true] or [FIELD, false]")
}

// Moment is a time, or a duration after the start of the run; the zero Moment is the start.
type Moment struct {
	at    time.Time
	later time.Duration
}

// DecodeConfig reads either.
func (m *Moment) DecodeConfig(v any) error {
	text := fmt.Sprint(v)
	if v == nil {
		return nil
	}
	if d, ok := config.ParseDuration(text); ok {
		m.later = d
		return nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateOnly} {
		if t, err := time.Parse(layout, strings.Replace(text, " ", "T", 1)); err == nil {
			m.at = t.UTC()
			return nil
		}
	}
	return fmt.Errorf("a time such as 2024-08-09T00:05:00Z, or a duration such as 30s")
}

// after is the moment of a run that starts at start.
func (m Moment) after(start engine.Time) engine.Time {
	if !m.at.IsZero() {
		return engine.Time(m.at.UnixNano())
	}
	return start + engine.Time(m.later)
}
