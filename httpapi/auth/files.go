package auth

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// FileError is what is wrong with a file of keys or users. It shows no secret.
type FileError struct {
	// Where is the file, with the line if one is meant.
	Where string
	// Msg says what is wrong, Hint what to do about it, "" if Msg does already.
	Msg, Hint string
}

// Error returns both but the hint.
func (e *FileError) Error() string { return e.Where + ": " + e.Msg }

// ReadKeys reads a file with a line NAME SCOPES KEY for each key; empty lines and those that begin with # do not count.
// A file that others may read is refused. The error is a *FileError.
func ReadKeys(file string) ([]Key, error) {
	lines, err := readSecrets(file, "KEY")
	var keys []Key
	for _, l := range lines {
		keys = append(keys, Key{Name: l.name, Value: l.secret, Scopes: l.scopes})
	}
	return keys, err
}

// ReadUsers is ReadKeys for users, with lines NAME SCOPES BCRYPT-HASH.
func ReadUsers(file string) ([]User, error) {
	lines, err := readSecrets(file, "BCRYPT-HASH")
	var users []User
	for _, l := range lines {
		users = append(users, User{Name: l.name, Hash: l.secret, Scopes: l.scopes})
	}
	return users, err
}

// secretLine is a line of a file of keys or users.
type secretLine struct {
	name   string
	scopes []Scope
	secret string
}

func readSecrets(file, what string) ([]secretLine, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, unreadable(file, err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, &FileError{file, fmt.Sprintf("can be read by others (mode %04o)", mode), "chmod 600 " + file}
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, unreadable(file, err)
	}
	defer f.Close()
	var all []secretLine
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		where := fmt.Sprintf("%s:%d", file, n)
		if len(words) != 3 {
			return nil, &FileError{where, fmt.Sprintf("got %d words, want NAME SCOPES %s", len(words), what), ""}
		}
		scopes, err := ParseScopes(words[1])
		if err != nil {
			return nil, &FileError{where, err.Error(), ""}
		}
		all = append(all, secretLine{words[0], scopes, words[2]})
	}
	if err := lines.Err(); err != nil {
		return nil, unreadable(file, err)
	}
	if len(all) == 0 {
		return nil, &FileError{file, "got no line, want NAME SCOPES " + what, "`gw auth` makes one"}
	}
	return all, nil
}

// unreadable says why without naming the file twice.
func unreadable(file string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return &FileError{file, err.Error(), ""}
}
