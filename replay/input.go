package replay

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/zstd"
)

// blockSize is how much is read at once.
const blockSize = 256 << 10

// input is one opened file, decompressed.
type input struct {
	path        string
	compression string // "none", "gzip" or "zstd"
	text        *bufio.Reader
	close       func() error
}

// openInput opens the file and finds out by its first bytes how it is compressed.
func openInput(path string) (*input, error) {
	info, err := os.Stat(path)
	switch {
	case path == "":
		return nil, &InputError{Path: `""`, What: "names no file", Do: "name at least one recording"}
	case path == "-" && err != nil:
		return nil, onceOnly(path, "is standard input")
	case err != nil:
		return nil, openError(path, err)
	case info.IsDir():
		return nil, &InputError{Path: path, What: "is a directory", Do: "name the files in it"}
	case !info.Mode().IsRegular():
		return nil, onceOnly(path, "is a pipe or a device")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	in, err := decompress(path, f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return in, nil
}

// onceOnly refuses what can be read only once, or never ends.
func onceOnly(path, what string) error {
	return &InputError{Path: path, What: what + ", and a recording is read more than once", Do: "write it to a file and name that"}
}

func openError(path string, err error) error {
	e := &InputError{Path: path, Err: err, Do: "check the path"}
	var cause *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.What = "no such file"
	case errors.Is(err, fs.ErrPermission):
		e.What, e.Do = "may not be read by this user", "check its permissions"
	case errors.As(err, &cause):
		e.What = cause.Err.Error()
	default:
		e.What = err.Error()
	}
	return e
}

func decompress(path string, f io.ReadCloser) (*input, error) {
	raw := bufio.NewReaderSize(f, blockSize)
	head, err := raw.Peek(8)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, openError(path, err)
	}
	in := &input{path: path, compression: "none", text: raw, close: f.Close}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(raw)
		if err != nil {
			return nil, damaged(path, "gzip", err)
		}
		in.compression, in.text = "gzip", bufio.NewReaderSize(z, blockSize)
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
		if err != nil {
			return nil, damaged(path, "zstd", err)
		}
		in.compression, in.text = "zstd", bufio.NewReaderSize(z, blockSize)
		in.close = func() error { z.Close(); return f.Close() }
	}
	return in, foreign(path, head)
}

func damaged(path, kind string, err error) error {
	return &InputError{Path: path, What: fmt.Sprintf("is a damaged %s file (%v)", kind, err), Do: "fetch it again", Err: err}
}

// foreign recognises files that are recordings of a kind that is not read.
func foreign(path string, head []byte) error {
	for _, k := range []struct{ magic, what, do string }{
		{"PAR1", "is a Parquet file", "convert it to CSV or JSON Lines"},
		{"ARROW1", "is an Arrow file", "convert it to CSV or JSON Lines"},
		{"PK\x03\x04", "is a zip archive", "unpack it and name the files"},
		{"BZh", "is compressed with bzip2", "decompress it, or compress it with gzip or zstd"},
		{"\xfd7zXZ", "is compressed with xz", "decompress it, or compress it with gzip or zstd"},
		{"SQLite ", "is an SQLite database", "export a table as CSV"},
		{"\xff\xfe", "is UTF-16 text", "convert it to UTF-8"},
		{"\xfe\xff", "is UTF-16 text", "convert it to UTF-8"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return &InputError{Path: path, What: k.what, Do: k.do}
		}
	}
	return nil
}

// damage names the reason under which a read error that came after good rows is counted.
func damage(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return skipTruncated
	}
	return skipCorrupt
}
