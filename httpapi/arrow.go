package httpapi

import (
	"bytes"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"gw/engine"
	"gw/gateway"
	"gw/schema"
)

// arrowRows is how many rows a frame of a watch carries as Arrow before the rest waits for the next one.
const arrowRows = 16384

var moments = &arrow.TimestampType{Unit: arrow.Nanosecond, TimeZone: "UTC"}

// arrowLayout is how the ticks of a channel become rows: when and where they happened, then the columns of the value.
type arrowLayout struct {
	columns []schema.Column
	fields  []arrow.Field
}

func newArrowLayout(t *schema.Type) *arrowLayout {
	l := &arrowLayout{columns: t.Columns(), fields: []arrow.Field{
		{Name: "gw_time", Type: moments}, {Name: "gw_cycle", Type: arrow.PrimitiveTypes.Uint64},
		{Name: "gw_n", Type: arrow.PrimitiveTypes.Uint64}, {Name: "gw_key", Type: arrow.BinaryTypes.String},
	}}
	for _, c := range l.columns {
		f := arrow.Field{Name: c.Name, Nullable: true}
		var plain bool
		if f.Type, plain = arrowType(&c.Field.Value); !plain {
			f.Type, f.Metadata = arrow.BinaryTypes.String, arrow.MetadataFrom(map[string]string{"gw.json": "true"})
		}
		l.fields = append(l.fields, f)
	}
	return l
}

// arrowType is the type of a column; false of what goes as its JSON: maps, raw JSON, lists of values.
func arrowType(v *schema.Value) (arrow.DataType, bool) {
	switch v.Kind {
	case schema.Int:
		return arrow.PrimitiveTypes.Int64, true
	case schema.Float:
		return arrow.PrimitiveTypes.Float64, true
	case schema.Bool:
		return arrow.FixedWidthTypes.Boolean, true
	case schema.String, schema.Ident, schema.Enum:
		return arrow.BinaryTypes.String, true
	case schema.Time, schema.Stamp:
		return moments, true
	case schema.Day:
		return arrow.FixedWidthTypes.Date32, true
	case schema.Duration:
		return arrow.FixedWidthTypes.Duration_ns, true
	case schema.List:
		switch v.Elem.Kind {
		case schema.Int, schema.Float, schema.Bool, schema.String, schema.List:
			of, plain := arrowType(v.Elem)
			return arrow.ListOf(of), plain
		}
	}
	return arrow.BinaryTypes.String, false
}

// stream writes ticks of one channel as an Arrow IPC stream of one batch: a row a value.
func (l *arrowLayout) stream(ticks []*gateway.Tick, about map[string]string) ([]byte, error) {
	meta := arrow.MetadataFrom(about)
	s := arrow.NewSchema(l.fields, &meta)
	b := array.NewRecordBuilder(memory.DefaultAllocator, s)
	defer b.Release()
	for _, t := range ticks {
		for _, r := range t.Records {
			if err := l.row(b, t, r); err != nil {
				return nil, err
			}
		}
	}
	batch := b.NewRecordBatch()
	defer batch.Release()
	var out bytes.Buffer
	w := ipc.NewWriter(&out, ipc.WithSchema(s))
	if err := w.Write(batch); err != nil {
		return nil, err
	}
	return out.Bytes(), w.Close()
}

func (l *arrowLayout) row(b *array.RecordBuilder, t *gateway.Tick, r schema.Record) error {
	b.Field(0).(*array.TimestampBuilder).Append(arrow.Timestamp(t.Time))
	b.Field(1).(*array.Uint64Builder).Append(t.Cycle)
	b.Field(2).(*array.Uint64Builder).Append(t.N)
	b.Field(3).(*array.StringBuilder).Append(t.Key)
	for i := range l.columns {
		if err := arrowCell(b.Field(i+4), &l.columns[i], r); err != nil {
			return err
		}
	}
	return nil
}

// arrowCell appends a cell.
func arrowCell(to array.Builder, c *schema.Column, r schema.Record) error {
	if !c.Has(r) {
		to.AppendNull()
		return nil
	}
	switch b := to.(type) {
	case *array.Int64Builder:
		n, _ := c.Int64(r)
		b.Append(n)
	case *array.Float64Builder:
		x, _ := c.Float64(r)
		b.Append(x)
	case *array.BooleanBuilder:
		v, _ := c.Bool(r)
		b.Append(v)
	case *array.TimestampBuilder:
		at, _ := c.Time(r)
		b.Append(arrow.Timestamp(engine.TimeOf(at)))
	case *array.Date32Builder:
		days, _ := c.Int64(r)
		b.Append(arrow.Date32(days))
	case *array.DurationBuilder:
		n, _ := c.Int64(r)
		b.Append(arrow.Duration(n))
	case *array.StringBuilder:
		text, _ := c.String(r)
		b.Append(text)
	default:
		return to.AppendValueFromString(string(c.AppendJSON(nil, r))) // a list
	}
	return nil
}

// arrow is one frame of a watch as Arrow: a head as JSON, and a stream for each channel that ticked.
func (f watchFrame) arrow(cat *catalog, ticks []*gateway.Tick) (head []byte, streams [][]byte, rest []*gateway.Tick, err error) {
	byChannel, order, rows := map[string][]*gateway.Tick{}, []string{}, 0
	for i, t := range ticks {
		if rows >= arrowRows {
			rest = ticks[i:]
			break
		}
		if byChannel[t.Channel] == nil {
			order = append(order, t.Channel)
		}
		byChannel[t.Channel] = append(byChannel[t.Channel], t)
		rows += len(t.Records)
	}
	for _, channel := range order {
		about := map[string]string{"watch": f.name, "seq": strconv.FormatUint(f.seq, 10), "channel": channel}
		s, err := newArrowLayout(cat.named[channel].Type).stream(byChannel[channel], about)
		if err != nil {
			return nil, nil, nil, err
		}
		streams = append(streams, s)
	}
	head = f.appendHead(nil)
	head = strconv.AppendInt(append(head, `,"batches":`...), int64(len(streams)), 10)
	return append(head, '}'), streams, rest, nil
}
