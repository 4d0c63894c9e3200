package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"gw/gateway"
	"gw/httpapi"
	"gw/httpapi/auth"
)

type userData struct {
	gateway.Struct
	User string `json:"user"`
	N    int64  `json:"n"`
}

type userModel struct {
	Mine   gateway.Channel[userData]             `channel:"user_data" state:"id" stage:"true"`
	List   gateway.Channel[[]userData]           `channel:"user_list"`
	Basket gateway.Basket[exampleEnum, userData] `channel:"user_basket"`
}

type userModule struct{}

func (userModule) Connect(ch *userModel) error {
	ch.Mine.Send()
	ch.List.Send()
	ch.Basket.Send()
	return nil
}

// people is a gateway where everybody sees and sends their own: alice, bob, root (all) and nameless (no claim).
func people(t *testing.T) (*site, *auth.KeySet) {
	t.Helper()
	keys := auth.Keys(
		auth.Key{Name: "alice", Value: "alice-key-1"}, auth.Key{Name: "bob", Value: "bob-key-12"},
		auth.Key{Name: "root", Value: "root-key-1", Claims: map[string]string{"user": auth.Every}}, auth.Key{Value: "nameless-key"},
	)
	gate, err := auth.New(auth.Config{}, keys)
	if err != nil {
		t.Fatal(err)
	}
	g := gateway.New(&userModel{}, userModule{})
	g.Filter, g.Guard = auth.FilterBy("user"), auth.GuardBy("user")
	run(t, g, gateway.RunConfig{Realtime: true})
	return serve(t, g, httpapi.Config{Auth: gate}), keys
}

// as makes a request with somebody's key.
func (s *site) as(key, method, path, body string) answer {
	s.t.Helper()
	req, err := http.NewRequest(method, "http://host"+p+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("token", key)
	got := s.do(req)
	synctest.Wait()
	return got
}

// TestS18EverybodySeesTheirOwnEverywhere sends values of two users and reads them by every way as each of four callers.
func TestS18EverybodySeesTheirOwnEverywhere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := people(t)
		for _, send := range [][2]string{
			{"send/user_data", `[{"id":"a1","user":"alice","n":1},{"id":"b1","user":"bob","n":2}]`},
			{"send/user_list", `[{"id":"a2","user":"alice"},{"id":"b2","user":"bob"}]`},
			{"send/user_basket", `{"A":{"id":"a3","user":"alice"},"B":{"id":"b3","user":"bob"}}`},
			{"stage/user_data", `{"id":"a4","user":"alice"}`}, {"stage/user_data", `{"id":"b4","user":"bob"}`},
		} {
			if got := s.as("root-key-1", "POST", send[0], send[1]); got.status != 200 {
				t.Fatalf("%s: got %d %s", send[0], got.status, got.body)
			}
		}
		for _, tc := range []struct{ method, path, alice, bob string }{
			{"GET", "last/user_data", ``, `b1`}, {"GET", "last/user-data", ``, `b1`},
			{"GET", "last/user_list", `a2`, `b2`},
			{"GET", "last/user_basket", `a3`, `b3`}, {"GET", "last/user_basket/A", `a3`, ``}, {"GET", "last/user-basket/B", ``, `b3`},
			{"GET", "state/user_data", `a1`, `b1`},
			{"GET", "lookup/user_data/a1", `a1`, ``}, {"GET", "lookup/id/a1", `a1`, ``}, {"GET", "lookup/id/b4", ``, `b4`},
			{"PUT", "stage/user_data", `a4`, `b4`},
		} {
			for key, own := range map[string]string{"alice-key-1": tc.alice, "bob-key-12": tc.bob, "nameless-key": ""} {
				got := s.as(key, tc.method, tc.path, "")
				var seen []string
				for _, id := range []string{"a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4"} {
					if strings.Contains(got.body, `"id":"`+id+`"`) {
						seen = append(seen, id)
					}
				}
				if strings.Join(seen, " ") != own {
					t.Errorf("%s %s as %s: sees %v, want %q: %s", tc.method, tc.path, key, seen, own, got.body)
				}
			}
		}
	})
}

