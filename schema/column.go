package schema

import (
	"time"
	"unsafe"
)

// Column is one cell of a type's values, with nested values flattened: "a.b" is b in the nested value a.
// Accessors go by offset and may be called from any goroutine as long as nobody writes the record; the record must
// be of the type the column was taken from. Int64, Float64, Bool, Count, Time and AppendJSON do not allocate.
type Column struct {
	// Name is the dotted path.
	Name string
	// Kind is what it holds; never Object.
	Kind Kind
	// Opt reports whether the cell may be empty: the field or a value around it is an Opt.
	Opt bool
	// Field is the last field of the path.
	Field *Field

	value  *Value
	offset uintptr // of the cell in the record
	state  uintptr // of the cell's own Opt
	guards []guard // Opts around the cell
}

// guard is a nested value that may be absent.
type guard struct {
	offset, state uintptr
	typ           *Type
}

// makeColumns flattens t; the types of nested values are complete.
func (t *Type) makeColumns() {
	t.plan.byColumn = map[string]int{}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Value.Kind != Object {
			t.addColumn(Column{Name: f.Name, Kind: f.Value.Kind, Opt: f.Opt, Field: f,
				value: &f.Value, offset: f.Offset, state: f.state})
			continue
		}
		for _, c := range f.Value.Type.plan.columns {
			c.Name = f.Name + "." + c.Name
			c.offset += f.Offset
			c.state += f.Offset
			guards := c.guards
			c.guards = nil
			if f.Opt {
				c.Opt = true
				c.guards = append(c.guards, guard{f.Offset, f.state, f.Value.Type})
			}
			for _, g := range guards {
				c.guards = append(c.guards, guard{g.offset + f.Offset, g.state + f.Offset, g.typ})
			}
			t.addColumn(c)
		}
	}
}

// addColumn adds c unless a field's own name hides it.
func (t *Type) addColumn(c Column) {
	if _, hidden := t.plan.byColumn[c.Name]; hidden {
		return
	}
	t.plan.byColumn[c.Name] = len(t.plan.columns)
	t.plan.columns = append(t.plan.columns, c)
}

// Columns returns the columns of t: fields in order, those of nested values in place of the value.
// The slice is shared and must not be changed.
func (t *Type) Columns() []Column { return t.plan.columns }

// Column returns the column with the dotted name, and whether there is one.
func (t *Type) Column(name string) (*Column, bool) {
	i, ok := t.plan.byColumn[name]
	if !ok {
		return nil, false
	}
	return &t.plan.columns[i], true
}

// cell returns where the cell lies, nil if it is unset or null.
func (c *Column) cell(r Record) unsafe.Pointer {
	if c.stateOf(r) != optValue {
		return nil
	}
	return unsafe.Add(r.ptr, c.offset)
}

// stateOf returns the state of the cell, that of the outermost absent value around it if there is one.
func (c *Column) stateOf(r Record) optState {
	for _, g := range c.guards {
		if s := *(*optState)(unsafe.Add(r.ptr, g.state)); s != optValue {
			return s
		}
	}
	switch {
	case !c.Field.Opt:
		return optValue
	case c.Kind == Ident:
		return (*ID)(unsafe.Add(r.ptr, c.offset)).optState()
	}
	return *(*optState)(unsafe.Add(r.ptr, c.state))
}

// Has reports whether the cell holds a value: it is neither unset nor null.
func (c *Column) Has(r Record) bool { return c.stateOf(r) == optValue }

// Null reports whether the cell or a value around it was set to null, and is not merely unset.
func (c *Column) Null(r Record) bool { return c.stateOf(r) == optNull }

// Int64 returns an Int cell, a Bool one as 0 or 1, a Day one in days, a Duration one in nanoseconds.
func (c *Column) Int64(r Record) (int64, bool) {
	p := c.cell(r)
	if p == nil {
		return 0, false
	}
	switch c.Kind {
	case Int:
		return loadInt(p, c.value.base), true
	case Bool:
		if *(*bool)(p) {
			return 1, true
		}
		return 0, true
	case Day:
		return int64(*(*Date)(p)), true
	case Duration:
		return int64(*(*time.Duration)(p)), true
	}
	return 0, false
}

// Float64 returns a Float, Int or Bool cell as a number, a Duration one in seconds.
func (c *Column) Float64(r Record) (float64, bool) {
	p := c.cell(r)
	if p == nil {
		return 0, false
	}
	switch c.Kind {
	case Float, Int, Duration:
		return c.value.number(p), true
	case Bool:
		n, ok := c.Int64(r)
		return float64(n), ok
	}
	return 0, false
}

// number returns the Int, Float or Duration at p as a float.
func (v *Value) number(p unsafe.Pointer) float64 {
	switch v.Kind {
	case Int:
		return float64(loadInt(p, v.base))
	case Duration:
		return seconds(*(*time.Duration)(p))
	}
	return loadFloat(p, v.base)
}

// Bool returns a Bool cell.
func (c *Column) Bool(r Record) (value, ok bool) {
	if p := c.cell(r); p != nil && c.Kind == Bool {
		return *(*bool)(p), true
	}
	return false, false
}

// Count returns the number of an Ident cell that is a counter.
func (c *Column) Count(r Record) (uint64, bool) {
	if p := c.cell(r); p != nil && c.Kind == Ident {
		return (*ID)(p).Count()
	}
	return 0, false
}

// Time returns a Time or Stamp cell, a Day one as midnight UTC.
func (c *Column) Time(r Record) (time.Time, bool) {
	p := c.cell(r)
	if p == nil {
		return time.Time{}, false
	}
	switch c.Kind {
	case Time, Stamp:
		return *(*time.Time)(p), true
	case Day:
		return (*(*Date)(p)).Time(), true
	}
	return time.Time{}, false
}
