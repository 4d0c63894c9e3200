package gateway

import (
	"fmt"

	"gw/schema"
)

// recordValues are those of Channel[schema.Record]. A record that was set belongs to the channel and is not copied.
type recordValues struct{ typ *schema.Type }

func (s recordValues) kind() (*schema.Type, bool) { return s.typ, false }

func (s recordValues) own(v *schema.Record, fill func(*schema.Struct)) error {
	return ownRecord(s.typ, *v, fill)
}

func (s recordValues) tick(v *schema.Record, _ bool) *Tick { return oneTick(&Tick{}, *v) }

func (s recordValues) of(recs []schema.Record) schema.Record { return recs[0] }

// recordListValues are those of Channel[[]schema.Record].
type recordListValues struct{ typ *schema.Type }

func (l recordListValues) kind() (*schema.Type, bool) { return l.typ, true }

func (l recordListValues) own(v *[]schema.Record, fill func(*schema.Struct)) error {
	*v = append(make([]schema.Record, 0, len(*v)), *v...)
	for _, r := range *v {
		if err := ownRecord(l.typ, r, fill); err != nil {
			return err
		}
	}
	return nil
}

func (l recordListValues) tick(v *[]schema.Record, _ bool) *Tick { return &Tick{Records: *v} }

func (l recordListValues) of(recs []schema.Record) []schema.Record { return recs }

func ownRecord(want *schema.Type, r schema.Record, fill func(*schema.Struct)) error {
	if err := isA(want, r); err != nil {
		return err
	}
	r.EachBase(fill)
	return nil
}

// isA says why r is no value of a type.
func isA(want *schema.Type, r schema.Record) error {
	switch {
	case r.IsZero():
		return fmt.Errorf("got no value, want a %s", want.Name)
	case r.Type() != want:
		return fmt.Errorf("got a %s, want a %s", r.Type().Name, want.Name)
	}
	return nil
}
