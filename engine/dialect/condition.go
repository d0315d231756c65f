package dialect

import (
	"math"
	"math/big"
	"slices"

	"github.com/vpcq/vpcq/schema"
)

// This file derives, while expressions are analysed, what prunes: for each use
// of a table a schema.Predicate on its columns. A condition says of a boolean
// expression at most what is so: its predicate's possible outcomes include the
// expression's outcome for every record. That is kept by AND, OR and NOT alike,
// and what is not understood is Unknown.

// condition is what is known of a boolean for one use of a table.
type condition struct {
	predicate schema.Predicate
	via       []*namedQuery // common table expressions through which the columns are seen
}

// conditions are a boolean's condition for each use of a table it speaks of.
type conditions map[*TableUse]condition

// prune hands the conditions of rows that alone can matter to the table uses among uses.
func (a *analyzer) prune(c conditions, uses map[*TableUse]bool) {
	for use, condition := range c {
		if uses[use] {
			use.conditions = append(use.conditions, condition)
		}
	}
}

// conjunction joins the conditions of a table use that hold: those seen through
// a common table expression only if it is read once.
func conjunction(all []condition) schema.Predicate {
	var args []schema.Predicate
	for _, c := range all {
		shared := slices.ContainsFunc(c.via, func(q *namedQuery) bool { return q.references > 1 })
		if shared {
			continue
		}
		for _, p := range flattened(c.predicate) {
			if p.Op != schema.Unknown {
				args = append(args, p)
			}
		}
	}
	switch len(args) {
	case 0:
		return schema.Predicate{}
	case 1:
		return args[0]
	}
	return schema.Predicate{Op: schema.And, Args: args}
}

// flattened lists the conjuncts of a predicate.
func flattened(p schema.Predicate) []schema.Predicate {
	if p.Op != schema.And {
		return []schema.Predicate{p}
	}
	var all []schema.Predicate
	for _, arg := range p.Args {
		all = append(all, flattened(arg)...)
	}
	return all
}

// combined is what is known of the terms joined by AND or OR.
func combined(op schema.Op, terms []term) conditions {
	out := conditions{}
	for _, t := range terms {
		for use := range t.conditions {
			if _, done := out[use]; done {
				continue
			}
			c := condition{predicate: schema.Predicate{Op: op}}
			for _, other := range terms {
				part := other.conditions[use] // Unknown where it has none
				c.predicate.Args = append(c.predicate.Args, part.predicate)
				c.via = append(c.via, part.via...)
			}
			out[use] = c
		}
	}
	return out
}

// negatedConditions is what is known of NOT t.
func negatedConditions(c conditions) conditions {
	out := conditions{}
	for use, old := range c {
		out[use] = condition{predicate: schema.Predicate{Op: schema.Not, Args: []schema.Predicate{old.predicate}}, via: old.via}
	}
	return out
}

// about returns the conditions that consist of one predicate on a column.
func (c *columnRef) about(p schema.Predicate) conditions {
	if c.fixed || c.changed || p.Op == schema.Unknown {
		return nil
	}
	p.Column = c.name
	return conditions{c.use: {predicate: p, via: c.via}}
}

var comparisonOps = map[Operator]schema.Op{
	Equal: schema.Eq, NotEqual: schema.Ne, Less: schema.Lt, LessOrEqual: schema.Le, Greater: schema.Gt, GreaterOrEqual: schema.Ge,
}

// mirrored is the operator of "b op a" for that of "a op b".
var mirrored = map[schema.Op]schema.Op{
	schema.Eq: schema.Eq, schema.Ne: schema.Ne, schema.Lt: schema.Gt, schema.Le: schema.Ge, schema.Gt: schema.Lt, schema.Ge: schema.Le,
}

// comparisonConditions is what is known of "left op right".
func (a *analyzer) comparisonConditions(op schema.Op, left, right term) conditions {
	if left.column == nil && left.epoch == nil {
		left, right, op = right, left, mirrored[op]
	}
	if right.value == nil || right.isNull() {
		return nil
	}
	if left.epoch != nil {
		micros, ok := right.value.(microValue)
		if !ok || right.typ.Kind != TimestampTZKind {
			return nil
		}
		return left.epoch.about(numericPredicate(op, big.NewRat(int64(micros), 1_000_000), schema.IntValue))
	}
	if left.column == nil {
		return nil
	}
	return left.column.about(a.columnPredicate(op, left.column, right))
}

// columnPredicate compares a column with a constant.
func (a *analyzer) columnPredicate(op schema.Op, c *columnRef, right term) schema.Predicate {
	switch v := right.value.(type) {
	case string:
		if c.typ == schema.String && right.typ.Kind == VarcharKind {
			return schema.Predicate{Op: op, Values: []schema.Value{schema.StringValue(v)}}
		}
	case *big.Rat:
		if c.typ == schema.Int || c.typ == schema.BigInt {
			return numericPredicate(op, v, schema.IntValue)
		}
	case float64:
		// Beyond 2^52 a double no longer tells neighbouring integers apart.
		if (c.typ == schema.Int || c.typ == schema.BigInt) && math.Abs(v) < 1<<52 {
			return numericPredicate(op, new(big.Rat).SetFloat64(v), schema.IntValue)
		}
	case dayValue:
		if c.typ == schema.Date {
			return schema.Predicate{Op: op, Values: []schema.Value{{Type: schema.Date, Int: int64(v)}}}
		}
	case microValue:
		if c.typ == schema.Date && (right.typ.Kind == TimestampKind || a.zone == utcZone) {
			return numericPredicate(op, big.NewRat(int64(v), microsPerDay), func(n int64) schema.Value { return schema.Value{Type: schema.Date, Int: n} })
		}
	}
	return schema.Predicate{}
}

const (
	utcZone      = "UTC"
	microsPerDay = 86_400_000_000
)

// numericPredicate compares a column of whole numbers with any number: of one
// with a fraction only the order is of use, rounded so that nothing changes.
func numericPredicate(op schema.Op, v *big.Rat, value func(int64) schema.Value) schema.Predicate {
	floor := new(big.Int).Div(v.Num(), v.Denom()) // rounds down, denominators being positive
	if !floor.IsInt64() {
		return schema.Predicate{}
	}
	n := floor.Int64()
	if !v.IsInt() {
		switch op {
		case schema.Gt, schema.Ge: // x > 2.5 and x >= 2.5 are x > 2
			op = schema.Gt
		case schema.Lt, schema.Le: // x < 2.5 and x <= 2.5 are x <= 2
			op = schema.Le
		default:
			return schema.Predicate{}
		}
	}
	return schema.Predicate{Op: op, Values: []schema.Value{value(n)}}
}

// inConditions is what is known of "value IN (list)".
func (a *analyzer) inConditions(value term, list []operand) conditions {
	if value.column == nil {
		return nil
	}
	var values []schema.Value
	for _, item := range list {
		p := a.columnPredicate(schema.Eq, value.column, item.term)
		if p.Op != schema.Eq {
			return nil
		}
		values = append(values, p.Values[0])
	}
	return value.column.about(schema.Predicate{Op: schema.In, Values: values})
}

// nullConditions is what is known of "value IS NULL".
func nullConditions(value term) conditions {
	if value.column == nil {
		return nil
	}
	return value.column.about(schema.Predicate{Op: schema.IsNull})
}
