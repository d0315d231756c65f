package duckdb

import (
	"context"
	"sync"

	"github.com/vpcq/vpcq/engine"
)

// Later is a DB that is opened when it is first needed: what is answered without
// it, such as DDL or a count that the cache knows, is answered sooner by the time
// that opening takes. It is an engine.Backend like the DB itself.
type Later struct {
	options Options
	mu      sync.Mutex
	db      *DB // nil until it is needed
}

var (
	_ engine.Storer = (*Later)(nil)
	_ engine.Writer = (*Later)(nil)
)

// OpenLater returns a DB that is not open yet. The caller must close it. What is
// wrong with the options the first job tells.
func OpenLater(options Options) *Later { return &Later{options: options} }

// needed returns the DB, which it opens unless that was done.
func (l *Later) needed() (*DB, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.db != nil {
		return l.db, nil
	}
	db, err := Open(l.options)
	if err == nil {
		l.db = db
	}
	return db, err
}

// Execute implements engine.Backend.
func (l *Later) Execute(ctx context.Context, job engine.Job) (engine.Rows, error) {
	db, err := l.needed()
	if err != nil {
		return nil, err
	}
	return db.Execute(ctx, job)
}

// Store implements engine.Storer.
func (l *Later) Store(ctx context.Context, scan engine.Scan, file string) error {
	db, err := l.needed()
	if err != nil {
		return err
	}
	return db.Store(ctx, scan, file)
}

// Write implements engine.Writer.
func (l *Later) Write(ctx context.Context, job engine.Job, to engine.Files) (rows int64, err error) {
	db, err := l.needed()
	if err != nil {
		return 0, err
	}
	return db.Write(ctx, job, to)
}

// Close implements engine.Backend.
func (l *Later) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.db == nil {
		return nil
	}
	return l.db.Close()
}
