package config

import (
	"fmt"
	"os"
	"strings"
)

// hidden stands for a secret wherever a configuration is shown.
const hidden = "********"

// secretName tells whether a key or a variable of that name holds what nobody else should see.
func secretName(name string) bool {
	name = strings.ToLower(name)
	for _, about := range []string{"_name", "_timeout", "token_url"} { // is said of a secret, and none itself
		if strings.HasSuffix(name, about) {
			return false
		}
	}
	for _, word := range []string{"password", "passwd", "secret", "token", "api_key", "apikey", "access_key", "private_key", "credential"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// exposed notes the secrets that stand in files which others may read.
func (b *assembly) exposed() {
	for _, s := range b.bare {
		info, err := os.Stat(s.n.pos.File)
		if err != nil { // an argument, or a file in the binary
			continue
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			b.app.Notes = append(b.app.Notes, fmt.Sprintf(
				"%s: %s: a secret in a file that others can read (mode %04o): chmod 600 %s, or write ${oc.env:NAME}", s.n.pos, s.path, mode, s.n.pos.File))
		}
	}
}
