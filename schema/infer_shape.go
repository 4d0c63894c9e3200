package schema

// shape is what was seen of one field or list element.
type shape struct {
	seen    sight
	count   int // values, null included
	lastRow int // of the object around it
	noTime  bool
	object  *objectShape
	elem    *shape
}

// sight is a set of what was seen.
type sight uint16

const (
	sawNull sight = 1 << iota
	sawBool
	sawInt
	sawWide // an Int beyond 2^53
	sawHuge // an integer beyond int64
	sawFloat
	sawString
	sawObject
	sawList
	sawDay // a string that is a date

	sawNumber  = sawInt | sawWide | sawFloat
	sawTextual = sawNumber | sawHuge | sawString | sawDay // what a String keeps
)

// observe reads one value from s, whose text was checked.
func (h *shape) observe(s *scanner) {
	h.count++
	switch s.peek() {
	case '{':
		h.seen |= sawObject
		if h.object == nil {
			h.object = newObjectShape()
		}
		h.object.observe(s)
		return
	case '[':
		h.observeList(s)
		return
	}
	t, _ := s.token()
	h.seen |= sightOf(t)
	if !h.noTime {
		_, fault := timeOf(t)
		h.noTime = fault != nil && t.kind != tokNull
	}
}

func (h *shape) observeList(s *scanner) {
	h.seen |= sawList
	if h.elem == nil {
		h.elem = &shape{}
	}
	s.enter()
	for more := s.first(']'); more; {
		h.elem.observe(s)
		more, _ = s.more(']')
	}
}

func sightOf(t token) sight {
	switch t.kind {
	case tokNull:
		return sawNull
	case tokTrue, tokFalse:
		return sawBool
	case tokInt:
		return sightOfInt(t.text)
	case tokFloat:
		return sawFloat
	case tokString:
		if _, _, _, reason := dayOfText(t.text); reason == "" && len(t.text) == len("2006-01-02") {
			return sawDay
		}
	}
	return sawString
}

func sightOfInt(text []byte) sight {
	n, ok := parseInt(text)
	switch {
	case !ok:
		return sawHuge
	case n > 1<<53 || n < -(1<<53):
		return sawInt | sawWide
	case n == 0 && text[0] == '-':
		return sawFloat // -0
	}
	return sawInt
}

// kind returns the narrowest kind that holds all that was seen, without null.
func (h *shape) kind() Kind {
	switch s := h.seen &^ sawNull; {
	case s == sawBool:
		return Bool
	case s&^(sawInt|sawWide) == 0 && s != 0:
		return Int
	case s&^sawNumber == 0 && s&(sawInt|sawFloat) != 0 && s&sawWide == 0:
		return Float
	case s == sawObject:
		return Object
	case s == sawList:
		return List
	case s != 0 && s&^sawTextual == 0:
		return String
	}
	return Any
}

// spec describes the field named name. missing tells that some values around it did not have it.
func (h *shape) spec(name, outer string, missing bool) FieldSpec {
	f := FieldSpec{Name: name, Kind: h.kind(), Opt: missing || h.seen&sawNull != 0}
	switch {
	case f.Kind == Object && len(h.object.names) > maxMembers:
		elem := h.object.merged().element(outer + goName(name, map[string]bool{}))
		f.Kind, f.Elem = Map, &elem
	case f.Kind == Object:
		f.TypeName = outer + goName(name, map[string]bool{})
		f.Fields = h.object.specs(f.TypeName)
	case f.Kind == List:
		elem := h.elem.element(outer + goName(name, map[string]bool{}))
		f.Elem = &elem
	case f.Kind == Any:
		f.Opt = missing
	}
	return f
}

// element describes the elements of a list or map, which cannot be null unless they are floats or raw JSON.
func (h *shape) element(typeName string) FieldSpec {
	f := h.spec("", typeName, false)
	if f.Kind == Object {
		f.TypeName = typeName
		f.Fields = h.object.specs(typeName)
	}
	if h.seen&sawNull != 0 && f.Kind != Float {
		f = FieldSpec{Kind: Any}
	}
	f.Opt = false
	return f
}

// merge takes what another shape saw into h.
func (h *shape) merge(o *shape) {
	h.seen |= o.seen
	h.count += o.count
	h.noTime = h.noTime || o.noTime
	if o.elem != nil {
		if h.elem == nil {
			h.elem = &shape{}
		}
		h.elem.merge(o.elem)
	}
	if o.object != nil {
		if h.object == nil {
			h.object = newObjectShape()
		}
		h.object.merge(o.object)
	}
}
