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
	session := dialect.Session{Now: e.options.Now(), Zone: e.zone, Database: e.database, Parameters: p.parameters}
	names := e.namespace(ctx)
	analysis, err := e.presume(ctx, p.statement, session, names, names)
	if err != nil {
		return nil, e.advise(err, names)
	}
	plan := &Plan{analysis: analysis}
	for _, use := range analysis.Uses {
		s, err := e.discoverUse(ctx, use, names)
		if err != nil {
			return nil, err
		}
		plan.Scans = append(plan.Scans, s)
	}
	if names.usesFlows {
		err = e.bind(ctx, p.statement, session, names, plan)
	}
	return plan, err
}

// presume analyses a statement before anything has been read. Of the table that
// stands for the source it presumes every documented column, since which ones
// there are is known only from the objects. within resolves names as names does,
// perhaps in another database.
func (e *Engine) presume(ctx context.Context, statement dialect.Statement, session dialect.Session, names *namespace, within dialect.Catalog) (*dialect.Analysis, error) {
	if e.options.Source != nil {
		names.flows = presumedRelations(partitions.Columns(allLayouts(), nil))
	}
	analysis, err := dialect.Analyze(statement, within, session)
	if err != nil && names.usesFlows && dependsOnColumns(err) {
		return e.analyzeProbed(ctx, statement, session, names, within, err)
	}
	return analysis, err
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

// dependsOnColumns reports whether a statement might not be refused if the table
// had other columns: that is worth a look at the source.
func dependsOnColumns(err error) bool {
	var refused *dialect.Error
	return errors.As(err, &refused) && refused.Code != "FUNCTION_NOT_FOUND" && refused.Code != "TABLE_NOT_FOUND"
}

// analyzeProbed analyses a statement that was refused with the presumed columns
// against those that some objects have: a name may be ambiguous, or a column
// where none is, only because all columns were presumed. Where the objects tell
// nothing, being none or damaged, the first refusal stands; what the source
// fails to give is told.
func (e *Engine) analyzeProbed(ctx context.Context, statement dialect.Statement, session dialect.Session, names *namespace, within dialect.Catalog, refusal error) (*dialect.Analysis, error) {
	objects, err := e.someObjects(ctx, objectsToProbe)
	if err != nil {
		return nil, err
	}
	if len(objects) == 0 {
		return nil, refusal
	}
	lenient := *e
	lenient.options.BadFiles = loader.Warn
	if names.flows, err = lenient.relations(ctx, objects, partitions.Sample(objects)); err != nil {
		return nil, err
	}
	return e.analyze(ctx, statement, session, names, within)
}

// analyze analyses a statement against the source's table, or the whole source's
// where that one lacks a column that AWS documents.
func (e *Engine) analyze(ctx context.Context, statement dialect.Statement, session dialect.Session, names *namespace, within dialect.Catalog) (*dialect.Analysis, error) {
	analysis, err := dialect.Analyze(statement, within, session)
	if !names.usesFlows || !e.needsMoreColumns(err) {
		return analysis, err
	}
	if names.flows, err = e.wholeRelations(ctx); err != nil {
		return nil, err
	}
	return dialect.Analyze(statement, within, session)
}

// discover lists the source for one use, leaving out what its condition and the
// options rule out.
func (e *Engine) discover(ctx context.Context, condition schema.Predicate) (*Scanned, error) {
	s := &Scanned{Predicate: e.pruning(condition)}
	d := partitions.Discover(e.options.Source, partitions.Options{
		Filter: s.Predicate, Accounts: e.options.Accounts, Regions: e.options.Regions,
	})
	var err error
	if s.Objects, err = d.All(ctx); err != nil {
		return nil, err
	}
	s.Report, s.discovery = d.Report(), d
	return s, nil
}

// bind analyses the statement against the columns that the source's objects have.
func (e *Engine) bind(ctx context.Context, statement dialect.Statement, session dialect.Session, names *namespace, plan *Plan) error {
	var err error
	if names.flows, err = e.relationsOf(ctx, plan.Scans); err != nil {
		return err
	}
	analysis, err := e.analyze(ctx, statement, session, names, names)
	if err != nil {
		return e.advise(err, names)
	}
	if len(analysis.Uses) != len(plan.Scans) {
		return fmt.Errorf("plan statement: %d uses of tables became %d: this is a fault of vpcq's own; please report it", len(plan.Scans), len(analysis.Uses))
	}
	for i, use := range analysis.Uses {
		plan.Scans[i].bind(use)
	}
	plan.analysis = analysis
	return nil
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
	return fmt.Sprintf("%s%d objects, %d bytes as stored; Athena would charge $%.6f\n", p.String(), stats.ObjectsPlanned, stats.BytesPlanned, stats.AthenaDollars)
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
