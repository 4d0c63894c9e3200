package cli

import (
	"cmp"
	"errors"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"gw/config"
	"gw/httpapi"
	"gw/modules"
	"gw/web"
)

// configFlags are the flags of every command that takes a configuration.
func configFlags() []cli.Flag {
	return []cli.Flag{&cli.StringSliceFlag{
		Name: "config-dir", EnvVars: environment("config-dir"),
		Usage: "search `FOLDER`, and config/ in it, for configurations; may be given more than once",
	}}
}

// sourceOf takes the arguments of a command apart: the configuration, then what changes it.
func (p *program) sourceOf(c *cli.Context, dry bool) (config.Source, error) {
	s := config.Source{Dirs: c.StringSlice("config-dir"), Now: time.Now(), Targets: p.targets, Job: p.name, Dry: dry}
	words := c.Args().Slice()
	if c.Command.Name == "config" { // check or show
		words = words[1:]
	}
	for _, word := range words {
		switch {
		case config.IsOverride(word):
			s.Overrides = append(s.Overrides, word)
		case s.Name == "":
			s.Name = word
		default:
			return s, usage("overrides are key=value, +key=value, ~key", "%q: %s takes one configuration", clip(word), c.Command.Name)
		}
	}
	return s, nil
}

// chosen is the gateway that the arguments describe, or without any the one that is compiled in. Notes about the
// configuration go to standard error.
func (p *program) chosen(c *cli.Context, dry bool) (*config.App, error) {
	s, err := p.sourceOf(c, dry)
	if err != nil {
		return nil, err
	}
	if s.Name == "" && len(s.Overrides) == 0 && len(s.Dirs) == 0 {
		return &config.App{Gateway: p.gateway}, nil
	}
	loaded, err := config.Load(s)
	if err != nil {
		return nil, asFailure(err, exitUsage, "")
	}
	app, err := loaded.App()
	if err != nil {
		return nil, asFailure(err, exitUsage, "")
	}
	app.Gateway.Name = cmp.Or(app.Gateway.Name, app.Settings.Title, nameOf(s))
	p.note(app)
	return app, nil
}

func (p *program) note(app *config.App) {
	for _, note := range app.Notes {
		_, _ = io.WriteString(p.stderr, p.name+": note: "+note+"\n")
	}
}

// nameOf is what a gateway is called whose configuration does not say.
func nameOf(s config.Source) string {
	for _, o := range s.Overrides {
		if name, ok := strings.CutPrefix(strings.TrimLeft(o, "+"), "config="); ok {
			return name
		}
	}
	return s.Name
}

// configure lets the settings of the configuration count where no flag was given.
func (s *session) configure(c *cli.Context) error {
	o := s.app.Settings
	if o.UI != nil && !*o.UI {
		s.serving.noUI = true
	}
	bind, port := c.String("bind"), c.String("port")
	if !c.IsSet("bind") && o.Bind != "" {
		bind, s.serving.bound = o.Bind, "settings.bind"
	}
	if !c.IsSet("port") && o.Port != nil {
		port = strconv.Itoa(int(*o.Port))
	}
	var err error
	s.serving.address, err = addressOf(s.serving.bound, bind, port)
	return err
}

// equip gives the modules the streams that they may write to, and takes the log from the one that says where it goes.
// It returns what closes all of them.
func (s *session) equip(console io.Writer, closing func() error) func() error {
	for _, m := range s.app.Modules {
		if l, ok := m.Value.(*modules.Logging); ok {
			log, file := l.Logger(console)
			s.log = log
			closing = both(file.Close, closing)
		}
	}
	streams := modules.Streams{Out: s.program.stdout, Log: s.log}
	if s.workbench() {
		streams.Out = &lineLog{log: s.log}
	}
	for _, m := range s.app.Modules {
		if u, ok := m.Value.(interface{ UseStreams(modules.Streams) }); ok {
			u.UseStreams(streams)
		}
	}
	return closing
}

func both(first, second func() error) func() error {
	return func() error { return errors.Join(first(), second()) }
}

// lineLog logs what modules print while the workbench owns the screen.
type lineLog struct{ log *slog.Logger }

// Write logs each line of p.
func (l *lineLog) Write(p []byte) (int, error) {
	for line := range strings.Lines(string(p)) {
		l.log.Info(strings.TrimRight(line, "\n"), "logger", "stdout")
	}
	return len(p), nil
}

// describe lets settings say what the API and the page are called and where they lie.
func describe(c *httpapi.Config, page *web.Options, o config.Settings) {
	c.Title, page.Title = cmp.Or(o.Title, c.Title), cmp.Or(o.Title, page.Title)
	c.Description, c.Version = o.Description, cmp.Or(o.Version, c.Version)
	c.Prefix, page.API, c.Base = o.Prefix(), o.Prefix(), o.RootPath
	c.Origins, page.BasePath = o.BackendCORSOrigins, o.RootPath
}
