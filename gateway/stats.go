package gateway

import (
	"bytes"
	"encoding/json"
	"os"
	"os/user"
	"strings"
	"time"

	"github.com/shirou/gopsutil/v4/mem"
	"github.com/shirou/gopsutil/v4/process"

	"gw/schema"
)

// usage is what "stats" answers: the process's use of the machine. It is measured where the question comes from, not on
// the engine's goroutine; the graph adds its own time.
type usage struct {
	CPU           *float64 `json:"cpu"`          // percent of one core since the process began
	Memory        *float32 `json:"memory"`       // percent of the machine's
	MemoryTotal   *float64 `json:"memory-total"` // percent of the machine's that is still available
	PID           int      `json:"pid"`
	ActiveThreads *int32   `json:"active_threads"`
	MaxThreads    any      `json:"max_threads"` // a number, or "unlimited"
	Now           string   `json:"now"`
	CSPNow        string   `json:"csp-now"`
	Host          string   `json:"host"`
	User          string   `json:"user"`
}

// The two ways in which "now" is written: in data and in data_str.
const (
	statsTime   = "2006-01-02T15:04:05.000000"
	suffixData  = "Z"
	suffixText  = "+00:00"
	threadsFile = "/proc/sys/kernel/threads-max"
)

// measure asks the system; what it does not tell stays null.
func measure(now time.Time) usage {
	u := usage{PID: os.Getpid(), Now: now.UTC().Format(statsTime), MaxThreads: maxThreads()}
	u.Host, _ = os.Hostname()
	if who, err := user.Current(); err == nil {
		u.User = who.Username
	}
	if m, err := mem.VirtualMemory(); err == nil && m.Total > 0 {
		free := 100 * float64(m.Available) / float64(m.Total)
		u.MemoryTotal = &free
	}
	p, err := process.NewProcess(int32(u.PID))
	if err != nil {
		return u
	}
	if cpu, err := p.CPUPercent(); err == nil {
		u.CPU = &cpu
	}
	if memory, err := p.MemoryPercent(); err == nil {
		u.Memory = &memory
	}
	if n, err := p.NumThreads(); err == nil {
		u.ActiveThreads = &n
	}
	return u
}

func maxThreads() any {
	text, err := os.ReadFile(threadsFile)
	if err != nil {
		return "unlimited"
	}
	return json.Number(bytes.TrimSpace(text))
}

// measureStats completes questions for stats before they enter the graph.
func (g *Gateway) measureStats(recs []schema.Record) {
	for _, r := range recs {
		if c := (*Controls)(r.Pointer()); c.Name == "stats" {
			c.Data, _ = json.Marshal(measure(g.wall()))
		}
	}
}

// finishStats adds the engine's time to what was measured, and renders it as data and as text.
func finishStats(data json.RawMessage, now time.Time) (json.RawMessage, string) {
	var u usage
	if err := json.Unmarshal(data, &u); err != nil {
		return data, string(data)
	}
	u.CSPNow = now.Format(statsTime)
	if n, ok := u.MaxThreads.(float64); ok {
		u.MaxThreads = int64(n)
	}
	wall := strings.TrimSuffix(u.Now, suffixData)
	u.Now = wall + suffixData
	data, _ = json.Marshal(u)
	u.Now = wall + suffixText
	text, _ := json.Marshal(u)
	return data, string(text)
}
