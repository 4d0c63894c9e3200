package cli

import (
	"log"
	"log/slog"
	"strings"
	"testing"
)

func TestTheScreenIsNotLoggedOn(t *testing.T) {
	var screen, file strings.Builder
	before := log.Writer()
	log.SetOutput(&screen)
	defer log.SetOutput(before)
	s := &session{log: slog.New(slog.NewTextHandler(&file, nil))}
	giveBack := s.takeOverLog()
	log.Print("a library speaks")
	giveBack()
	if screen.Len() > 0 || !strings.Contains(file.String(), `msg="a library speaks"`) {
		t.Errorf("on the screen %q, in the log %q", &screen, &file)
	}
	log.Print("later")
	if !strings.Contains(screen.String(), "later") {
		t.Error("the log was not given back")
	}
}
