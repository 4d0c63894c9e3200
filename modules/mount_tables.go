package modules

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"gw/gateway"
	"gw/httpapi"
)

// MountPerspectiveTables shows channels as tables on the page. gw's page shows every channel by itself; what this module
// says about single tables is not served yet, but a gateway with modules that mount routes shows no channel that none of
// them names.
type MountPerspectiveTables struct {
	Base
	// Tables are the tables: NAME to what is said about each.
	Tables map[string]TableConfig `later:"the page shows a table a channel"`
	// ChannelSelection names the channels that get a table; those of tables do besides.
	ChannelSelection gateway.Selection `ref:"channel"`
	// ServerViews are views that the server computes: NAME to its table, group_by and so on.
	ServerViews map[string]any `later:"the page shows a table a channel"`
	// Limits are the most rows of tables.
	Limits map[string]int `later:"the page shows a table a channel"`
	// DefaultLimit is the most rows of the other tables.
	DefaultLimit int `later:"the page shows a table a channel"`
	// Indexes are the fields by which rows of tables replace each other.
	Indexes map[string][]string `later:"the page shows a table a channel"`
	// DefaultIndex are those of the other tables.
	DefaultIndex []string `later:"the page shows a table a channel"`
	// Architectures say where tables live: server or client-server.
	Architectures map[string]string `later:"tables live in the browser"`
	// DefaultArchitecture is where the other tables live.
	DefaultArchitecture string `enum:"server,client-server" later:"tables live in the browser"`
	// ExcludedTableColumns are the fields that tables leave out.
	ExcludedTableColumns map[string]any `later:"the page shows every field"`
	// Layouts are layouts of the page: NAME to JSON.
	Layouts map[string]string `later:"layouts are kept in the browser"`
	// DefaultLayout is the one that the page opens with.
	DefaultLayout string `later:"layouts are kept in the browser"`
	// DefaultLayoutTables are the tables that a layout made by the server shows.
	DefaultLayoutTables []string `later:"layouts are kept in the browser"`
	// DefaultLayoutMaxTables is how many it shows otherwise.
	DefaultLayoutMaxTables int `later:"layouts are kept in the browser"`
	// UpdateInterval is the time between two updates of the page.
	UpdateInterval time.Duration `later:"the page is updated as fast as it draws"`
	// PerspectiveField is a static field with a server of Perspective.
	PerspectiveField string `later:"Perspective runs in the browser"`
	// LayoutsField is a static field with layouts.
	LayoutsField string `later:"layouts are kept in the browser"`
}

// TableConfig is what can be said about one table.
type TableConfig struct {
	// Channel is the channel that it shows, if its name is another one.
	Channel string `ref:"channel"`
	// Limit is the most rows that it holds.
	Limit int
	// Index are the fields by which rows replace each other.
	Index []string
	// Architecture is where it lives.
	Architecture string `enum:"server,client-server"`
	// ExcludedColumns are the fields that it leaves out.
	ExcludedColumns any
}

var _ httpapi.Rester = (*MountPerspectiveTables)(nil)

// Connect does nothing: the page finds the channels by itself.
func (m *MountPerspectiveTables) Connect(*gateway.Bus) error { return nil }

// Rest lets windows show the channels.
func (m *MountPerspectiveTables) Rest(c *httpapi.Config) error {
	routes := mounts(c)
	routes.Tables = append(routes.Tables, m.ChannelSelection)
	for _, name := range slices.Sorted(maps.Keys(m.Tables)) {
		routes.Tables = append(routes.Tables, gateway.Selection{Include: []string{cmp.Or(m.Tables[name].Channel, name)}})
	}
	return nil
}
