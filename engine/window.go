package engine

import (
	"time"

	"github.com/vpcq/vpcq/schema"
)

// window is the condition that From and To put on every record: its start lies
// between them; where it has none, the date of its folder does or is not known.
// Some records have their start in milliseconds, against AWS's documentation;
// they count at the time they mean. The condition is Unknown without limits.
func (e *Engine) window(hasStart bool) schema.Predicate {
	from, to := e.options.From, e.options.To
	if from.IsZero() && to.IsZero() {
		return schema.Predicate{}
	}
	undated := schema.Predicate{Op: schema.IsNull, Column: "date"}
	byFolder := anyOf(between("date", dayOf(from), dayOf(to.Add(-1)), schema.Le, !from.IsZero(), !to.IsZero()), undated)
	if !hasStart {
		return byFolder
	}
	startless := schema.Predicate{Op: schema.IsNull, Column: "start"}
	return anyOf(
		between("start", inUnits(from, 1), inUnits(laterOrNever(to), 1), schema.Lt, !from.IsZero(), true),
		between("start", inUnits(from, 1000), inUnits(laterOrNever(to), 1000), schema.Lt, true, true),
		allOf(startless, byFolder),
	)
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
