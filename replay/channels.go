package replay

import (
	"errors"
	"fmt"

	"gw/schema"
)

// maxChannels bounds the channels of a recording: a routing field with more different values is none.
const maxChannels = 1000

// errTooManyChannels stops a survey whose routing field turns out to be none.
var errTooManyChannels = errors.New("too many channels")

// channel is one channel of a recording, as learnt in the first pass.
type channel struct {
	name  string
	raw   string // its name in the files
	index int
	rows  uint64
	typ   *schema.Type
	list  bool // a value is a list
	keys  []string

	outlet     int // among those of the recording; unused by a basket
	keyOutlets map[string]int

	sawList, sawStruct, sawBasket, keysList bool
	hasID, hasStamp                         bool // the recording has ids and timestamps of its own
	oddStamp                                bool // and some of the timestamps are no times

	keySet       map[string]bool
	plain, keyed *schema.Inference // of values taken as structs, and of those by key
}

// channels are all channels of a recording in the order of first sight.
type channels struct {
	list  []*channel
	byRaw map[string]*channel
	names map[string]bool
}

func newChannels() *channels {
	return &channels{byRaw: map[string]*channel{}, names: map[string]bool{}}
}

// find returns the channel of a route, a new one if learn is set.
func (c *channels) find(p *plan, route []byte, learn bool) (*channel, error) {
	if route == nil {
		route = []byte(p.base)
	}
	if ch := c.byRaw[string(route)]; ch != nil || !learn {
		return ch, nil
	}
	if len(c.list) == maxChannels {
		return nil, errTooManyChannels
	}
	ch := c.add(string(route))
	ch.plain.Dates = p.format == formatCSV
	return ch, nil
}

func (c *channels) add(raw string) *channel {
	name := cleanName(raw)
	for n, plain := 2, name; c.names[name]; n++ {
		name = fmt.Sprintf("%s_%d", plain, n)
	}
	ch := &channel{
		name: name, raw: raw, index: len(c.list), keySet: map[string]bool{},
		plain: schema.NewInference(name), keyed: schema.NewInference(name),
	}
	c.names[name], c.byRaw[raw] = true, ch
	c.list = append(c.list, ch)
	return ch
}

// cleanName turns every run of characters outside A-Z, a-z, 0-9 and _ into one _.
func cleanName(raw string) string {
	out := make([]byte, 0, len(raw))
	run := false
	for _, c := range []byte(raw) {
		if c == '_' || isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' {
			out, run = append(out, c), false
		} else if !run {
			out, run = append(out, '_'), true
		}
	}
	if len(out) == 0 {
		return "_"
	}
	return string(out)
}

// observe learns from one part of a row and reports whether it can become a tick.
func (ch *channel) observe(v *valueMaker, p *plan, pt part) bool {
	list, ok := v.each(p, pt, func(val value) bool { return ch.learn(ch.plain, val) })
	if !ok {
		return false
	}
	ch.rows++
	switch {
	case list:
		ch.sawList = true
	case p.format != formatCycles:
		ch.sawStruct = true
	case !ch.sawStruct:
		ch.observeBasket(v, p, pt.value)
	}
	return true
}

// observeBasket learns from an object of csp-gateway's that may be a basket: one without id and timestamp, and with
// nothing but objects and lists of them as members. An object without values speaks neither for a basket nor against.
func (ch *channel) observeBasket(v *valueMaker, p *plan, text []byte) {
	ms, err := object(text, []member{})
	if err != nil {
		return
	}
	for _, m := range ms {
		if keyIs(m.key, "id") || keyIs(m.key, stampKey) || !isPayload(m.value) && string(m.value) != "null" {
			ch.sawStruct = true
			return
		}
	}
	ch.observeKeys(v, p, ms)
}

func (ch *channel) observeKeys(v *valueMaker, p *plan, ms []member) {
	for _, m := range ms {
		key := string(unescape(m.key))
		if !ch.keySet[key] {
			ch.keySet[key] = true
			ch.keys = append(ch.keys, key)
		}
		if string(m.value) == "null" {
			continue
		}
		ch.sawBasket = true
		list, _ := v.each(p, part{value: m.value}, func(val value) bool { return ch.learn(ch.keyed, val) })
		ch.keysList = ch.keysList || list
	}
}

// learn takes one value into account.
func (ch *channel) learn(i *schema.Inference, v value) bool {
	ch.hasStamp = ch.hasStamp || v.hasStamp
	ch.oddStamp = ch.oddStamp || v.oddStamp
	return i.Observe(v.text) == nil
}

// settle decides what the channel is and makes its type.
func (ch *channel) settle() error {
	learnt := ch.plain
	switch {
	case ch.sawBasket && !ch.sawStruct && !ch.sawList:
		learnt, ch.list = ch.keyed, ch.keysList
	default:
		ch.keys, ch.list = nil, ch.sawList
	}
	var err error
	if learnt.Rows() == 0 {
		ch.typ, err = schema.Build(ch.name, nil)
	} else {
		ch.typ, err = learnt.Type()
		for _, f := range learnt.Fields() {
			ch.hasID = ch.hasID || f.Name == "id"
		}
	}
	ch.plain, ch.keyed, ch.keySet = nil, nil, nil
	return err
}

// kind returns "struct", "list", "basket" or "basket of lists".
func (ch *channel) kind() string {
	switch {
	case len(ch.keys) > 0 && ch.list:
		return "basket of lists"
	case len(ch.keys) > 0:
		return "basket"
	case ch.list:
		return "list"
	}
	return "struct"
}
