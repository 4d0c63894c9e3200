package httpapi

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"gw/gateway"
	"gw/gateway/query"
	"gw/httpapi/auth"
)

// Config says what a Handler serves and to whom. The zero value is the API as csp-gateway's clients know it, without
// a page, for requests that name this machine by a loopback name or by the address they came in on.
type Config struct {
	// Prefix is where the API lies; empty means "/api/v1".
	Prefix string
	// Title and Description appear in openapi.json and ui-config; an empty Title means "Gateway".
	Title, Description string
	// Version is the program's version in openapi.json and gw/status; empty means "dev".
	Version string
	// UI serves the page at "/" and every path outside Prefix that no route takes; without it "/" is a short message.
	UI http.Handler
	// TypeNames gives the "type_" of openapi.json by the name of a schema.Type: the dotted Python class that
	// csp-gateway's client turns answers into, such as "csp_gateway.server.demo.omnibus.ExampleData". A type may also
	// name it itself, see PythonTyped.
	TypeNames map[string]string

	// Base is the path under which a proxy in front shows this server, such as "/watchtower"; empty means none. The
	// proxy strips it; redirects and links have it.
	Base string
	// Outputs is a folder whose files are shown under /outputs/; empty means there is none.
	Outputs string
	// OutputsChunk is how many bytes of a file a part has that does not say so, and OutputsEntries the most names in a list
	// of them; 0 means 64 KiB and 2000.
	OutputsChunk   int64
	OutputsEntries int

	// Mounts are the routes that there are; nil means all that the gateway can serve.
	Mounts *Mounts

	// Auth decides who comes in and what they may do; nil lets everybody do everything, which is for loopback only.
	Auth *auth.Gate
	// Methods are ways to log in, of which With makes Auth.
	Methods []auth.Method
	// Own is a way in for this process's own windows; it counts only beside Methods.
	Own auth.Method
	// NeedsLogin refuses to serve without a way to log in.
	NeedsLogin bool
	// URL is how browsers of this gateway's users name it, such as "https://gw.example:8443"; empty means unknown.
	URL string
	// OwnLast, if not nil, answers last of a channel (and key, if that is not "") for callers who see only their own
	// values; false leaves it to the gateway.
	OwnLast func(ctx context.Context, channel, key string) (*gateway.Answer, bool)

	// Hosts are further names, without port, that a request may call this server; "*" allows every name.
	Hosts []string
	// Origins are further web origins, such as "https://desk.example:8443", whose pages may send and open WebSockets.
	Origins []string
	// ReadOnly refuses every send, control and shutdown.
	ReadOnly bool

	// MaxBody bounds the bytes of a request body and of a message from a WebSocket client; 0 means 1 MiB.
	MaxBody int64
	// MaxSockets bounds the WebSockets open at a time; 0 means 1024.
	MaxSockets int
	// MaxWaiting bounds the calls of next that wait at a time; 0 means 10000.
	MaxWaiting int
	// Query bounds what one SELECT may take, and how many run at a time.
	Query query.Limits
	// NextWait bounds the wait of next where the gateway has a Filter; 0 means 30 s.
	NextWait time.Duration
	// Queue is how many ticks may wait for one client of the stream before it is cut off; 0 means 4096.
	Queue int
	// Heartbeat is the time between two heartbeats of the stream; 0 means 1 s.
	Heartbeat time.Duration
	// ControlWait bounds the wait for the graph's answer to a control; 0 means 5 s.
	ControlWait time.Duration
	// Log gets panics, refused answers and clients that were cut off; nil means nothing is logged.
	Log *slog.Logger

	asked bool // the modules of the gateway have said what they want
}

// Path is where a path below the API lies for browsers.
func (c Config) Path(below string) string {
	c = c.withDefaults()
	return c.Base + c.Prefix + below
}

func (c Config) withDefaults() Config {
	c.Prefix = "/" + strings.Trim(cmp.Or(c.Prefix, "/api/v1"), "/")
	if c.Base = strings.Trim(c.Base, "/"); c.Base != "" {
		c.Base = "/" + c.Base
	}
	c.Title = cmp.Or(c.Title, "Gateway")
	c.Version = cmp.Or(c.Version, "dev")
	c.MaxBody = cmp.Or(c.MaxBody, 1<<20)
	c.MaxSockets = cmp.Or(c.MaxSockets, 1024)
	c.MaxWaiting = cmp.Or(c.MaxWaiting, 10_000)
	c.NextWait = cmp.Or(c.NextWait, 30*time.Second)
	c.OutputsChunk, c.OutputsEntries = cmp.Or(c.OutputsChunk, 64<<10), cmp.Or(c.OutputsEntries, 2000)
	c.Queue = cmp.Or(c.Queue, 4096)
	c.Heartbeat = cmp.Or(c.Heartbeat, time.Second)
	c.ControlWait = cmp.Or(c.ControlWait, 5*time.Second)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Check returns what is wrong with c: an origin that is not scheme://host[:port].
func (c Config) Check() error {
	trial := http.NewCrossOriginProtection()
	for _, o := range c.Origins {
		if err := trial.AddTrustedOrigin(o); err != nil {
			return fmt.Errorf("origins: got %q, want scheme://host[:port]: %w", o, err)
		}
	}
	return nil
}
