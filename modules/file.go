package modules

import (
	"fmt"
	"time"

	"gw/config"
	"gw/gateway"
	"gw/replay"
)

// File ticks a channel with the rows of recorded files at their recorded times. Formats, compression and the field with
// the time are recognised as by `gw replay`. It is read as the run reaches each row, never ahead of it.
type File struct {
	Base
	// Path names the files, merged by time.
	Path []string `must:"true" alias:"paths,file,filename"`
	// Channel is the channel to set: NAME, or NAME/KEY of a basket.
	Channel string `ref:"channel" must:"true"`
	// Map says what is not to be inferred: time=FIELD,payload=FIELD,unit=s|ms|us|ns.
	Map string
	// From and Until bound the rows that tick, both inclusive; without them all do.
	From, Until time.Time
	// KeepID lets values keep the ids of the file.
	KeepID bool `default:"true"`
	// KeepTimestamp lets values keep the timestamps of the file.
	KeepTimestamp bool `default:"true"`
}

// Check looks at the channel.
func (m *File) Check(c *config.Checking) {
	if knows(c, m.Channel) {
		_, err := m.lane(c.Channel)
		fail(c, err)
	}
}

// Connect sets the channel. Files are opened when the run starts.
func (m *File) Connect(bus *gateway.Bus) error {
	l, err := m.lane(portOf(bus))
	if err != nil {
		return err
	}
	p := &player{
		paths: m.Path, options: replay.Options{Map: m.Map, From: m.From, Until: m.Until}, log: m.log(),
		lanes: []lane{l}, single: true, keepID: m.KeepID, keepTime: m.KeepTimestamp,
	}
	return p.connect(bus, nameOf(m))
}

func (m *File) lane(port func(string) *gateway.Port) (lane, error) {
	l := parseLane(m.Channel)
	p := port(l.name)
	if p == nil || !hasKey(p, l.key) {
		return lane{}, &wrongOption{"channel", "", fmt.Errorf("%q is no channel, and no key of a basket", m.Channel)}
	}
	return lane{p, l.key}, nil
}