// TestS19NobodySendsAsSomebodyElse tries every way in: alias, basket, list, stage, WebSocket, and leaving the field out.
func TestS19NobodySendsAsSomebodyElse(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := people(t)
		const no = `{"error":"Forbidden","detail":"Send data user does not match authenticated user"}`
		for _, tc := range []struct{ path, body string }{
			{"send/user_data", `{"user":"bob"}`}, {"send/user-data", `{"user":"bob"}`}, {"send/user_data", `[{"user":"alice"},{"user":"bob"}]`},
			{"send/user_list", `[{"user":"bob"}]`}, {"send/user_basket", `{"A":{"user":"bob"}}`}, {"send/user_basket/A", `{"user":"bob"}`},
			{"stage/user_data", `{"user":"bob"}`}, {"stage/user-data", `{"user":"bob"}`},
		} {
			if got := s.as("alice-key-1", "POST", tc.path, tc.body); got.status != 403 || got.body != no {
				t.Errorf("%s %s: got %d %s", tc.path, tc.body, got.status, got.body)
			}
			if got := s.as("nameless-key", "POST", tc.path, tc.body); got.status != 403 {
				t.Errorf("%s %s as nameless: got %d", tc.path, tc.body, got.status)
			}
		}
		if got := s.as("alice-key-1", "POST", "send/user_data", `{"n":1}`); !strings.Contains(got.body, `"user":"alice"`) {
			t.Errorf("left out: got %s, want it filled", got.body)
		}
		s.as("root-key-1", "POST", "stage/user_data", `{"id":"b","user":"bob"}`)
		for _, method := range []string{"PATCH", "DELETE"} {
			if got := s.as("alice-key-1", method, "stage/user_data", ""); got.status != 403 {
				t.Errorf("%s of bob's area: got %d %s", method, got.status, got.body)
			}
		}
		ws := s.dialAs("alice-key-1", "stream")
		ws.say(`{"action":"subscribe","channel":"user_data"}`)
		ws.say(`{"action":"send","channel":"user_data","data":{"user":"bob","n":5}}`)
		ws.say(`{"action":"send","channel":"user_data","data":{"user":"alice","n":6}}`)
		s.as("bob-key-12", "POST", "send/user_data", `{"n":7}`)
		ws.frame(`{"channel":"user_data","data":[{"user":"alice","n":6}]}`)
		ws.silent(time.Minute)
	})
}

// TestNextWaitsForOnesOwn is the 408 of a filtered next.
func TestNextWaitsForOnesOwn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := people(t)
		got := make(chan answer)
		go func() { got <- s.plain("alice-key-1", "next/user_data") }()
		synctest.Wait()
		s.as("bob-key-12", "POST", "send/user_data", `{"n":1}`)
		s.as("alice-key-1", "POST", "send/user_data", `{"n":2}`)
		if a := <-got; a.status != 200 || !strings.Contains(a.body, `"n":2`) {
			t.Errorf("got %d %s", a.status, a.body)
		}
		go func() { got <- s.plain("alice-key-1", "next/user_data") }()
		if a := <-got; a.status != 408 || a.body != `{"error":"Timeout","detail":"No matching record found within 30.0s"}` {
			t.Errorf("got %d %s", a.status, a.body)
		}
	})
}

// TestS16TheEndOfALoginEndsItsSockets withdraws a key, and logs a session out.
func TestS16TheEndOfALoginEndsItsSockets(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, keys := people(t)
		byKey := s.dialAs("alice-key-1", "stream")
		in := s.as("bob-key-12", "GET", "auth/login", "")
		cookie, _, _ := strings.Cut(in.header.Get("Set-Cookie"), ";")
		bySession := s.dialWith("gw/watch", http.Header{"Cookie": {cookie}})
		start := time.Now()
		if err := keys.Replace(auth.Key{Name: "bob", Value: "bob-key-12"}); err != nil {
			t.Fatal(err)
		}
		byKey.closes(websocket.ClosePolicyViolation)
		req, _ := http.NewRequest("GET", "http://host"+p+"auth/logout", nil)
		req.Header.Set("Cookie", cookie)
		s.do(req)
		bySession.closes(websocket.ClosePolicyViolation)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v, want at most 5s", took)
		}
	})
}

func TestUpgradeWithoutCredentialsIsForbidden(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := people(t)
		for _, path := range []string{"stream", "gw/watch", "stream?token=bad"} {
			_, resp, err := (&websocket.Dialer{NetDialContext: s.l.Dial}).Dial("ws://host"+p+path, nil)
			if err == nil || resp == nil || resp.StatusCode != 403 {
				t.Errorf("%s: got %v %v, want 403", path, resp, err)
			}
		}
		s.dial("stream?token=alice-key-1").ws.Close()
	})
}
