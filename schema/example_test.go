package schema_test

import (
	"fmt"
	"time"

	"gw/schema"
)

// Trade is a value type as a user writes it.
type Trade struct {
	schema.Struct
	Symbol string             `json:"symbol"`
	Price  float64            `json:"price" validate:"gt=0"`
	Size   int64              `json:"size" default:"1"`
	Note   schema.Opt[string] `json:"note"`
}

// Validate adds a rule that tags cannot say.
func (t *Trade) Validate() error {
	if t.Symbol == "" {
		return schema.FieldError{Field: "symbol", Msg: "a trade needs a symbol"}
	}
	return nil
}

func Example() {
	trade, err := schema.Of[Trade]()
	if err != nil {
		fmt.Println(err)
		return
	}
	r, problems := trade.Decode([]byte(`{"symbol":"AAPL","price":"189.5"}`), schema.DecodeOptions{})
	if problems != nil {
		fmt.Println(problems)
		return
	}
	r.Base().ID = schema.NewID(1764000000000000001)
	r.Base().Timestamp = schema.Some(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	fmt.Println(r)

	t, _ := schema.As[Trade](r)
	price, _ := trade.Column("price")
	x, _ := price.Float64(r)
	fmt.Println(t.Price == x, t.Size)

	_, problems = trade.Decode([]byte(`{"price":-1,"size":"many","fee":2}`), schema.DecodeOptions{Loc: []any{"body"}})
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// {"id":"1764000000000000001","timestamp":"2026-11-23T09:00:00","symbol":"AAPL","price":189.5,"size":1}
	// true 1
	// body.price: Input should be greater than 0 (got -1)
	// body.size: Input should be a valid integer, unable to parse string as an integer (got "many")
	// body.fee: Extra inputs are not permitted (got 2)
}

func ExampleInference() {
	inf := schema.NewInference("Quote")
	for _, line := range []string{
		`{"e":"quote","E":1723161601274,"bid":"2677.60","levels":[[1,2.5]]}`,
		`{"e":"quote","E":1723161601280,"bid":"2677.61","ask":2678}`,
	} {
		if err := inf.Observe([]byte(line)); err != nil {
			fmt.Println(err)
		}
	}
	for _, f := range inf.Fields() {
		fmt.Println(f.Name, f.Kind, f.Opt)
	}
	quote, err := inf.Type()
	if err != nil {
		fmt.Println(err)
		return
	}
	r, _ := quote.Decode([]byte(`{"e":"quote","E":1723161601290,"bid":"2677.60"}`), schema.DecodeOptions{})
	fmt.Println(r)
	// Output:
	// e string false
	// E integer false
	// bid string false
	// levels list true
	// ask integer true
	// {"id":null,"timestamp":null,"e":"quote","E":1723161601290,"bid":"2677.60"}
}

func ExampleBuild() {
	bar, err := schema.Build("Bar", []schema.FieldSpec{
		{Name: "symbol", Kind: schema.String},
		{Name: "close", Kind: schema.Float},
		{Name: "session", Kind: schema.Day, Default: "now", HasDefault: true},
		{Name: "stats", Kind: schema.Object, Fields: []schema.FieldSpec{{Name: "trades", Kind: schema.Int, Opt: true}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	at := schema.DecodeOptions{At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	r, problems := bar.DecodeText([]string{"symbol", "close", "stats.trades"}, []string{"AAPL", "190", ""}, at)
	fmt.Println(r, problems.Err())
	for _, c := range bar.Columns() {
		fmt.Print(c.Name, " ", c.Kind, "; ")
	}
	// Output:
	// {"id":null,"timestamp":null,"symbol":"AAPL","close":190.0,"session":"2026-11-23","stats":{}} <nil>
	// id string; timestamp datetime; symbol string; close float; session date; stats.trades integer;
}
