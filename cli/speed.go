package cli

import (
	"fmt"
	"strconv"
	"time"
)

// Limits of the speed "auto": a recording of up to autoSpan replays as it happened, a longer one in about autoTarget.
const (
	autoSpan   = 15 * time.Minute
	autoTarget = time.Minute
)

// A speed is how fast a recording is replayed against the wall clock.
type speed struct {
	auto   bool
	factor float64 // 1 = original, 0 = as fast as possible; without meaning for auto
}

// parseSpeed reads max, original, auto, or a factor such as 10 or 0.5 or x10.
func parseSpeed(text string) (speed, error) {
	switch text {
	case "max":
		return speed{}, nil
	case "original":
		return speed{factor: 1}, nil
	case "auto":
		return speed{auto: true}, nil
	}
	digits := text
	if len(digits) > 1 && digits[0] == 'x' {
		digits = digits[1:]
	}
	factor, err := strconv.ParseFloat(digits, 64)
	if err != nil || !(factor > 0) || factor > 1e12 {
		return speed{}, usage("10 is ten times the original speed", "--speed: got %q, want max, original, auto or a number above 0", clip(text))
	}
	return speed{factor: factor}, nil
}

// resolve turns auto into a factor for a recording that spans the given time.
func (s speed) resolve(span time.Duration) float64 {
	switch {
	case !s.auto:
		return s.factor
	case span <= autoSpan:
		return 1
	}
	return float64(span) / float64(autoTarget)
}

// speedSentence says what a factor means for a recording of the given span.
func speedSentence(factor float64, span time.Duration) string {
	switch factor {
	case 0:
		return "as fast as possible"
	case 1:
		return fmt.Sprintf("at the original speed, %s", roundSpan(span))
	}
	took := time.Duration(float64(span) / factor)
	return fmt.Sprintf("at %s times the original speed: %s in about %s", roundFactor(factor), roundSpan(span), roundSpan(took))
}

func roundFactor(x float64) string {
	if x >= 100 {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return strconv.FormatFloat(x, 'g', 3, 64)
}

// roundSpan shortens a duration to what a reader needs.
func roundSpan(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%.4g days", d.Hours()/24)
	case d >= time.Minute:
		return d.Round(time.Second).String()
	case d >= time.Second:
		return d.Round(10 * time.Millisecond).String()
	}
	return d.String()
}
