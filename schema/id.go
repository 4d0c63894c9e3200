package schema

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// ID names one value on a channel: unset (the zero ID), null, a counter minted by the gateway, or a text
// chosen by a client. A counter is kept as a number and written in decimal, so minting does not allocate.
// IDs are comparable with ==; a counter never equals a text of the same digits, String compares them.
type ID struct {
	text  string
	count uint64
	state idState
}

type idState uint8

const (
	idUnset idState = iota
	idNull
	idCount
	idText
)

// NewID returns the counter id n.
func NewID(n uint64) ID { return ID{count: n, state: idCount} }

// TextID returns the id with the text s, which may be empty. Decimal digits as the gateway writes
// counters become a counter, so an id read back equals the one written.
func TextID(s string) ID {
	if n, ok := countOf(s); ok {
		return NewID(n)
	}
	return ID{text: s, state: idText}
}

// countOf reads s if a counter would be written exactly so.
func countOf(s string) (uint64, bool) {
	if s == "" || len(s) > 20 || s[0] == '0' && len(s) > 1 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseUint(s, 10, 64)
	return n, err == nil
}

// NullID returns the id a client set to null on purpose; the gateway keeps it.
func NullID() ID { return ID{state: idNull} }

// IsSet reports whether i has a value or is null, so nothing is to be minted.
func (i ID) IsSet() bool { return i.state != idUnset }

// IsNull reports whether i was set to null.
func (i ID) IsNull() bool { return i.state == idNull }

// HasValue reports whether i is a counter or a text.
func (i ID) HasValue() bool { return i.state >= idCount }

// Count returns the number of a counter, and whether i is one.
func (i ID) Count() (uint64, bool) { return i.count, i.state == idCount }

// String returns the text of i, "" if it is unset or null.
func (i ID) String() string {
	if i.state == idCount {
		return strconv.FormatUint(i.count, 10)
	}
	return i.text
}

// AppendText appends the text of i to dst without allocating.
func (i ID) AppendText(dst []byte) ([]byte, error) {
	if i.state == idCount {
		return strconv.AppendUint(dst, i.count, 10), nil
	}
	return append(dst, i.text...), nil
}

// MarshalJSON writes i as a JSON string, or null if it is unset or null.
func (i ID) MarshalJSON() ([]byte, error) { return appendID(nil, i), nil }

// UnmarshalJSON reads a string, a number (its text is kept) or null.
func (i *ID) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*i = NullID()
		return nil
	}
	if len(data) > 0 && data[0] != '"' {
		*i = TextID(string(data))
		return nil
	}
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*i = TextID(s)
	return nil
}

func appendID(dst []byte, i ID) []byte {
	switch i.state {
	case idCount:
		dst = append(dst, '"')
		dst = strconv.AppendUint(dst, i.count, 10)
		return append(dst, '"')
	case idText:
		return appendString(dst, i.text)
	}
	return append(dst, "null"...)
}

// optState returns the state as an Opt's, which columns branch on.
func (i *ID) optState() optState { return min(optState(i.state), optValue) }
