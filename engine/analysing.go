package engine

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// analysing is a statement of which it is being found out what it means. Which
// columns the tables have that stand for the source is known only from their
// objects, and which objects are read only from the statement: so all columns
// that AWS documents are presumed at first, to find the conditions that prune,
// and what is meant is settled by bind once the objects are known.
type analysing struct {
	engine    *Engine
	statement dialect.Statement
	session   dialect.Session
	names     *namespace
	within    within // names, in the statement's database
}

// analysing begins the analysis of a statement in which names without a database
// are of this one.
func (e *Engine) analysing(ctx context.Context, s dialect.Statement, database string) *analysing {
	names := e.namespace(ctx)
	return &analysing{
		engine: e, statement: s, names: names, within: within{names, database},
		session: dialect.Session{Now: e.options.Now(), Zone: e.zone, Database: database},
	}
}

// analyze analyses the statement with the columns known so far.
func (a *analysing) analyze() (*dialect.Analysis, error) {
	return dialect.Analyze(a.statement, a.within, a.session)
}

// presume analyses the statement before anything has been read.
func (a *analysing) presume(ctx context.Context) (*dialect.Analysis, error) {
	if a.engine.options.Source != nil {
		a.names.flows = presumedRelations()
	}
	analysis, err := a.analyze()
	if err != nil && a.names.usesFlows && dependsOnColumns(err) {
		return a.probe(ctx, err)
	}
	return analysis, err
}

// dependsOnColumns reports whether a statement might not be refused if the table
// had other columns: that is worth a look at the source.
func dependsOnColumns(err error) bool {
	var refused *dialect.Error
	return errors.As(err, &refused) && refused.Code != "FUNCTION_NOT_FOUND" && refused.Code != "TABLE_NOT_FOUND"
}

// probe analyses a statement that was refused with the presumed columns against
// those that some objects have: a name may be ambiguous, or a column where none
// is, only because all columns were presumed. Where the objects tell nothing,
// being none or damaged, the first refusal stands; what the source fails to give
// is told.
func (a *analysing) probe(ctx context.Context, refusal error) (*dialect.Analysis, error) {
	objects, err := a.engine.someObjects(ctx, objectsToProbe)
	if err != nil {
		return nil, err
	}
	if len(objects) == 0 {
		return nil, refusal
	}
	if a.names.flows, err = a.engine.lenient().relations(ctx, objects, partitions.Sample(objects)); err != nil {
		return nil, err
	}
	return a.settle(ctx)
}

// settle analyses the statement with the columns of some objects or, where those
// lack a column that others may have, of all objects of the source. Where that is
// not there either because a header line is garbled, the damage is told.
func (a *analysing) settle(ctx context.Context) (*dialect.Analysis, error) {
	analysis, err := a.analyze()
	if !a.names.usesFlows || a.engine.options.Source == nil || !needsMoreColumns(err) {
		return analysis, err
	}
	objects, flows, err := a.engine.wholeFlows(ctx)
	if err != nil {
		return nil, err
	}
	a.names.flows = a.engine.foundRelations(objects, flows)
	if analysis, err = a.analyze(); !needsMoreColumns(err) {
		return analysis, err
	}
	if flows, err = a.engine.sound(ctx, flows); err != nil {
		return nil, err
	}
	a.names.flows = a.engine.foundRelations(objects, flows)
	return a.analyze()
}

// unresolved finds the column in Trino's message for one that is not there.
var unresolved = regexp.MustCompile(`^Column '(?:.*\.)?([^'.]+)' cannot be resolved$`)

// needsMoreColumns reports whether a statement was refused for a column that AWS
// documents or that keys can tell: an object that the conditions leave out may
// have it, and then it is a column of the table, null in all that is read.
func needsMoreColumns(err error) bool {
	var refused *dialect.Error
	if !errors.As(err, &refused) || refused.Code != "COLUMN_NOT_FOUND" {
		return false
	}
	m := unresolved.FindStringSubmatch(refused.Message)
	if m == nil {
		return false
	}
	_, documented := schema.FieldOfColumn(m[1])
	return documented || isPartitionColumn(m[1])
}

// bind analyses the statement with the columns of the objects that its plan
// reads, and puts that analysis into the plan.
func (a *analysing) bind(ctx context.Context, plan *Plan) error {
	var err error
	if a.names.flows, err = a.engine.relationsOf(ctx, plan.Scans); err != nil {
		return err
	}
	analysis, err := a.settle(ctx)
	if err != nil {
		return a.engine.advise(err, a.names)
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
