package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
)

// arrange puts an invocation in the order that the flag parser understands: command, flags, "--", arguments.
// Flags may stand before the command and anywhere between its arguments; "--" ends them, and "-" is an argument.
// An unknown command, an unknown flag and a flag without its value are failures here, each with a suggestion,
// because the parser would take those behind the first argument for arguments.
func arrange(commands []*cli.Command, words []string) ([]string, error) {
	command, rest, err := takeCommand(commands, words)
	switch {
	case err != nil:
		return nil, err
	case command == nil:
		return rest, nil
	case wantsHelp(rest):
		return []string{"help", command.Name}, nil
	}
	flags, arguments, err := split(command, rest)
	if err != nil {
		return nil, err
	}
	arranged := append([]string{command.Name}, flags...)
	if len(arguments) > 0 {
		arranged = append(append(arranged, "--"), arguments...)
	}
	return arranged, nil
}

// takeCommand finds the command word, which is the first one that is neither a flag nor a flag's value. It returns no
// command when there is none to parse flags for; the words are then what stands for "gw", "gw --help", "gw --version".
func takeCommand(commands []*cli.Command, words []string) (*cli.Command, []string, error) {
	all := map[string]bool{}
	for _, c := range commands {
		for name, takesValue := range flagsOf(c) {
			all[name] = takesValue
		}
	}
	for i := 0; i < len(words); i++ {
		name, _, assigned := flagWord(words[i])
		takesValue, known := all[name]
		switch {
		case name == "":
			c, err := findCommand(commands, words[i])
			return c, slices.Concat(words[:i], words[i+1:]), err
		case words[i] == "--version" || words[i] == "-v":
			return nil, []string{"version"}, nil
		case wantsHelp(words[i : i+1]):
		case !known:
			return nil, nil, unknownFlag(words[i], "", all)
		case takesValue && !assigned:
			i++
		}
	}
	if len(words) > 0 && !wantsHelp(words) {
		return nil, nil, usage("the commands are "+strings.Join(commandNames(commands), ", "), "%s: no command given", words[0])
	}
	return nil, []string{"help"}, nil
}

// wantsHelp tells whether a help flag stands before the "--" that ends flags.
func wantsHelp(words []string) bool {
	for _, w := range words {
		switch w {
		case "--help", "-help", "-h":
			return true
		case "--":
			return false
		}
	}
	return false
}

func findCommand(commands []*cli.Command, word string) (*cli.Command, error) {
	for _, c := range commands {
		if slices.Contains(c.Names(), word) {
			return c, nil
		}
	}
	return nil, usage(suggestion(word, commandNames(commands), ""), "%q: no such command", clip(word))
}

// split separates the words behind a command into its flags, each with its value, and its arguments.
func split(command *cli.Command, words []string) (flags, arguments []string, err error) {
	known := flagsOf(command)
	for i := 0; i < len(words); i++ {
		word := words[i]
		if word == "--" {
			return flags, append(arguments, words[i+1:]...), nil
		}
		name, value, assigned := flagWord(word)
		takesValue, ok := known[name]
		switch {
		case name == "":
			arguments = append(arguments, word)
		case !ok:
			return nil, nil, unknownFlag(word, command.Name, known)
		case takesValue && !assigned && i+1 == len(words):
			return nil, nil, usage("", "%s: needs a value", word)
		case takesValue && !assigned:
			i++
			flags = append(flags, word, words[i])
		case !takesValue && assigned && !isBool(value):
			return nil, nil, usage("", "--%s: got %q, want true or false", name, clip(value))
		default:
			flags = append(flags, word)
		}
	}
	return flags, arguments, nil
}

func isBool(text string) bool {
	_, err := strconv.ParseBool(text)
	return err == nil
}

// flagWord takes "--port=1" apart; the name is "" when the word is an argument.
func flagWord(word string) (name, value string, assigned bool) {
	if len(word) < 2 || word[0] != '-' {
		return "", "", false
	}
	name, value, assigned = strings.Cut(strings.TrimPrefix(word[1:], "-"), "=")
	return name, value, assigned
}

// flagsOf maps each name of a command's flags to whether the flag takes a value.
func flagsOf(command *cli.Command) map[string]bool {
	known := map[string]bool{}
	for _, f := range command.Flags {
		documented, ok := f.(cli.DocGenerationFlag)
		for _, name := range f.Names() {
			known[name] = ok && documented.TakesValue()
		}
	}
	return known
}

func unknownFlag(word, command string, known map[string]bool) error {
	name, _, _ := flagWord(word)
	names := make([]string, 0, len(known))
	for n := range known {
		if len(n) > 1 {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	hint := suggestion(name, names, "--")
	if command == "" {
		return usage(hint, "%s: no such flag", clip(word))
	}
	return usage(hint, "%s: %s has no such flag", clip(word), command)
}

func commandNames(commands []*cli.Command) []string {
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.Name
	}
	return names
}

// clip cuts a quoted value at 80 bytes.
func clip(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}
