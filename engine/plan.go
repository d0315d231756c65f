package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// Plan is one statement made ready to run: what it means, and its scans.
type Plan struct {
	Scans    []*Scanned        // one for each use of a table, in the statement's order
	analysis *dialect.Analysis // nil for a statement of the session
	write    *writing          // what becomes of the rows; nil: they are the result
}

// Scanned is one use of a table: what is read for it.
type Scanned struct {
	Columns   []string            // the columns of records the statement needs, without those the keys tell
	Objects   []partitions.Object // what the conditions keep, in the order of the keys
	Report    partitions.Report   // of the discovery
	Predicate schema.Predicate    // the condition that pruned

	table     *schema.Table         // the declaration; nil for a table that stands for the source
	of        string                // the name of that one
	left      int                   // objects that belong to the other table that stands for the source
	declared  *loader.Declared      // how a declared table holds records
	discovery *partitions.Discovery // nil for a declared table
	relation  *dialect.Relation
	files     bool             // a hidden column is asked for, such as "$path"
	where     schema.Predicate // of records: one for which it is not true cannot change the answer
}

// Plan parses and analyses a statement and finds the objects it reads. No record
// is read: only keys, and one header line for each flow log. A fault in the
// statement is a *dialect.Error.
func (e *Engine) Plan(ctx context.Context, sql string) (*Plan, error) {
	p, err := e.begin(ctx, sql)
	if err != nil || p.statement == nil {
		return &Plan{}, withStatement(err, p.text)
	}
	plan, err := e.planPending(ctx, p)
	return plan, withStatement(err, p.text)
}

// planPending plans a statement that is not one of the session.
func (e *Engine) planPending(ctx context.Context, p *pending) (*Plan, error) {
	if query := rowsOf(p.statement); query != nil {
		return e.planWriting(ctx, p, query)
	}
	return e.planQuery(ctx, p)
}

// planQuery plans a statement that is a query, or is refused for being none.
func (e *Engine) planQuery(ctx context.Context, p *pending) (*Plan, error) {
	a := e.analysing(ctx, p.statement, e.database)
	a.session.Parameters = p.parameters
	analysis, err := a.presume(ctx)
	if err != nil {
		return nil, e.advise(err, a.names)
	}
	plan := &Plan{analysis: analysis}
	for _, use := range analysis.Uses {
		s, err := e.discoverUse(ctx, use, a.names)
		if err != nil {
			return nil, err
		}
		plan.Scans = append(plan.Scans, s)
	}
	if a.names.usesFlows {
		err = a.bind(ctx, plan)
	}
	return plan, err
}

// discoverUse finds the objects of one use of a table.
func (e *Engine) discoverUse(ctx context.Context, use *dialect.TableUse, names *namespace) (*Scanned, error) {
	var s *Scanned
	var err error
	if table := names.table(use.Relation); table != nil {
		s, err = e.discoverDeclared(ctx, table, use.Predicate)
	} else {
		s, err = e.discover(ctx, use.Predicate)
	}
	if err != nil {
		return nil, err
	}
	s.bind(use)
	if s.table != nil {
		if s.declared, err = recordsOf(s.table, s.Columns); err != nil {
			return nil, err
		}
		s.declared.Header = e.checkFit(s)
	}
	return s, nil
}

// discover lists the source for one use, leaving out what its condition and the
// options rule out.
func (e *Engine) discover(ctx context.Context, condition schema.Predicate) (*Scanned, error) {
	s := &Scanned{Predicate: e.pruning(condition)}
	d := partitions.Discover(e.options.Source, partitions.Options{
		Filter: s.Predicate, Accounts: e.options.Accounts, Regions: e.options.Regions, Unlisted: e.unlisted(),
	})
	var err error
	if s.Objects, err = d.All(ctx); err != nil {
		return nil, err
	}
	s.Report, s.discovery = d.Report(), d
	return s, nil
}

