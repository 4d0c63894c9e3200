package config

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

var (
	integerText = regexp.MustCompile(`^[-+]?[0-9]+(_[0-9]+)*$`)
	floatText   = regexp.MustCompile(`^[-+]?([0-9]+(_[0-9]+)*\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$`)
)

// plain is the value of text without quotes: null, a bool, a number, or the text itself. It is what YAML and an
// override agree on; numbers such as 1e3 are numbers.
func plain(s string) any {
	switch strings.ToLower(s) {
	case "null", "~", "":
		return nil
	case "true":
		return true
	case "false":
		return false
	case ".nan", "nan":
		return math.NaN()
	case ".inf", "inf", "+.inf", "+inf":
		return math.Inf(1)
	case "-.inf", "-inf":
		return math.Inf(-1)
	}
	digits := strings.ReplaceAll(s, "_", "")
	if integerText.MatchString(s) {
		if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
			return n
		}
	}
	if floatText.MatchString(s) {
		if f, err := strconv.ParseFloat(digits, 64); err == nil {
			return f
		}
	}
	return s
}
