package state

import (
	"crypto/sha256"
	"fmt"

	"gw/schema"
)

// Keys are the fields that tell the rows of a table apart.
type Keys []*schema.Column

// KeysOf returns the named fields of t, dotted into nested structs. The error names a field that there is not, or that is
// no scalar.
func KeysOf(t *schema.Type, names []string) (Keys, error) {
	var keys Keys
	for _, name := range names {
		c, ok := t.Column(name)
		switch {
		case !ok:
			return nil, fmt.Errorf("key %q: no such field (has: %s)", name, scalars(t))
		case classOf(c.Kind) == noClass:
			return nil, fmt.Errorf("key %q: is a %s, want a scalar (has: %s)", name, c.Kind, scalars(t))
		}
		keys = append(keys, c)
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("no keys")
	}
	return keys, nil
}

// Append appends the key tuple of r to dst: equal tuples, and only those, are the same bytes. It does not allocate if
// dst has room.
func (k Keys) Append(dst []byte, r schema.Record) []byte {
	for _, c := range k {
		dst = appendKey(dst, c, r)
	}
	return dst
}

// A tuple is a key tuple in few bytes, so that a table of many rows is not mostly keys: one of less than 16 bytes as
// Append writes it, with its length at the end; a longer one by its SHA-256, of which no two are known to be equal.
type tuple [16]byte

const hashed = 0xff // at the end, where no length is

func tupleOf(key []byte) tuple {
	var t tuple
	last := len(t) - 1
	if len(key) <= last {
		t[last] = byte(copy(t[:], key))
		return t
	}
	sum := sha256.Sum256(key)
	copy(t[:], sum[:])
	t[last] = hashed
	return t
}
