package replay

import (
	"slices"
	"strings"
)

// timeNames are the names of a row's time, best first: what happened before what was received.
var timeNames = [...]string{
	cycleTime, "timestamp", "time", "ts", "ts_event", "event_time", "datetime", "date", "@timestamp",
	"date_time", "event_timestamp", "event_ts", "event_date", "transact_time", "trade_time", "t", "T", "E", "ts_recv", "ts_init",
	"local_timestamp", "exchange_timestamp", "received_at", "created_at", "updated_at",
}

// timeEndings are ends of names that times have.
var timeEndings = [...]string{"timestamp", "datetime", "time", "date", "_ts", "_at", "_ms", "_us", "_ns", "At", "Ts", "UTC", "utc"}

const noRank = 10_000

// timeRank orders names by how likely they are the row's time; noRank is a name that says nothing.
func timeRank(name string) int {
	if i := slices.Index(timeNames[:], name); i >= 0 {
		return 2 * i
	}
	if plain := plainName(name); len(plain) > 1 {
		for i, n := range timeNames {
			if plain == plainName(n) {
				return 2*i + 1
			}
		}
	}
	for i, end := range timeEndings {
		if strings.HasSuffix(name, end) || len(end) > 3 && strings.HasSuffix(strings.ToLower(name), end) {
			return 100 + i
		}
	}
	return noRank
}

// plainName drops what differs between eventTime, event_time and Event Time.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-@. ", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// timeField is a field that may be the row's time.
type timeField struct {
	path  string
	clock clock
	rows  int // of the sample whose value it reads
	rank  int
}

// pickTime chooses the field with the row's time: of those that read (nearly) as many rows as the best one, the one
// with the best name.
func pickTime(fields []*field, forced *unit) (timeField, bool) {
	var candidates []timeField
	most := 0
	for _, f := range fields {
		name := f.path
		if f.depth > 1 {
			name = newPath(f.path).last()
		}
		c := timeField{path: f.path, rank: timeRank(name)}
		c.clock, c.rows = readTimes(f.tokens, c.rank == noRank, forced)
		if c.rank += (f.depth - 1) * 1000; c.rows > 0 {
			candidates = append(candidates, c)
			most = max(most, c.rows)
		}
	}
	var best timeField
	found := false
	for _, c := range candidates {
		if 10*c.rows >= 9*most && (!found || c.rank < best.rank) {
			best, found = c, true
		}
	}
	return best, found
}

// readTimes makes the clock for tokens and counts those that it reads. Numbers under a name that says nothing count only
// if they can hardly be anything else.
func readTimes(tokens [][]byte, unnamed bool, forced *unit) (clock, int) {
	c := clockFor(tokens, forced)
	good := 0
	for _, t := range tokens {
		at, ok := c.parse(t)
		if ok && !(unnamed && isNumber(unquote(t)) && !c.obvious(at)) {
			good++
		}
	}
	return c, good
}

// obvious reports whether a number that reads as this time is one by its size alone: of the years 2000 to 2099, and not
// in seconds, which have as many digits as prices and identifiers.
func (c clock) obvious(at int64) bool {
	const from, to = 946_684_800_000_000_000, 4_102_444_800_000_000_000
	return c.unit != seconds && from <= at && at < to
}

// clockFor chooses the unit by what most of the numbers among tokens look like.
func clockFor(tokens [][]byte, forced *unit) clock {
	var votes [seconds + 1]int
	dates, numbers := 0, 0
	for _, t := range tokens {
		t = unquote(t)
		whole, ok := decimal(t, 0)
		if !ok {
			continue
		}
		numbers++
		votes[unitOf(whole)]++
		if _, ok := parseISO(t); ok && len(t) == 8 && whole > 1900_01_01 && whole < 2200_01_01 {
			dates++
		}
	}
	c := clock{unit: seconds, numbers: numbers > 0 || forced != nil}
	for _, u := range []unit{milliseconds, microseconds, nanoseconds} {
		if votes[u] > votes[c.unit] {
			c.unit = u
		}
	}
	if forced != nil {
		c.unit = *forced
	} else {
		c.compact = dates == numbers && dates > 0
	}
	return c
}
