package auth

import (
	"container/list"
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"
)

const (
	sessionLife   = 12 * time.Hour // unless the terms of a door say otherwise
	sessionRotate = time.Hour      // after which a session gets a new id
	sessionGrace  = time.Minute    // for which the id before is still good
	maxSessions   = 10_000
	sessionIDSize = 32 // of five bits each
)

// sessions is the store of what logins have begun: by the hash of the id, so that a dump of it opens nothing.
type sessions struct {
	now func() time.Time

	mu    sync.Mutex
	byID  map[[32]byte]*list.Element
	order *list.List // oldest first
}

// session is one of them. It belongs to one login, whatever its id is at the moment.
type session struct {
	key      [32]byte
	door     *door
	identity *Identity
	login    *login
	renewed  time.Time // when the id was made
	until    time.Time // when the id ends
}

// login is what all ids of one session share.
type login struct {
	end  time.Time
	over bool
}

func newSessions(now func() time.Time) *sessions {
	return &sessions{now: now, byID: map[[32]byte]*list.Element{}, order: list.New()}
}

// begin makes a session of who came through a door and returns its id. The oldest goes when there are too many.
func (s *sessions) begin(d *door, who *Identity) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	end := now.Add(d.Life)
	return s.add(&session{door: d, identity: who, login: &login{end: end}, renewed: now, until: end})
}

func (s *sessions) add(n *session) string {
	id := rand.Text() + rand.Text()[:sessionIDSize-26]
	n.key = sha256.Sum256([]byte(id))
	s.byID[n.key] = s.order.PushBack(n)
	for s.order.Len() > maxSessions {
		s.drop(s.order.Front())
	}
	return id
}

func (s *sessions) drop(e *list.Element) {
	delete(s.byID, e.Value.(*session).key)
	s.order.Remove(e)
}

// find returns the identity of a session with what tells whether it still lives, and the door that it came through.
func (s *sessions) find(id string) (*door, Grant, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.get(id)
	if n == nil {
		return nil, Grant{}, false
	}
	return n.door, Grant{Identity: n.identity, Valid: func() bool { return s.lives(n.login) }}, true
}

func (s *sessions) get(id string) *session {
	e := s.byID[sha256.Sum256([]byte(id))]
	if e == nil {
		return nil
	}
	n := e.Value.(*session)
	if n.login.over || !s.now().Before(n.until) {
		s.drop(e)
		return nil
	}
	return n
}

func (s *sessions) lives(l *login) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !l.over && s.now().Before(l.end)
}

// rotate returns a new id for a session whose id is an hour old, its door, and how long it still lasts; "" for another.
// The old id is good for a minute more, for what is under way.
func (s *sessions) rotate(id string) (fresh string, d *door, left time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.get(id)
	now := s.now()
	if n == nil || now.Before(n.renewed.Add(sessionRotate)) {
		return "", nil, 0
	}
	fresh = s.add(&session{door: n.door, identity: n.identity, login: n.login, renewed: now, until: n.login.end})
	n.renewed, n.until = n.login.end, now.Add(sessionGrace)
	return fresh, n.door, n.login.end.Sub(now)
}

// end ends the session that an id belongs to, under all its ids.
func (s *sessions) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := s.get(id); n != nil {
		n.login.over = true
		s.drop(s.byID[n.key])
	}
}
