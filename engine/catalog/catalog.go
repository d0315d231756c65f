package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/schema"
)

// Catalog is what a file declares, or Empty has been told. Its methods may be called at the same time.
type Catalog struct {
	path string

	mu    sync.Mutex
	state *state
	read  fs.FileInfo // of the file that state comes from; nil where there was none
}

// DefaultPath is the file of the catalog where none is named:
// vpcq/catalog.sql below $XDG_DATA_HOME, or ~/.local/share (XDG Base Directory
// Specification).
func DefaultPath() (string, error) {
	data := os.Getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(data) { // the specification has relative paths ignored
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("find the catalog: %w; name its file, or set XDG_DATA_HOME", err)
		}
		data = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(data, "vpcq", "catalog.sql"), nil
}

// Open reads the catalog in a file. A file that is not there is an empty
// catalog, and is made by the first change.
func Open(path string) (*Catalog, error) {
	c := &Catalog{path: path}
	return c, c.Refresh()
}

// Empty returns a catalog that is kept in no file: it declares nothing at first,
// and ends with the process.
func Empty() *Catalog { return &Catalog{state: &state{byKey: map[key]*item{}}} }

// Copy returns a catalog that declares what c does now, and is kept in no file:
// changes to it are tried out.
func (c *Catalog) Copy() *Catalog { return &Catalog{state: c.now()} }

// Refresh reads the file again if another process has changed it.
func (c *Catalog) Refresh() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.refresh()
}

// refresh is Refresh with the mutex held.
func (c *Catalog) refresh() error {
	if c.path == "" {
		return nil
	}
	info, err := os.Stat(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		c.state, c.read = &state{byKey: map[key]*item{}}, nil
		return nil
	}
	if err != nil {
		return fmt.Errorf("read catalog: %w", err)
	}
	if c.read != nil && os.SameFile(info, c.read) && info.Size() == c.read.Size() && info.ModTime().Equal(c.read.ModTime()) {
		return nil
	}
	script, err := os.ReadFile(c.path)
	if err != nil {
		return fmt.Errorf("read catalog: %w", err)
	}
	s, err := parse(string(script), c.state)
	if err != nil {
		return fmt.Errorf("read catalog %s: %w; mend the line, or move the file away", c.path, err)
	}
	c.state, c.read = s, info
	return nil
}

// now is what the file declared when it was last read.
func (c *Catalog) now() *state {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// Path is the file; empty where there is none.
func (c *Catalog) Path() string { return c.path }

// Database returns a database; ok is false where there is none of that name.
func (c *Catalog) Database(name string) (d Database, ok bool) {
	if it := c.now().byKey[key{databaseKind, strings.ToLower(name), ""}]; it != nil {
		return *it.database, true
	}
	return Database{Name: DefaultDatabase}, strings.EqualFold(name, DefaultDatabase)
}

// Databases returns all databases, by name.
func (c *Catalog) Databases() []Database {
	all := []Database{{Name: DefaultDatabase}}
	for _, it := range c.now().items {
		if it.database != nil && it.database.Name == DefaultDatabase {
			all[0] = *it.database
		} else if it.database != nil {
			all = append(all, *it.database)
		}
	}
	slices.SortFunc(all, func(a, b Database) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Table returns a table; ok is false where there is none of that name, or a view.
func (c *Catalog) Table(database, name string) (t schema.Table, ok bool) {
	it := c.now().table(database, name)
	if it == nil || it.table == nil {
		return schema.Table{}, false
	}
	return *it.table, true
}

// Tables returns the tables of a database, by name.
func (c *Catalog) Tables(database string) []schema.Table {
	var all []schema.Table
	for _, it := range c.now().items {
		if it.table != nil && it.key.database == strings.ToLower(database) {
			all = append(all, *it.table)
		}
	}
	slices.SortFunc(all, func(a, b schema.Table) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// View returns a view; ok is false where there is none of that name, or a table.
func (c *Catalog) View(database, name string) (v View, ok bool) {
	it := c.now().table(database, name)
	if it == nil || it.view == nil {
		return View{}, false
	}
	return *it.view, true
}

// Views returns the views of a database, by name.
func (c *Catalog) Views(database string) []View {
	var all []View
	for _, it := range c.now().items {
		if it.view != nil && it.key.database == strings.ToLower(database) {
			all = append(all, *it.view)
		}
	}
	slices.SortFunc(all, func(a, b View) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Partitions returns the registered partitions of a table, by their names.
func (c *Catalog) Partitions(database, table string) []Partition {
	var all []Partition
	for _, it := range c.now().partitionItems(strings.ToLower(database), strings.ToLower(table)) {
		all = append(all, it.partitions...)
	}
	slices.SortFunc(all, func(a, b Partition) int {
		return strings.Compare(hive.PartitionName(a.Spec), hive.PartitionName(b.Spec))
	})
	return all
}

// Prepared returns a prepared statement; ok is false where there is none of that
// name. Names are not case-sensitive.
func (c *Catalog) Prepared(name string) (p Prepared, ok bool) {
	it := c.now().byKey[key{preparedKind, "", strings.ToLower(name)}]
	if it == nil {
		return Prepared{}, false
	}
	return *it.prepared, true
}

// table finds a table or a view.
func (s *state) table(database, name string) *item {
	return s.byKey[key{tableKind, strings.ToLower(database), strings.ToLower(name)}]
}
