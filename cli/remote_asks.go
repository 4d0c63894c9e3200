package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"gw/client"
)

func askLast(ctx context.Context, q *question) error {
	if len(q.args) == 0 {
		return q.list(ctx, client.GroupLast)
	}
	channel, key, _ := strings.Cut(q.args[0], "/")
	return q.print(q.client.Last(ctx, channel, key))
}

func askNext(ctx context.Context, q *question) error {
	if len(q.args) == 0 {
		return q.list(ctx, client.GroupNext)
	}
	channel, key, _ := strings.Cut(q.args[0], "/")
	return q.print(q.client.Next(ctx, channel, key))
}

func askState(ctx context.Context, q *question) error {
	if len(q.args) == 0 {
		return q.list(ctx, client.GroupState)
	}
	query := q.flags.String("query")
	if where := q.flags.String("where"); where != "" {
		if query != "" {
			return usage("", "--where and --query: give one of them")
		}
		var err error
		if query, err = queryOf(where); err != nil {
			return err
		}
	}
	return q.print(q.client.State(ctx, q.args[0], query))
}

// queryOf makes the JSON of a query of conditions such as "x>=1,symbol==ABC".
func queryOf(where string) (string, error) {
	type by struct {
		Value any    `json:"value"`
		Where string `json:"where"`
	}
	type filter struct {
		Attr string `json:"attr"`
		By   by     `json:"by"`
	}
	var filters []filter
	for _, condition := range listOf(where) {
		attr, op, value, ok := splitCondition(condition)
		if !ok {
			return "", usage("compare with ==, !=, <, <=, > or >=", "--where: got %q, want one such as x>=1", clip(condition))
		}
		f := filter{attr, by{value, op}}
		var number json.Number
		if json.Unmarshal([]byte(value), &number) == nil && value[0] != '"' {
			f.By.Value = number
		}
		filters = append(filters, f)
	}
	query, err := json.Marshal(map[string]any{"filters": filters})
	return string(query), err
}

func splitCondition(text string) (attr, op, value string, ok bool) {
	at := strings.IndexAny(text, "=!<>")
	if at <= 0 {
		return "", "", "", false
	}
	for _, op := range []string{"==", "!=", "<=", ">=", "<", ">"} {
		if value, is := strings.CutPrefix(text[at:], op); is && value != "" {
			return strings.TrimSpace(text[:at]), op, strings.TrimSpace(value), true
		}
	}
	return "", "", "", false
}

func askSend(ctx context.Context, q *question) error {
	switch len(q.args) {
	case 0:
		return q.list(ctx, client.GroupSend)
	case 1:
		return usage("- reads standard input, @FILE a file", "send: got no values, want JSON")
	}
	body, err := q.body(q.args[1])
	if err != nil {
		return err
	}
	channel, key, _ := strings.Cut(q.args[0], "/")
	return q.print(q.client.Send(ctx, channel, key, body))
}

// body is the JSON that an argument means: itself, a file's, or that of standard input.
func (q *question) body(arg string) (json.RawMessage, error) {
	text := []byte(arg)
	var err error
	if arg == "-" {
		text, err = io.ReadAll(q.p.stdin)
	} else if file, is := strings.CutPrefix(arg, "@"); is {
		text, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, &failure{exitInput, err, ""}
	}
	if !json.Valid(text) {
		return nil, usage("quote it for the shell, such as '{\"x\":1}'", "%s: got %q, want JSON", q.command, clip(string(text)))
	}
	return text, nil
}

func askLookup(ctx context.Context, q *question) error {
	switch len(q.args) {
	case 0:
		return q.list(ctx, client.GroupLookup)
	case 1:
		return q.print(q.client.Lookup(ctx, "", q.args[0]))
	}
	return q.print(q.client.Lookup(ctx, q.args[0], q.args[1]))
}

func askControls(ctx context.Context, q *question) error {
	if len(q.args) == 0 {
		return q.list(ctx, client.GroupControls)
	}
	return q.print(q.client.Ask(ctx, q.args[0]))
}

func askStage(ctx context.Context, q *question) error {
	if len(q.args) == 0 {
		return q.list(ctx, client.GroupStage)
	}
	channel, action := q.args[0], "list"
	if len(q.args) > 1 {
		action = q.args[1]
	}
	var ids []string
	if text := q.flags.String("id"); text != "" {
		ids = listOf(text)
	} else if q.flags.Bool("all") {
		ids = []string{}
	}
	var value json.RawMessage
	if len(q.args) > 2 {
		var err error
		if value, err = q.body(q.args[2]); err != nil {
			return err
		}
	}
	areas, err := q.changeAreas(ctx, channel, action, ids, value)
	if err != nil {
		return err
	}
	return q.out.areas(areas)
}

func (q *question) changeAreas(ctx context.Context, channel, action string, ids []string, value json.RawMessage) ([]client.Area, error) {
	if needs := action == "add" || action == "remove"; needs != (value != nil) {
		return nil, usage("add and remove take a value as JSON, the others none", "stage %s: wrong number of arguments", clip(action))
	}
	switch action {
	case "new":
		id, err := q.client.NewArea(ctx, channel)
		return []client.Area{{ID: id, Data: json.RawMessage("[]")}}, err
	case "add":
		return q.client.Stage(ctx, channel, ids, value)
	case "remove":
		return q.client.Unstage(ctx, channel, ids, value)
	case "clear":
		return q.client.ClearAreas(ctx, channel, ids)
	case "release":
		return q.client.ReleaseAreas(ctx, channel, ids)
	case "list":
		return q.client.Areas(ctx, channel, strings.Join(ids, ","))
	}
	return nil, usage("", "stage: got %q, want new, add, remove, clear, release or list", clip(action))
}

func askStream(ctx context.Context, q *question) error {
	count, err := strconv.ParseUint(q.flags.String("count"), 10, 32)
	if err != nil {
		return usage("", "--count: got %q, want a number", clip(q.flags.String("count")))
	}
	if len(q.args) == 0 {
		return usage(q.p.name+" last URL lists the channels", "stream: got no channel")
	}
	s, err := q.client.Stream(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	for _, name := range q.args {
		channel, key, _ := strings.Cut(name, "/")
		if err := s.Subscribe(channel, key); err != nil {
			return err
		}
	}
	for m := range s.Messages() {
		if m.Lost != nil {
			fmt.Fprintf(q.p.stderr, "%s: %v; trying again\n", q.p.name, m.Lost)
			continue
		}
		if err := q.out.tick(m); err != nil {
			return err
		}
		if count--; count == 0 {
			return nil
		}
	}
	if err := s.Err(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// print prints an answer, or passes its error on.
func (q *question) print(a client.Answer, err error) error {
	if err != nil {
		return err
	}
	return q.out.values("", "", a.Data)
}
