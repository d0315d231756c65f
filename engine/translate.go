package engine

import (
	"context"
	"fmt"
)

// Translate returns a statement in the back end's SQL, a line for each of its
// scans before it. Without a source the table has every column that AWS
// documents. Statements of the session take effect, and give "".
func (e *Engine) Translate(ctx context.Context, sql string) (string, error) {
	if e.options.Source != nil {
		plan, err := e.Plan(ctx, sql)
		if err != nil {
			return "", err
		}
		return plan.String() + plan.Translation(), nil
	}
	p, err := e.begin(ctx, sql)
	if err != nil || p.statement == nil {
		return "", withStatement(err, p.text)
	}
	a := e.analysing(ctx, p.statement, e.database)
	a.session.Parameters = p.parameters
	if rows := rowsOf(p.statement); rows != nil {
		a.statement = rows
	}
	a.names.flows = presumedRelations()
	for _, r := range a.names.flows {
		r.Open = false
	}
	analysis, err := a.analyze()
	if err != nil {
		return "", withStatement(err, p.text)
	}
	plan := &Plan{analysis: analysis}
	for _, use := range analysis.Uses {
		plan.Scans = append(plan.Scans, &Scanned{Columns: use.Columns, Predicate: use.Predicate, table: a.names.table(use.Relation), of: use.Relation.Name})
	}
	return fmt.Sprint(plan, plan.Translation()), nil
}

// Translation is the statement in the back end's SQL, in which vpcq_scan(n) is
// the n-th of Scans, from 0; it is empty for a statement of the session.
func (p *Plan) Translation() string {
	if p.analysis == nil {
		return ""
	}
	return fmt.Sprintln(p.analysis.DuckDB())
}
