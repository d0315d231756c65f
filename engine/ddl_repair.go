package engine

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/schema"
)

// repair runs MSCK REPAIR TABLE: it registers the partitions whose folders are
// named key=value, and tells of them as Hive does. It never drops one.
func (e *Engine) repair(ctx context.Context, s *hive.RepairTable) (dialect.Statement, error) {
	database := e.databaseOf(s.Table.Database)
	table, ok := e.options.Catalog.Table(database, s.Table.Table)
	if !ok {
		return nil, e.options.Catalog.Apply(e.database, &hive.SetProperties{Table: s.Table}) // which says what is wrong
	}
	found, err := e.folders(ctx, asFolder(table.Location), table.Partitions)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, p := range e.options.Catalog.Partitions(database, table.Name) {
		known[hive.PartitionName(p.Spec)] = true
	}
	add := &hive.AddPartitions{Table: hive.Name{Database: database, Table: table.Name}, IfNotExists: true}
	missing := "Partitions not in metastore:"
	var lines []string
	for _, p := range found {
		if name := hive.PartitionName(p.Spec); !known[name] {
			add.Partitions = append(add.Partitions, p)
			missing += "\t" + table.Name + ":" + name
			lines = append(lines, "Repair: Added partition to metastore "+table.Name+":"+name)
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	if err := e.options.Catalog.Apply(database, add); err != nil {
		return nil, err
	}
	return listed(catalog.Listing{Columns: []string{"repaired"}, Rows: append([]string{missing}, lines...)}), nil
}

// folders finds the folders below prefix that are named after these keys, one
// within the other, in their order. Other folders are passed over, as Hive does
// with hive.msck.path.validation set to skip: those that are hidden, so that a key
// that begins with "_" is never found, and those with a colon, over which Athena's
// statement stumbles without a word ("MSCK REPAIR TABLE", considerations).
func (e *Engine) folders(ctx context.Context, prefix string, keys []schema.Column) ([]hive.NewPartition, error) {
	if e.options.Locations == nil {
		return nil, fmt.Errorf("list %s: nothing is known of it: pass --mount %s=DIRECTORY", prefix, prefix)
	}
	if len(keys) == 0 {
		return []hive.NewPartition{{Location: prefix}}, nil
	}
	var all []hive.NewPartition
	for entry, err := range e.options.Locations.Children(ctx, prefix) {
		if err != nil {
			return nil, err
		}
		if entry.Prefix == "" {
			continue
		}
		name := strings.TrimSuffix(entry.Prefix[len(prefix):], "/")
		value, ok := strings.CutPrefix(name, keys[0].Name+"=")
		if !ok || value == "" || isHidden(name) || strings.Contains(value, ":") {
			continue
		}
		value = unescapeFolder(value)
		below, err := e.folders(ctx, entry.Prefix, keys[1:])
		if err != nil {
			return nil, err
		}
		for _, p := range below {
			p.Spec = append(hive.PartitionSpec{{Name: keys[0].Name, Value: value}}, p.Spec...)
			all = append(all, p)
		}
	}
	return all, nil
}

// unescapeFolder is the value that a folder's name stands for: Hive writes what a
// path cannot hold as %3A. A percent sign before anything but two hexadecimal
// digits is one (Hive's FileUtils.unescapePathName).
func unescapeFolder(name string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(name, "%")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		code, err := strconv.ParseUint(after[:min(2, len(after))], 16, 8)
		if err != nil || len(after) < 2 {
			b.WriteByte('%')
			name = after
			continue
		}
		b.WriteRune(rune(code))
		name = after[2:]
	}
}
