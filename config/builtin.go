package config

import (
	"embed"
	"io/fs"
)

//go:embed builtin
var builtinFiles embed.FS

// builtin is the end of every search path: the configurations in the binary.
func builtin() place {
	files, _ := fs.Sub(builtinFiles, "builtin") // the folder is embedded above
	return place{"builtin", files}
}

// standard lays the standard modules under those of a gateway that lists which modules it takes, so that it may refer to
// them without declaring them.
func (c *composer) standard(tree *node) {
	if l := tree.get("gateway").get("modules"); l == nil || l.kind != list {
		return
	}
	label, data, _ := search{builtin()}.find("modules")
	stock, _ := parse(label, data)
	stock.walk(nil, func(_ []string, n *node) { n.stock = true })
	if own := tree.get("modules"); own != nil && own.kind == dict {
		stock.merge(own)
	}
	tree.set("modules", stock.pos, stock)
}

// settings puts what Hydra knows about its job where ${hydra.job.name} finds it.
func (s Source) settings(tree *node) {
	job := s.Job
	if job == "" {
		job = "gw"
	}
	pos := Pos{File: "builtin"}
	name := newDict(pos)
	name.set("name", pos, newText(pos, job))
	hydra := newDict(pos)
	hydra.set("job", pos, name)
	hydra.walk(nil, func(_ []string, n *node) { n.stock = true })
	if own := tree.get("hydra"); own != nil && own.kind == dict {
		hydra.merge(own)
	}
	tree.set("hydra", pos, hydra)
}
