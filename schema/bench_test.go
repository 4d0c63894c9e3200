package schema

import (
	"encoding/json"
	"testing"
)

// trade is what a busy feed carries.
type trade struct {
	Struct
	Symbol string  `json:"symbol"`
	Price  float64 `json:"price" validate:"gt=0"`
	Size   int64   `json:"size"`
	Buyer  bool    `json:"buyer"`
}

const tradeText = `{"timestamp":"2024-08-09T00:00:00.123456","symbol":"ETHUSDT","price":2682.51,"size":12,"buyer":true}`

var tradeSpecs = []FieldSpec{{Name: "symbol", Kind: String}, {Name: "price", Kind: Float}, {Name: "size", Kind: Int}, {Name: "buyer", Kind: Bool}}

func BenchmarkDecode(b *testing.B) {
	made, err := Build("trade", tradeSpecs)
	if err != nil {
		b.Fatal(err)
	}
	for name, typ := range map[string]*Type{"compiled": mustType[trade](), "made": made} {
		b.Run("trade/"+name, func(b *testing.B) { benchDecode(b, typ, tradeText) })
	}
	b.Run("demo", func(b *testing.B) {
		benchDecode(b, mustType[exampleData](), `{"id":"1","timestamp":"2024-08-09T00:00:00","x":2,"y":"22","z":"i","internal_csp_struct":{"z":12},"data":[0.71,0.79,0.1,0.2],"mapping":{"2":2},"dt":"2026-11-23T08:59:27.986501Z","d":"2026-11-23"}`)
	})
	b.Run("trade/encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var v struct {
				Timestamp, Symbol string
				Price             float64
				Size              int64
				Buyer             bool
			}
			if err := json.Unmarshal([]byte(tradeText), &v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func benchDecode(b *testing.B, typ *Type, text string) {
	data := []byte(text)
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, problems := typ.Decode(data, DecodeOptions{}); problems != nil {
			b.Fatal(problems)
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	for name, c := range map[string]struct {
		typ  *Type
		text string
	}{
		"trade": {mustType[trade](), tradeText},
		"full":  {mustType[full](), fullText},
	} {
		b.Run(name, func(b *testing.B) {
			r, problems := c.typ.Decode([]byte(c.text), DecodeOptions{})
			if problems != nil {
				b.Fatal(problems)
			}
			buf := r.AppendJSON(nil)
			b.ReportAllocs()
			b.SetBytes(int64(len(buf)))
			for b.Loop() {
				buf = r.AppendJSON(buf[:0])
			}
		})
	}
}

func BenchmarkDecodeText(b *testing.B) {
	names, cells := []string{"symbol", "price", "size", "buyer"}, []string{"ETHUSDT", "2682.51", "12", "true"}
	typ := mustType[trade]()
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := typ.DecodeText(names, cells, DecodeOptions{}); problems != nil {
			b.Fatal(problems)
		}
	}
}

func BenchmarkColumn(b *testing.B) {
	typ := mustType[trade]()
	r, _ := typ.Decode([]byte(tradeText), DecodeOptions{})
	c, _ := typ.Column("price")
	var sum float64
	b.ReportAllocs()
	for b.Loop() {
		x, _ := c.Float64(r)
		sum += x
	}
	if sum == 0 {
		b.Error("got no price")
	}
}

func BenchmarkClone(b *testing.B) {
	r, _ := mustType[exampleData]().Decode([]byte(`{"data":[1,2,3],"mapping":{"a":1}}`), DecodeOptions{})
	b.ReportAllocs()
	for b.Loop() {
		r.Clone()
	}
}

func BenchmarkObserve(b *testing.B) {
	inf := NewInference("trade")
	b.ReportAllocs()
	for b.Loop() {
		if err := inf.Observe([]byte(tradeText)); err != nil {
			b.Fatal(err)
		}
	}
}
