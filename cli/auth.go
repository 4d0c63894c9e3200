package cli

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"gw/httpapi/auth"
)

func (p *program) authCommand() *cli.Command {
	return &cli.Command{
		Name:  "auth",
		Usage: "make a password's hash, or an API key",
		Description: `hash reads a password from the terminal, without showing it, or the first line of standard input,
and prints its bcrypt hash; key prints a new random key. With NAME they print a whole line for the
files of --users and --api-keys, with SCOPES (read,send,stage,control or all, which is the default).
A password is never an argument, where lists of processes would show it.`,
		ArgsUsage: "hash|key [NAME [SCOPES]]",
		Action: func(c *cli.Context) error {
			what := c.Args().First()
			if what == "" {
				return usage("such as "+p.name+" auth hash alice read,send", "auth: say hash or key")
			}
			if err := oneOf("auth", what, "hash", "key"); err != nil {
				return err
			}
			name, scopes := c.Args().Get(1), c.Args().Get(2)
			if err := checkLine(c.NArg(), name, scopes); err != nil {
				return err
			}
			secret, err := p.newSecret(what)
			if err != nil {
				return err
			}
			if name != "" {
				secret = strings.Join([]string{name, orAll(scopes), secret}, " ")
			}
			_, err = fmt.Fprintln(p.stdout, secret)
			return asFailure(err, exitReach, "")
		},
	}
}

// checkLine looks at what stands before the secret on a line of a file.
func checkLine(arguments int, name, scopes string) error {
	switch {
	case arguments > 3:
		return usage("a password is read from standard input", "auth: got %d arguments, want at most NAME and SCOPES", arguments-1)
	case strings.HasPrefix(name, "#") || strings.ContainsAny(name, " \t\r\n"):
		return usage("", "auth: name: got %q, want one without spaces and without # in front", clip(name))
	case strings.ContainsAny(scopes, " \t\r\n"):
		return usage("write read,send", "auth: scopes: got %q, want them without spaces", clip(scopes))
	}
	_, err := auth.ParseScopes(scopes)
	if err != nil {
		return usage("", "auth: %w", err)
	}
	return nil
}

func orAll(scopes string) string {
	if scopes == "" {
		return "all"
	}
	return scopes
}

// newSecret makes a key, or the hash of a password that it reads.
func (p *program) newSecret(what string) (string, error) {
	if what == "key" {
		return rand.Text(), nil
	}
	password, err := p.password()
	if err != nil {
		return "", err
	}
	hash, err := auth.HashPassword(password)
	if err != nil {
		return "", usage("bcrypt takes 1 to 72 bytes", "%w", err)
	}
	return hash, nil
}

// password reads one: twice from a terminal, unseen, else the first line of standard input.
func (p *program) password() (string, error) {
	if f, ok := p.stdin.(*os.File); ok && isTerminal(f) {
		first, err := p.hidden(f, "password: ")
		if err != nil {
			return "", err
		}
		second, err := p.hidden(f, "again: ")
		if err == nil && !bytes.Equal(first, second) {
			err = usage("", "password: the two differ")
		}
		return string(first), err
	}
	line, err := bufio.NewReader(io.LimitReader(p.stdin, 1<<10)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", asFailure(err, exitInput, "")
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func (p *program) hidden(f *os.File, prompt string) ([]byte, error) {
	fmt.Fprint(p.stderr, prompt)
	text, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(p.stderr)
	return text, asFailure(err, exitInput, "")
}
