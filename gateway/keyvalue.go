package gateway

import "gw/schema"

// KeyOf returns the key of an enum-keyed basket whose member has the value, and whether there is one.
func (p *Port) KeyOf(value int64) (string, bool) {
	for i, v := range p.keyValues {
		if v == value {
			return p.keys[i], true
		}
	}
	return "", false
}

// valuesOfKeys returns the values of an enum's members in the order of the keys, nil for keys of strings.
func valuesOfKeys[K comparable]() []int64 {
	var zero K
	e, ok := any(zero).(schema.Enumeration)
	if !ok {
		return nil
	}
	var values []int64
	for _, m := range e.Members() {
		values = append(values, m.Value)
	}
	return values
}
