package cli

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"gw/httpapi/auth"
)

// secretLine is a line of a file of keys or users.
type secretLine struct {
	name   string
	scopes []auth.Scope
	secret string
}

// readSecrets reads lines of NAME SCOPES SECRET; empty ones and those that begin with # do not count. A file that
// others may read is refused, and no error shows a secret.
func readSecrets(flag, file string) ([]secretLine, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, usage("", "%s: %w", flag, err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, usage("chmod 600 "+file, "%s: %s can be read by others (mode %04o)", flag, file, mode)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, usage("", "%s: %w", flag, err)
	}
	defer f.Close()
	var all []secretLine
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		where := fmt.Sprintf("%s: %s:%d", flag, file, n)
		if len(words) != 3 {
			return nil, usage("", "%s: got %d words, want NAME SCOPES SECRET", where, len(words))
		}
		scopes, err := auth.ParseScopes(words[1])
		if err != nil {
			return nil, usage("", "%s: %w", where, err)
		}
		all = append(all, secretLine{words[0], scopes, words[2]})
	}
	if len(all) == 0 {
		return nil, usage("", "%s: %s: got no line, want NAME SCOPES SECRET", flag, file)
	}
	return all, lines.Err()
}

func readKeys(file string) ([]auth.Key, error) {
	lines, err := readSecrets("--api-keys", file)
	var keys []auth.Key
	for _, l := range lines {
		keys = append(keys, auth.Key{Name: l.name, Value: l.secret, Scopes: l.scopes})
	}
	return keys, err
}

func readUsers(file string) ([]auth.User, error) {
	lines, err := readSecrets("--users", file)
	var users []auth.User
	for _, l := range lines {
		users = append(users, auth.User{Name: l.name, Hash: l.secret, Scopes: l.scopes})
	}
	return users, err
}
