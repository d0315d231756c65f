package engine

import (
	"time"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/schema"
)

// window is the condition that From and To put on every record of the table that
// stands for the source: its start lies between them; where it has none, the
// date of its folder does or is not known. The condition is Unknown without
// limits.
func (e *Engine) window(hasStart bool) schema.Predicate {
	if !hasStart {
		return e.windowOn("", "date")
	}
	return e.windowOn("start", "date")
}

// windowOn is the condition on these columns, of which either may be empty. Some
// records have their start in milliseconds, against AWS's documentation; they
// count at the time they mean.
func (e *Engine) windowOn(start, date string) schema.Predicate {
	from, to := e.options.From, e.options.To
	if from.IsZero() && to.IsZero() {
		return schema.Predicate{}
	}
	var byFolder schema.Predicate // Unknown where there is no date to go by
	if date != "" {
		undated := schema.Predicate{Op: schema.IsNull, Column: date}
		byFolder = anyOf(between(date, dayOf(from), dayOf(to.Add(-1)), schema.Le, !from.IsZero(), !to.IsZero()), undated)
	}
	if start == "" {
		return byFolder
	}
	startless := schema.Predicate{Op: schema.IsNull, Column: start}
	if date != "" {
		startless = allOf(startless, byFolder)
	}
	return anyOf(
		between(start, inUnits(from, 1), inUnits(laterOrNever(to), 1), schema.Lt, !from.IsZero(), true),
		between(start, inUnits(from, 1000), inUnits(laterOrNever(to), 1000), schema.Lt, true, true),
		startless,
	)
}

// windowOf is the condition that From and To put on the records of a declared
// table. Whether they can be put is checkLimits' to say.
func (e *Engine) windowOf(t schema.Table) schema.Predicate {
	date := ""
	for _, c := range t.Partitions {
		if c.Type == schema.Date {
			date = c.Name
		}
	}
	return e.windowOn(startColumn(t), date)
}

// startColumn is the column of a declared table that holds the start of records,
// in any of AWS's spellings; empty where it has none that is a number.
func startColumn(t schema.Table) string {
	for _, c := range t.Columns {
		if field, ok := schema.FieldMeant(c.Name); ok && field.Name == "start" && (c.Type == schema.Int || c.Type == schema.BigInt) {
			return c.Name
		}
	}
	return ""
}

// checkLimits refuses limits that the options set and a declared table has no
// columns for.
func (e *Engine) checkLimits(t *schema.Table) error {
	if len(e.options.Accounts)+len(e.options.Regions) > 0 {
		return unlimited(t, "--account and --aws-region choose folders of --source")
	}
	if (!e.options.From.IsZero() || !e.options.To.IsZero()) && startColumn(*t) == "" {
		return unlimited(t, "--from and --to go by the start of records, for which it declares no number")
	}
	return nil
}

func unlimited(t *schema.Table, why string) error {
	return &dialect.Error{Code: "NOT_SUPPORTED", Message: "table " + t.Name + " cannot be limited: " + why, Hint: "write a condition on its columns"}
}

// pruning is the condition of a use together with the window.
func (e *Engine) pruning(condition schema.Predicate) schema.Predicate {
	return allOf(condition, e.window(true))
}

// between is low <= column, and column against high by highOp, as far as there are such limits.
func between(column string, low, high schema.Value, highOp schema.Op, hasLow, hasHigh bool) schema.Predicate {
	var limits []schema.Predicate
	if hasLow {
		limits = append(limits, schema.Predicate{Op: schema.Ge, Column: column, Values: []schema.Value{low}})
	}
	if hasHigh {
		limits = append(limits, schema.Predicate{Op: highOp, Column: column, Values: []schema.Value{high}})
	}
	return allOf(limits...)
}

func dayOf(t time.Time) schema.Value { return schema.DateValue(t) }

// inUnits is t in so many units a second since 1970.
func inUnits(t time.Time, perSecond int64) schema.Value {
	return schema.IntValue(max(t.Unix(), firstFlowLog) * perSecond)
}

// firstFlowLog is 2015-01-01, before AWS wrote the first record: any start in
// milliseconds is greater than this in milliseconds, and any in seconds is less.
const firstFlowLog = 1420070400

// laterOrNever is t, or a time that no record has yet where t is no limit.
func laterOrNever(t time.Time) time.Time {
	if t.IsZero() {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t
}

func allOf(args ...schema.Predicate) schema.Predicate {
	return schema.Predicate{Op: schema.And, Args: args}
}
func anyOf(args ...schema.Predicate) schema.Predicate {
	return schema.Predicate{Op: schema.Or, Args: args}
}
