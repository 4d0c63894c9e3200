package replay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"gw/gateway"
)

// recorded makes a recording of n trades of 90 bytes each.
func recorded(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `%d {"stream":"ethusdt@trade","data":{"t":%d,"p":"%d.%02d","q":"0.05170000","m":%v}}`+"\n",
			1723161600000000000+int64(i)*1000, i, 2600+i%90, i%100, i%2 == 0)
	}
	return b.Bytes()
}

const benchRows = 50_000

func rate(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkOpen is the first pass, BenchmarkRead the second without an engine, BenchmarkReplay all of it.
func BenchmarkOpen(b *testing.B) {
	path := writeFile(b, b.TempDir(), "trades.txt", recorded(benchRows))
	b.ReportAllocs()
	for b.Loop() {
		if rec := openFile(b, Options{}, path); rec.Rows() != benchRows {
			b.Fatal(rec.Rows())
		}
	}
	rate(b, benchRows)
}

func BenchmarkRead(b *testing.B) {
	rec := openFile(b, Options{}, writeFile(b, b.TempDir(), "trades.txt", recorded(benchRows)))
	b.ReportAllocs()
	for b.Loop() {
		f, err := newFramer(context.Background(), rec)
		check(b, err)
		frames := 0
		for ; ; frames++ {
			if _, err := f.next(context.Background()); errors.Is(err, io.EOF) {
				break
			}
		}
		if frames != benchRows {
			b.Fatal(frames)
		}
		check(b, f.rows.close())
	}
	rate(b, benchRows)
}

func BenchmarkReplay(b *testing.B) {
	path := writeFile(b, b.TempDir(), "trades.txt", recorded(benchRows))
	b.ReportAllocs()
	for b.Loop() {
		s := run(b, openFile(b, Options{}, path), gateway.RunConfig{})
		if s.Cycles != benchRows {
			b.Fatal(s.Cycles)
		}
	}
	rate(b, benchRows)
}
