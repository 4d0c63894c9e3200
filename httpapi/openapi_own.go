package httpapi

import (
	"encoding/json"
	"net/http"
)

// own describes what gw has beyond csp-gateway.
func (b *describer) own() {
	status := json.RawMessage(statusSchema)
	b.add(operation{method: "get", path: "/gw/status", tag: "Utility", summary: "what the gateway is doing", answer: status})
	b.add(operation{method: "get", path: "/gw/channels", tag: "Utility", summary: "the channels and how much has ticked on them", answer: json.RawMessage(channelsSchema)})
	b.add(operation{method: "get", path: "/gw/graph", tag: "Utility", summary: "the modules and channels, how they are wired, rates and timings", answer: json.RawMessage(graphSchema), refuse: true, params: []object{{
		{"name", "timings"}, {"in", "query"}, {"required", false}, {"description", "also how long cycles and nodes took; the first to ask starts the watch"}, {"schema", object{{"type", "boolean"}}},
	}}})
	b.add(operation{method: "get", path: "/gw/connections", tag: "Utility", summary: "who is connected and how far behind", answer: json.RawMessage(connectionsSchema), timeless: true})
	b.add(operation{
		method: "post", path: "/gw/control", tag: "Controls", summary: "drive a replay; 409 if the gateway is not in one",
		body: json.RawMessage(controlSchema), answer: status, refuse: true, also: []int{http.StatusConflict},
	})
	b.events()
	b.add(operation{method: "get", path: "/gw/watch", tag: "Streaming", summary: "names that a watch (WebSocket on this path) takes; it says WatchRequest and hears WatchFrame, see docs/api.md", answer: stringList(), timeless: true})
}

const (
	momentSchema = `{"anyOf":[{"type":"string","format":"date-time"},{"type":"null"}]}`
	namesSchema  = `{"type":"array","items":{"type":"string"}}`

	statusSchema = `{"type":"object","properties":{"name":{"type":"string"},"version":{"type":"string"},` +
		`"mode":{"type":"string","enum":["realtime","replay"]},` +
		`"state":{"type":"string","enum":["starting","running","paused","ended","stopped"]},` +
		`"time":` + momentSchema + `,"cycle":{"type":"integer"},"speed":{"type":"number"},` +
		`"start":` + momentSchema + `,"end":` + momentSchema + `}}`

	channelsSchema = `{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},` +
		`"kind":{"type":"string","enum":["struct","list","basket"]},` +
		`"keys":{"anyOf":[` + namesSchema + `,{"type":"null"}]},"type":{"type":"string"},` +
		`"fields":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"type":{"type":"string"}}}},` +
		`"send":{"type":"boolean"},"state":` + namesSchema + `,"provided":{"type":"boolean"},"ticks":{"type":"integer"},"rate":{"type":"number"},"bytes":{"type":"integer"},` +
		`"time":` + momentSchema + `}}}`

	controlSchema = `{"anyOf":[` +
		`{"type":"object","required":["action"],"properties":{"action":{"type":"string","enum":["pause","resume","stop"]}}},` +
		`{"type":"object","required":["action"],"properties":{"action":{"type":"string","enum":["step"]},"cycles":{"type":["integer","null"],"minimum":1,"description":"default 1"}}},` +
		`{"type":"object","required":["action","speed"],"properties":{"action":{"type":"string","enum":["speed"]},"speed":{"type":"number","minimum":0,"description":"0: as fast as possible"}}},` +
		`{"type":"object","required":["action","until"],"properties":{"action":{"type":"string","enum":["until"]},"until":{"type":"string","format":"date-time"}}}]}`

	tickSchema = `{"type":"object","properties":{"channel":{"type":"string"},"key":{"type":"string"},` +
		`"time":{"type":"string","format":"date-time"},"cycle":{"type":"integer"},"n":{"type":"integer"},"data":{"type":"array","items":{}}}}`

	watchRequestSchema = `{"type":"object","required":["action","id"],"properties":{"action":{"type":"string","enum":["watch","unwatch","ack"]},` +
		`"id":{"type":"string"},"channels":` + namesSchema + `,"policy":{"type":"string","enum":["every","latest"],"default":"latest"},` +
		`"format":{"type":"string","enum":["json","arrow"],"default":"json"},` +
		`"history":{"type":"integer","minimum":0,"maximum":10000},"interval_ms":{"type":"number","minimum":0,"maximum":60000},"seq":{"type":"integer"}}}`

	watchSchema = `{"type":"object","properties":{"watch":{"type":"string"},"seq":{"type":"integer"},"snapshot":{"type":"boolean"},` +
		`"status":` + statusSchema + `,"dropped":{"type":"integer"},"conflated":{"type":"integer"},` +
		`"ticks":{"type":"array","items":` + tickSchema + `},` +
		`"batches":{"type":"integer","description":"of a watch as Arrow, instead of ticks: so many binary frames follow, each an Arrow IPC stream of one channel"},"error":{"type":"string"}}}`
)
