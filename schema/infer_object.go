package schema

// maxMembers is how many different members an object may have before it is taken for a map.
const maxMembers = 200

// objectShape is what was seen of the objects of one field.
type objectShape struct {
	rows   int
	names  []string
	fields map[string]*shape
}

func newObjectShape() *objectShape { return &objectShape{fields: map[string]*shape{}} }

// member returns the shape of the member with the name, for the current row.
func (o *objectShape) member(name string) *shape {
	h, ok := o.fields[name]
	if !ok {
		h = &shape{}
		o.fields[name] = h
		o.names = append(o.names, name)
	}
	if h.lastRow == o.rows && ok { // twice in one object
		h.count--
	}
	h.lastRow = o.rows
	return h
}

// observe reads one object from s, whose text was checked.
func (o *objectShape) observe(s *scanner) {
	o.rows++
	s.enter()
	for more := s.first('}'); more; {
		key, _ := s.name()
		o.member(string(key)).observe(s)
		more, _ = s.more('}')
	}
}

// specs describes the members.
func (o *objectShape) specs(typeName string) []FieldSpec {
	fields := make([]FieldSpec, len(o.names))
	for i, name := range o.names {
		h := o.fields[name]
		fields[i] = h.spec(name, typeName, h.count < o.rows)
	}
	return fields
}

// merged returns what all members have in common.
func (o *objectShape) merged() *shape {
	all := &shape{}
	for _, name := range o.names {
		all.merge(o.fields[name])
	}
	return all
}

func (o *objectShape) merge(p *objectShape) {
	o.rows += p.rows
	for _, name := range p.names {
		h, ok := o.fields[name]
		if !ok {
			h = &shape{}
			o.fields[name] = h
			o.names = append(o.names, name)
		}
		h.merge(p.fields[name])
	}
}
