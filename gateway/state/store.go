package state

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strconv"
	"sync"

	"github.com/marcboeker/go-duckdb"
)

// Store holds the tables of one gateway and the one DuckDB behind all of them. The zero value is ready to use; nothing
// is opened before the first query.
type Store struct {
	mu         sync.Mutex
	connector  *duckdb.Connector
	conns      []driver.Conn
	generation int // counts openings; 0 before the first
	tables     int
	users      sync.WaitGroup
	counted    counted
}

// settings close DuckDB off and bound what it takes, before anything else runs on it. The order matters: the last one
// forbids all further changes.
var settings = [...]string{
	"SET autoinstall_known_extensions=false",
	"SET autoload_known_extensions=false",
	"SET allow_community_extensions=false",
	"SET threads=2",
	"SET memory_limit='1GB'",
	"SET temp_directory=''",
	"SET enable_external_access=false",
	"SET lock_configuration=true",
}

// enter returns the DuckDB and the count of its opening, and keeps Close waiting until leave is called.
func (s *Store) enter() (*duckdb.Connector, int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.connector == nil {
		c, err := openDuckDB()
		if err != nil {
			return nil, 0, fmt.Errorf("state: opening DuckDB: %w", err)
		}
		s.connector = c
		s.generation++
	}
	s.users.Add(1)
	return s.connector, s.generation, nil
}

func (s *Store) leave() { s.users.Done() }

// Close lets DuckDB go after waiting for queries that run. What was put stays: a later query opens it again.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users.Wait()
	if s.connector == nil {
		return nil
	}
	for _, c := range s.conns {
		_ = c.Close() // one that a table has replaced is closed already
	}
	err := s.connector.Close()
	s.connector, s.conns = nil, nil
	return err
}

// connect gives a table a connection of its own. The caller has entered.
func (s *Store) connect(ctx context.Context, db *duckdb.Connector) (driver.Conn, error) {
	c, err := db.Connect(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = append(s.conns, c)
	return c, nil
}

func (s *Store) nextName() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tables++
	return "t" + strconv.Itoa(s.tables)
}

func openDuckDB() (*duckdb.Connector, error) {
	c, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, err
	}
	conn, err := c.Connect(context.Background())
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	for _, set := range settings {
		if err := execute(context.Background(), conn, set); err != nil {
			return nil, fmt.Errorf("%s: %w", set, err)
		}
	}
	return c, nil
}

func execute(ctx context.Context, conn driver.Conn, sql string) error {
	_, err := conn.(driver.ExecerContext).ExecContext(ctx, sql, nil)
	return err
}
