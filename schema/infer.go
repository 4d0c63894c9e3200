package schema

// Inference learns a type from recorded values. One goroutine at a time.
type Inference struct {
	name string
	rows int
}

// NewInference returns an inference for a type of the given name.
func NewInference(name string) *Inference { return &Inference{name: name} }

// Observe takes one JSON object into account. The error says why raw is not one; it then counts for nothing.
func (i *Inference) Observe(raw []byte) error { return nil }

// ObserveText takes one row of text cells into account: cells[n] is the value of the field names[n]; an empty
// cell is unset.
func (i *Inference) ObserveText(names, cells []string) {}

// Rows returns how many values were taken into account.
func (i *Inference) Rows() int { return i.rows }

// Fields returns the fields learnt so far, in order of first sight, to print or to change before Build.
func (i *Inference) Fields() []FieldSpec { return nil }

// Type makes the type.
func (i *Inference) Type() (*Type, error) { return Build(i.name, i.Fields()) }
