package engine

import (
	"context"
	"strings"
	"time"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
)

// pending is a statement about to be planned.
type pending struct {
	statement  dialect.Statement    // nil for one of the session, which is done
	parameters []dialect.Expression // the values of its ?
	text       string               // in which its places lie
}

// begin reads one statement, of Hive's language or of Athena's queries. Those of
// the session and of the catalog take effect; EXECUTE becomes what was prepared;
// EXPLAIN, SHOW and DESCRIBE become a query of their answer.
func (e *Engine) begin(ctx context.Context, sql string) (*pending, error) {
	p := &pending{text: sql}
	if err := e.options.Catalog.Refresh(); err != nil {
		return p, err
	}
	var err error
	if hive.IsDDL(sql) {
		p.statement, err = e.define(ctx, sql)
		return p, e.adviseOfSource(err)
	}
	statement, err := dialect.Parse(sql)
	if err != nil {
		return p, err
	}
	switch s := statement.(type) {
	case *dialect.CreateView:
		return p, e.createView(ctx, s, sql)
	case *dialect.DropView:
		return p, e.options.Catalog.DropView(e.database, s)
	case *dialect.SetTimeZone:
		zone, err := timeZone(s)
		if err == nil {
			e.zone = zone
		}
		return p, err
	case *dialect.Prepare:
		return p, e.options.Catalog.Prepare(sql)
	case *dialect.Deallocate:
		return p, e.options.Catalog.Deallocate(s.Name.Value)
	case *dialect.Execute:
		found, err := e.preparedAs(s.Name)
		if err != nil {
			return p, err
		}
		found.parameters = s.Args
		return found, nil
	case *dialect.ExecuteImmediate:
		statement, err := dialect.Parse(s.Statement.Value)
		return &pending{statement: statement, parameters: s.Args, text: s.Statement.Value}, err
	case *dialect.DescribeInput:
		return p, e.notDescribed(s, s.Name)
	case *dialect.DescribeOutput:
		return p, e.notDescribed(s, s.Name)
	case *dialect.Explain:
		p.statement, err = e.explained(ctx, s, sql)
		return p, err
	case *dialect.Show:
		p.statement, err = shown(s)
		return p, err
	}
	p.statement = statement
	return p, nil
}

// preparedAs finds a prepared statement.
func (e *Engine) preparedAs(name *dialect.Identifier) (*pending, error) {
	found, ok := e.options.Catalog.Prepared(name.Value)
	if !ok {
		return nil, &dialect.Error{Code: "NOT_FOUND", Message: "Prepared statement not found: " + name.Value, Hint: "PREPARE keeps a statement in the catalog"}
	}
	statement, err := dialect.Parse(found.Text)
	return &pending{statement: statement, text: found.Text}, err
}

// notDescribed refuses DESCRIBE INPUT and OUTPUT.
func (e *Engine) notDescribed(n dialect.Node, name *dialect.Identifier) error {
	if _, err := e.preparedAs(name); err != nil {
		return err
	}
	return refused(n, "vpcq does not support DESCRIBE INPUT and DESCRIBE OUTPUT", "")
}

// explained answers EXPLAIN with the scans of the statement and its translation.
func (e *Engine) explained(ctx context.Context, s *dialect.Explain, sql string) (dialect.Statement, error) {
	if s.Analyze || s.Format != "" && s.Format != "TEXT" || s.Type == "IO" {
		return nil, refused(s, "vpcq explains only as text, without running the statement", "write EXPLAIN in front of the statement, or ask for what it cost with --stats")
	}
	plan, err := e.planPending(ctx, &pending{statement: s.Statement, text: sql})
	if err != nil {
		return nil, err
	}
	if s.Type == "VALIDATE" {
		return dialect.Parse("SELECT true AS \"Valid\"")
	}
	return dialect.TextRows([]string{"Query Plan"}, [][]string{{plan.String() + plan.Translation()}}, nil, nil), nil
}

// timeZone is the zone that SET TIME ZONE names.
func timeZone(set *dialect.SetTimeZone) (*time.Location, error) {
	const hint = "write SET TIME ZONE 'UTC' or the name of a region such as 'Europe/Berlin'"
	name, ok := set.Zone.(*dialect.StringLiteral)
	if set.Zone != nil && !ok {
		return nil, refused(set, "vpcq takes only the name of a zone in SET TIME ZONE", hint)
	}
	if set.Zone == nil {
		return time.UTC, nil
	}
	zone, err := dialect.LoadZone(name.Value)
	if err != nil || strings.EqualFold(name.Value, "local") {
		return nil, fault(set, "INVALID_ARGUMENTS", "Time zone not supported: "+name.Value, hint)
	}
	return zone, nil
}