// bind notes what the statement needs of the table.
func (s *Scanned) bind(use *dialect.TableUse) {
	s.relation, s.where = use.Relation, allOf(use.Predicate, use.Relation.Where)
	if s.table == nil {
		s.of = use.Relation.Name
	}
	s.files = slices.ContainsFunc(fileColumns, func(c schema.Column) bool { return slices.Contains(use.Columns, c.Name) })
	s.Columns = slices.DeleteFunc(slices.Clone(use.Columns), s.toldByKeys)
}

// toldByKeys reports whether a column is told by the objects' keys, and not held by records.
func (s *Scanned) toldByKeys(name string) bool {
	if slices.ContainsFunc(fileColumns, func(c schema.Column) bool { return c.Name == name }) {
		return true
	}
	if s.table == nil {
		return isPartitionColumn(name)
	}
	return slices.ContainsFunc(s.table.Partitions, func(c schema.Column) bool { return c.Name == name })
}

// name is the table's name, with its database where that is not the default one.
func (s *Scanned) name() string {
	switch {
	case s.table == nil:
		return s.of
	case s.table.Database == defaultDatabase:
		return s.table.Name
	}
	return s.table.Database + "." + s.table.Name
}

func isPartitionColumn(name string) bool {
	_, isField := schema.FieldOfColumn(name)
	return !isField && slices.ContainsFunc(partitions.Columns(allLayouts(), nil), func(c schema.Column) bool { return c.Name == name })
}

// withStatement lets a fault show the line it is in.
func withStatement(err error, sql string) error {
	var refused *dialect.Error
	if errors.As(err, &refused) && refused.Statement == "" {
		refused.Statement = sql
	}
	return err
}

// String says what is written, if anything is, and lists the scans: for each its
// table and columns, then the prefixes that hold objects to read; "./" is the
// source itself.
func (p *Plan) String() string {
	var b strings.Builder
	if p.write != nil && !p.write.idle {
		b.WriteString(p.write.String())
	}
	for _, s := range p.Scans {
		fmt.Fprintf(&b, "scan %s\n", strings.Join(append([]string{s.name()}, s.Columns...), " "))
		for _, prefix := range s.Prefixes() {
			fmt.Fprintf(&b, "  %s\n", cmp.Or(prefix, "./"))
		}
	}
	return b.String()
}

// Describe is String with the number of objects and bytes and what Athena would
// charge for them.
func (p *Plan) Describe() string {
	stats := p.Stats()
	return fmt.Sprintf("%s%s, %s as stored; Athena would charge $%.6f\n", p.String(), Count(stats.ObjectsPlanned, "object"), Count(stats.BytesPlanned, "byte"), stats.AthenaDollars)
}

// Stats is what the plan alone says: what was listed and what would be read.
// AthenaDollars is the charge for reading all of it.
func (p *Plan) Stats() Stats {
	var s Stats
	for _, scan := range p.Scans {
		r := scan.Report
		s.PartitionsListed += int64(r.Partitions)
		s.PartitionsPruned += int64(r.Pruned)
		s.PrefixesListed += int64(r.Listed)
		s.PrefixesUnlisted += int64(r.Unlisted)
		s.ObjectsPlanned += int64(r.Objects)
		s.BytesPlanned += r.Bytes
		s.ObjectsPassed += int64(r.PassedOver.Hidden + r.PassedOver.Markers + r.PassedOver.Foreign)
	}
	s.AthenaDollars = AthenaCost(s.BytesPlanned)
	return s
}

// Prefixes are the prefixes of the objects' partitions, in the order of the keys.
func (s *Scanned) Prefixes() []string {
	var prefixes []string
	for _, o := range s.Objects {
		if n := len(prefixes); n == 0 || prefixes[n-1] != o.Partition.Prefix {
			prefixes = append(prefixes, o.Partition.Prefix)
		}
	}
	slices.Sort(prefixes)
	return slices.Compact(prefixes)
}

// storedPerRecord is about how many compressed bytes a record takes: default
// format records, gzip'd, took 17 in the data that performance was measured on.
const storedPerRecord = 17

// records estimates the number of records to read.
func (s *Scanned) records() int64 { return s.Report.Bytes / storedPerRecord }
