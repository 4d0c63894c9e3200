package schema

import "unsafe"

// SetString sets a String cell of the record itself, in place, and reports whether c is one. The caller must be the only
// one who has the record.
func (c *Column) SetString(r Record, s string) bool {
	if c.Kind != String || len(c.guards) > 0 {
		return false
	}
	*(*string)(unsafe.Add(r.ptr, c.offset)) = s
	if c.Field.Opt {
		*(*optState)(unsafe.Add(r.ptr, c.state)) = optValue
	}
	return true
}
