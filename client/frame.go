package client

import (
	"encoding/json"
	"errors"
	"time"
)

// Frame is what a watch delivers: the gateway's status and the ticks since the frame before.
type Frame struct {
	// Seq numbers the frames of one connection from 1.
	Seq uint64 `json:"seq"`
	// Snapshot marks the first frame of a connection: it holds the latest ticks of each channel and key, some of which
	// a frame before a reconnect may have had; compare Tick.N.
	Snapshot bool   `json:"snapshot"`
	Status   Status `json:"status"`
	// Dropped and Conflated count the ticks left out since the frame before, because the reader was slow or only wanted the latest.
	Dropped   uint64 `json:"dropped"`
	Conflated uint64 `json:"conflated"`
	// Ticks in the order in which they happened.
	Ticks []Tick `json:"ticks"`
	// Lost is set on a frame that the client makes itself when the connection is lost, and again after each attempt to restore
	// it that did not work. Everything else in such a frame is zero.
	Lost error `json:"-"`
}

// Tick is one tick of a channel, for a basket of one key.
type Tick struct {
	Channel string `json:"channel"`
	Key     string `json:"key"`
	// Time and Cycle are the engine's; N numbers the ticks of the channel and key from 1.
	Time  time.Time `json:"time"`
	Cycle uint64    `json:"cycle"`
	N     uint64    `json:"n"`
	// Data is a JSON array of the tick's values.
	Data json.RawMessage `json:"data"`
}

// errForeignFrame says that the text is JSON but nothing that a watch sends.
var errForeignFrame = errors.New("not a frame of a watch")

// decodeFrame reads a text frame of the watch protocol. A refusal of the watch comes back as its text.
func decodeFrame(data []byte) (f Frame, refusal string, err error) {
	var wire struct {
		Watch string `json:"watch"`
		Error string `json:"error"`
		Frame
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return Frame{}, "", err
	}
	if wire.Error == "" && wire.Seq == 0 {
		return Frame{}, "", errForeignFrame
	}
	return wire.Frame, wire.Error, nil
}
