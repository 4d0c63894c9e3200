package httpapi

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strconv"
	"strings"
)

// The names under /outputs/ that are no files.
const (
	outputsTree  = "_tree"
	outputsChunk = "_chunk"
)

// maxChunk bounds a part of a file.
const maxChunk = 4 << 20

// treeBody is the answer of /outputs/_tree.
type treeBody struct {
	Paths     []string `json:"paths"`
	Truncated bool     `json:"truncated"`
}

var errEnoughNames = errors.New("enough names")

// outputsNames answers with the paths of all files, sorted, as many as may be.
func (h *Handler) outputsNames(w http.ResponseWriter, r *http.Request, root *os.Root) error {
	limit, err := intParameter(r, "limit", int64(h.cfg.OutputsEntries))
	if err != nil {
		return err
	}
	limit = min(max(limit, 0), int64(h.cfg.OutputsEntries))
	body := treeBody{Paths: []string{}}
	err = fs.WalkDir(root.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || entry.IsDir():
			return nil // what cannot be read is left out
		case int64(len(body.Paths)) >= limit:
			body.Truncated = true
			return errEnoughNames
		}
		body.Paths = append(body.Paths, path)
		return nil
	})
	if err != nil && !errors.Is(err, errEnoughNames) {
		return err
	}
	h.reply.value(w, r, http.StatusOK, body)
	return nil
}

// chunkBody is the answer of /outputs/_chunk: bytes start to end of a file, as text.
type chunkBody struct {
	Path  string `json:"path"`
	Size  int64  `json:"size"`
	Start int64  `json:"start"`
	End   int64  `json:"end"`
	Text  string `json:"text"`
}

// chunkQuestion names a part of a file; without start and end it is the last one, without start the one before end.
type chunkQuestion struct {
	Paths []string `json:"paths"`
	Path  string   `json:"path"`
	Start *int64   `json:"start"`
	End   *int64   `json:"end"`
}

func chunkByURL(r *http.Request) (q chunkQuestion, err error) {
	q.Path, _ = queryParameter(r, "path")
	for name, at := range map[string]**int64{"start": &q.Start, "end": &q.End} {
		if _, given := queryParameter(r, name); given {
			n, err := intParameter(r, name, 0)
			if err != nil {
				return q, err
			}
			*at = &n
		}
	}
	return q, nil
}

// outputsPart answers with a part of a file.
func (h *Handler) outputsPart(w http.ResponseWriter, r *http.Request, root *os.Root) error {
	var q chunkQuestion
	var err error
	if r.Method == http.MethodPost {
		var body []byte
		if body, err = h.readBody(w, r); err != nil {
			return err
		}
		if err := json.Unmarshal(body, &q); err != nil {
			return problem("json_invalid", "", "JSON decode error: "+err.Error(), cut(string(body)))
		}
		if q.Path == "" && len(q.Paths) > 0 {
			q.Path = q.Paths[0]
		}
		if info, err := root.Stat(outputsName(q.Path)); q.Path == "" || err == nil && info.IsDir() {
			h.reply.value(w, r, http.StatusOK, chunkBody{}) // of a folder that was opened, or nothing chosen
			return nil
		}
	} else if q, err = chunkByURL(r); err != nil {
		return err
	}
	part, err := readPart(root, q, h.cfg.OutputsChunk)
	if err != nil {
		return err
	}
	h.reply.value(w, r, http.StatusOK, part)
	return nil
}

func readPart(root *os.Root, q chunkQuestion, usual int64) (chunkBody, error) {
	missing := &Error{http.StatusNotFound, "Not a file: " + cut(q.Path)}
	name := outputsName(q.Path)
	if !fs.ValidPath(name) {
		return chunkBody{}, missing
	}
	info, err := root.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return chunkBody{}, missing
	}
	file, err := root.Open(name)
	if err != nil {
		return chunkBody{}, missing
	}
	defer file.Close()
	part := chunkBody{Path: q.Path, Size: info.Size()}
	part.Start, part.End = q.bounds(info.Size(), usual)
	text, err := io.ReadAll(io.NewSectionReader(file, part.Start, part.End-part.Start))
	if err != nil {
		return chunkBody{}, err
	}
	part.End, part.Text = part.Start+int64(len(text)), strings.ToValidUTF8(string(text), "\uFFFD")
	return part, nil
}

// bounds are the bytes of a file of a size that are meant.
func (q chunkQuestion) bounds(size, usual int64) (start, end int64) {
	end = size
	if q.End != nil {
		end = min(max(*q.End, 0), size)
	}
	if q.Start == nil {
		return max(0, end-min(usual, maxChunk)), end
	}
	start = min(max(*q.Start, 0), size)
	return start, min(max(end, start), start+maxChunk)
}

// outputsName is a path of a client as the folder knows it.
func outputsName(path string) string {
	if path = strings.Trim(path, "/"); path == "" {
		return "."
	}
	return path
}

// intParameter reads a whole number from the URL.
func intParameter(r *http.Request, name string, otherwise int64) (int64, error) {
	text, given := queryParameter(r, name)
	if !given {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, inQuery(problem("int_parsing", name, "Input should be a valid integer", cut(text)))
	}
	return n, nil
}

// outputs describes the folder.
func (b *describer) outputs() {
	number := object{{"type", "integer"}}
	text := object{{"type", "string"}}
	query := func(name string, required bool, schema object) object {
		return object{{"name", name}, {"in", "query"}, {"required", required}, {"schema", schema}}
	}
	tree := object{{"type", "object"}, {"properties", object{{"paths", stringList()}, {"truncated", object{{"type", "boolean"}}}}}}
	part := object{{"type", "object"}, {"properties", object{{"path", text}, {"size", number}, {"start", number}, {"end", number}, {"text", text}}}}
	b.add(operation{
		method: "get", root: true, timeless: true, path: "/outputs/" + outputsTree, tag: "Utility", summary: "the files of the outputs", params: []object{query("limit", false, number)},
		answer: tree, refuse: true, missing: true,
	})
	o := operation{root: true, timeless: true, path: "/outputs/" + outputsChunk, tag: "Utility", summary: "a part of a file of the outputs", answer: part, refuse: true, missing: true}
	get, post := o, o
	get.method, get.params = "get", []object{query("path", true, text), query("start", false, number), query("end", false, number)}
	maybe := func(s object) object { return object{{"anyOf", []object{s, {{"type", "null"}}}}} }
	post.method = "post"
	post.body = object{{"type", "object"}, {"properties", object{
		{"paths", stringList()}, {"path", maybe(text)}, {"start", maybe(number)}, {"end", maybe(number)},
	}}}
	b.add(get)
	b.add(post)
}
