package arch

// A Room is a package of the house and what it may know of the others.
type Room struct {
	// Path is the folder below the module root.
	Path string
	// Knows lists the rooms that it may import, all of them below it.
	Knows []string
	// Why says what would break if it knew more; a failing test prints it.
	Why string
}

// Rooms returns the table of the house from the ground up: a room may only know rooms that stand before it.
func Rooms() []Room {
	return []Room{
		{"engine", nil, "the engine is a library of its own: standard library only, and no idea of channels or HTTP"},
		{"engine/adapter", []string{"engine"}, "adapters are made of the engine's public parts; what needs a file format or a broker is a module"},
		{"engine/op", []string{"engine"}, "operators are functions over edges; what needs a channel is a module"},
		{"engine/stats", []string{"engine"}, "statistics are nodes over edges of numbers; a graph without them does not carry them"},
		{"schema", nil, "every window reads values through it, the client too, so it may drag nothing along"},
		{"gateway/state", []string{"schema"}, "keyed state is a table of records; it must be testable without a running graph"},
		{"gateway/stage", []string{"schema"}, "staging areas are lists of records; what may be asked of them must be testable without a running graph"},
		{
			"gateway",
			[]string{"engine", "engine/op", "schema", "gateway/state", "gateway/stage"},
			"the bus knows no window: HTTP, terminal and files reach it from outside through the same calls",
		},
		{
			"gateway/query",
			[]string{"engine", "schema", "gateway"},
			"SQL of users runs in a process of its own, on what any caller of the gateway may have; no window, no files",
		},
		{
			"gateway/gatewaytest",
			[]string{"engine", "schema", "gateway"},
			"a test drives a gateway from outside and through channels, as users do; nothing depends on it but tests",
		},
		{
			"replay",
			[]string{"engine", "engine/op", "schema", "gateway"},
			"a recording becomes an ordinary gateway; nothing above may be needed to run one",
		},
		{
			"httpapi/auth",
			[]string{"schema", "gateway"},
			"who a caller is must not depend on what is served: the routes ask it, it knows none of them",
		},
		{
			"httpapi",
			[]string{"engine", "schema", "gateway", "gateway/stage", "gateway/query", "httpapi/auth"},
			"the API serves any gateway, live or replayed; it must not know where ticks come from",
		},
		{"web", nil, "the page is a window like any other: it talks to the API, so its Go side only serves files"},
		{"internal/memnet", nil, "an in-memory listener is plumbing of net.Conn alone"},
		{"internal/spool", nil, "what writes for the engine must not know what is written"},
		{"internal/quietterm", nil, "it must be initialised before every library, and so imports nothing that they need"},
		{"client", []string{"schema"}, "users link it into their own programs: no engine, no DuckDB"},
		{"tui", []string{"client", "internal/quietterm"}, "the workbench sees a gateway only through the API, so it can attach to any"},
		{
			"config",
			[]string{"schema", "gateway"},
			"a configuration makes ordinary gateways of what it is told there is; it has no list of modules of its own",
		},
		{
			"examples/omnibus",
			[]string{"engine", "engine/op", "schema", "gateway", "config"},
			"an example uses what a user's own gateway would use",
		},
		{
			"examples/demo",
			[]string{"engine", "engine/op", "schema", "gateway", "config"},
			"an example uses what a user's own gateway would use",
		},
		{
			"modules",
			[]string{"engine", "engine/op", "engine/stats", "schema", "gateway", "replay", "internal/spool", "config", "httpapi/auth", "httpapi"},
			"the catalogue serves any gateway: it knows channels by name, tells the API what to serve and to whom, and knows no window",
		},
		{
			"cli",
			[]string{
				"engine", "engine/op", "schema", "gateway", "gateway/state", "gateway/query", "replay", "httpapi/auth", "httpapi", "web",
				"internal/memnet", "internal/spool", "internal/quietterm", "client", "tui", "config", "modules",
			},
			"the commands wire the rooms together; examples are compiled in by the binary, not by the library",
		},
		{"cmd/gw", []string{"schema", "gateway", "cli", "examples/demo", "examples/omnibus"}, "the binary is one page that names what is compiled in"},
	}
}
