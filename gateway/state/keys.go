package state

import (
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
