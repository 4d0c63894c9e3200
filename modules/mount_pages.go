package modules

import (
	"cmp"

	"gw/gateway"
	"gw/httpapi"
)

// MountChannelsGraph serves who sets and reads what, as JSON and as a page.
type MountChannelsGraph struct {
	Base
	// Route is the path of the JSON below the API; the page is at /channels_graph.
	Route string `default:"/channels_graph"`
}

var _ httpapi.Rester = (*MountChannelsGraph)(nil)

// Connect does nothing: the API knows the graph.
func (m *MountChannelsGraph) Connect(*gateway.Bus) error { return nil }

// Rest mounts the graph.
func (m *MountChannelsGraph) Rest(c *httpapi.Config) error {
	routes := mounts(c)
	routes.Graphs = append(routes.Graphs, m.Route)
	return nil
}

// MountOutputsFolder lets the files of a folder be browsed under /outputs/, as a page, as a list (/outputs/_tree) and in
// parts (/outputs/_chunk). Nothing outside of the folder can be reached, by dots or by links.
type MountOutputsFolder struct {
	Base
	// Dir is the folder; without it the one of --outputs, which is outputs.
	Dir string
	// ChunkBytes is how much of a file a part has that does not say so.
	ChunkBytes int64 `default:"65536"`
	// MaxEntries is the most names in a list.
	MaxEntries int `default:"2000"`
}

var _ httpapi.Rester = (*MountOutputsFolder)(nil)

// Connect does nothing: the API reads the folder when it is asked.
func (m *MountOutputsFolder) Connect(*gateway.Bus) error { return nil }

// Rest mounts the folder.
func (m *MountOutputsFolder) Rest(c *httpapi.Config) error {
	mounts(c).Outputs = true
	c.Outputs = cmp.Or(m.Dir, c.Outputs)
	c.OutputsChunk, c.OutputsEntries = m.ChunkBytes, m.MaxEntries
	return nil
}

// MountSendForm shows a form to send values with. gw's page and workbench have one by themselves; this module is there for
// configurations of csp-gateway.
type MountSendForm struct {
	Base
	// MountSend names the channels that have a form.
	MountSend gateway.Selection `ref:"channel" later:"every channel that takes values has one"`
	// FormOverrides change single fields of forms: CHANNEL.FIELD to options.
	FormOverrides map[string]map[string]any `later:"forms follow the schema"`
}

// Connect does nothing.
func (m *MountSendForm) Connect(*gateway.Bus) error { return nil }

// MountStagingPanel shows staging areas. gw's windows do so by themselves; this module is there for configurations of
// csp-gateway.
type MountStagingPanel struct {
	Base
	// MountStaging names the channels that are shown.
	MountStaging gateway.Selection `ref:"channel" later:"every staged channel is shown"`
	// MaxRecords is the most values of an area that are shown.
	MaxRecords int `later:"all of them are shown"`
	// ExcludedColumns are the fields that are left out.
	ExcludedColumns []string `later:"every field is shown"`
}

// Connect does nothing.
func (m *MountStagingPanel) Connect(*gateway.Bus) error { return nil }
