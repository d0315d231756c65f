package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// Plan is one statement made ready to run: what it means, and its scans.
type Plan struct {
	Scans    []*Scanned        // one for each use of a table, in the statement's order
	analysis *dialect.Analysis // nil for a statement of the session
}

// Scanned is one use of a table: what is read for it.
type Scanned struct {
	Columns   []string            // the columns of records the statement needs, without those the keys tell
	Objects   []partitions.Object // what the conditions keep, in the order of the keys
	Report    partitions.Report   // of the discovery
	Predicate schema.Predicate    // the condition that pruned

	discovery *partitions.Discovery
	relation  *dialect.Relation
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
	session := dialect.Session{Now: e.options.Now(), Zone: e.zone, Parameters: p.parameters}
	scans, err := e.discoverUses(ctx, p.statement, session)
	if err != nil {
		return nil, err
	}
	return e.bind(ctx, p.statement, session, scans)
}

// discoverUses finds the objects of every use of a table. It presumes every
// documented column, since which ones there are is known only from the objects.
func (e *Engine) discoverUses(ctx context.Context, statement dialect.Statement, session dialect.Session) ([]*Scanned, error) {
	presumed := catalog{}
	if e.options.Source != nil {
		presumed.relation = presumedRelation(partitions.Columns(allLayouts(), nil))
	}
	analysis, err := dialect.Analyze(statement, presumed, session)
	if err != nil && e.options.Source != nil && dependsOnColumns(err) {
		analysis, err = e.analyzeProbed(ctx, statement, session, err)
	}
	if err != nil {
		return nil, e.advise(err)
	}
	var scans []*Scanned
	for _, use := range analysis.Uses {
		s, err := e.discover(ctx, use.Predicate)
		if err != nil {
			return nil, err
		}
		scans = append(scans, s)
	}
	return scans, nil
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
func (e *Engine) analyzeProbed(ctx context.Context, statement dialect.Statement, session dialect.Session, refusal error) (*dialect.Analysis, error) {
	objects, err := e.someObjects(ctx, objectsToProbe)
	if err != nil {
		return nil, err
	}
	if len(objects) == 0 {
		return nil, refusal
	}
	lenient := *e
	lenient.options.BadFiles = loader.Warn
	relation, err := lenient.relation(ctx, objects, partitions.Sample(objects))
	if err != nil {
		return nil, err
	}
	analysis, _, err := e.analyze(ctx, statement, session, relation)
	return analysis, err
}

// analyze analyses a statement against a table, or the whole source's where that
// one lacks a column that AWS documents. It also returns the table that served.
func (e *Engine) analyze(ctx context.Context, statement dialect.Statement, session dialect.Session, relation *dialect.Relation) (*dialect.Analysis, *dialect.Relation, error) {
	analysis, err := dialect.Analyze(statement, catalog{relation}, session)
	if !e.needsMoreColumns(err) {
		return analysis, relation, err
	}
	relation, err = e.wholeRelation(ctx)
	if err != nil {
		return nil, nil, err
	}
	analysis, err = dialect.Analyze(statement, catalog{relation}, session)
	return analysis, relation, err
}

// discover lists the source for one use, leaving out what its condition and the
// options rule out.
func (e *Engine) discover(ctx context.Context, condition schema.Predicate) (*Scanned, error) {
	s := &Scanned{Predicate: e.pruning(condition)}
	d := partitions.Discover(e.options.Source, partitions.Options{
		Filter: s.Predicate, Accounts: e.options.Accounts, Regions: e.options.Regions,
	})
	for object, err := range d.Objects(ctx) {
		if err != nil {
			return nil, err
		}
		s.Objects = append(s.Objects, object)
	}
	s.Report, s.discovery = d.Report(), d
	return s, nil
}

// bind analyses the statement against the columns that the objects have.
func (e *Engine) bind(ctx context.Context, statement dialect.Statement, session dialect.Session, scans []*Scanned) (*Plan, error) {
	relation, err := e.relationOf(ctx, scans)
	if err != nil {
		return nil, err
	}
	analysis, relation, err := e.analyze(ctx, statement, session, relation)
	if err != nil {
		return nil, e.advise(err)
	}
	if len(analysis.Uses) != len(scans) {
		return nil, fmt.Errorf("plan statement: %d uses of tables became %d: this is a fault of vpcq's own; please report it", len(scans), len(analysis.Uses))
	}
	for i, use := range analysis.Uses {
		scans[i].relation, scans[i].where = relation, allOf(use.Predicate, relation.Where)
		scans[i].Columns = slices.DeleteFunc(slices.Clone(use.Columns), e.isPartitionColumn)
	}
	return &Plan{Scans: scans, analysis: analysis}, nil
}

func (e *Engine) isPartitionColumn(name string) bool {
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

// String lists the scans: for each its table and columns, then the prefixes
// that hold objects to read; "./" is the source itself.
func (p *Plan) String() string {
	var b strings.Builder
	for _, s := range p.Scans {
		fmt.Fprintf(&b, "scan %s\n", strings.Join(append([]string{TableName}, s.Columns...), " "))
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

// queueOf gives the objects one by one.
func queueOf(objects []partitions.Object) loader.Queue {
	var next atomic.Int64
	var values sync.Map // by partition, which many objects share
	return func(ctx context.Context) (loader.Object, error) {
		if err := ctx.Err(); err != nil {
			return loader.Object{}, err
		}
		i := int(next.Add(1)) - 1
		if i >= len(objects) {
			return loader.Object{}, io.EOF
		}
		o := objects[i]
		known, ok := values.Load(o.Partition)
		if !ok {
			known, _ = values.LoadOrStore(o.Partition, o.Partition.Values())
		}
		return loader.Object{Object: o.Object, Values: known.(map[string]schema.Value)}, nil
	}
}
