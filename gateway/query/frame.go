package query

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// Parent and child talk in frames: a kind, the length of the body in four bytes, the body.
const (
	asks   = 'Q' // to the child: a question, as JSON
	gives  = 'B' // to the child: a batch of rows
	enough = 'G' // to the child: there are no more batches
	wants  = 'N' // from the child: the wants of the query, as JSON
	begins = 'A' // from the child: the answer's header, as JSON
	data   = 'D' // from the child: a piece of the answer
	ends   = 'Z' // from the child: the answer is complete
	fails  = 'E' // from the child: an Error, as JSON
)

// maxFrame bounds the body of a frame; a reader refuses more before it takes memory for it.
const maxFrame = 64 << 20

func writeFrame(w io.Writer, kind byte, body []byte) error {
	head := make([]byte, 5, 5+min(len(body), 4096))
	head[0] = kind
	binary.BigEndian.PutUint32(head[1:], uint32(len(body)))
	if len(body) <= 4096 {
		_, err := w.Write(append(head, body...))
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	_, err := w.Write(body)
	return err
}

func writeJSON(w io.Writer, kind byte, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeFrame(w, kind, body)
}

func readFrame(r io.Reader) (kind byte, body []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n > maxFrame {
		return 0, nil, fmt.Errorf("frame of %d bytes, want at most %d", n, maxFrame)
	}
	body = make([]byte, n)
	_, err = io.ReadFull(r, body)
	return head[0], body, err
}

// question is what a child is asked.
type question struct {
	SQL    string
	Format Format
	Rows   int
	Output int64
	Memory int64
	CPU    uint64 // seconds
	Tables []Table
}

// want is what a query reads of a table: the docs with these numbers, in order.
type want struct {
	Table int
	Docs  []int
}

// header begins an answer.
type header struct {
	Rows      int
	Truncated bool
}

// A batch is rows of one table: of each column the cells, as a JSON array.
type batch struct {
	table   int
	columns [][]byte
}

func (b batch) encode() []byte {
	dst := binary.AppendUvarint(nil, uint64(b.table))
	for _, c := range b.columns {
		dst = append(binary.AppendUvarint(dst, uint64(len(c))), c...)
	}
	return dst
}

func decodeBatch(body []byte) (batch, error) {
	n, used := binary.Uvarint(body)
	if used <= 0 || n > maxFrame {
		return batch{}, fmt.Errorf("batch without a table")
	}
	b := batch{table: int(n)}
	for body = body[used:]; len(body) > 0; {
		n, used := binary.Uvarint(body)
		if used <= 0 || n > uint64(len(body)-used) {
			return batch{}, fmt.Errorf("column %d of a batch ends early", len(b.columns))
		}
		b.columns = append(b.columns, body[used:used+int(n)])
		body = body[used+int(n):]
	}
	return b, nil
}
