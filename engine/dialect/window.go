package dialect

import (
	"fmt"
	"strings"
)

// tail analyses what an aggregate or a window function carries besides its arguments.
func (a *analyzer) tail(c *FunctionCall, args []term, inner, s *scope) callTail {
	t := callTail{distinct: c.Quantifier == QuantifierDistinct}
	t.order = a.aggregateOrder(c, args, inner)
	if c.NullTreatment == IgnoreNulls {
		t.nulls = " IGNORE NULLS"
	}
	if c.Filter != nil {
		t.after = " FILTER (WHERE " + a.condition(c.Filter, inner, "FILTER expression").sql + ")"
	}
	if c.Over != nil {
		a.checkWindowCall(c, s)
		t.after += a.over(c.Over, inner)
	}
	return t
}

// checkWindowCall holds a call to what Trino wants of its window.
func (a *analyzer) checkWindowCall(c *FunctionCall, s *scope) {
	if c.Quantifier == QuantifierDistinct {
		a.fail(c, notSupported, "DISTINCT in window function parameters not yet supported: %s", describe(c))
	}
	name := callName(c)
	if name != "lag" && name != "lead" {
		return
	}
	w := c.Over.Specification
	if c.Over.Name != nil {
		w = a.namedWindow(c.Over.Name, s)
	}
	w = a.extended(w, s)
	if len(w.OrderBy) == 0 {
		a.fail(c.Over, missingOrderBy, "%s function requires an ORDER BY window clause", name)
	}
	if w.Frame != nil {
		a.fail(w.Frame, invalidFrame, "Cannot specify window frame for %s function", name)
	}
}

// aggregateOrder writes the ORDER BY within an aggregate.
func (a *analyzer) aggregateOrder(c *FunctionCall, args []term, s *scope) string {
	if len(c.OrderBy) == 0 {
		return ""
	}
	parts := make([]string, len(c.OrderBy))
	for i, key := range c.OrderBy {
		t := a.expression(key.Key, s)
		a.orderable(key.Key, t)
		if c.Quantifier == QuantifierDistinct && !containsSQL(args, t.sql) {
			a.fail(key.Key, expressionNotDistinct, "For aggregate function with DISTINCT, ORDER BY expressions must appear in arguments")
		}
		parts[i] = t.sql + sortDirection(key)
	}
	return " ORDER BY " + strings.Join(parts, ", ")
}

func containsSQL(terms []term, sql string) bool {
	for _, t := range terms {
		if t.sql == sql {
			return true
		}
	}
	return false
}

// windows notes the WINDOW clause.
func (a *analyzer) windows(definitions []*WindowDefinition, s *scope) {
	if len(definitions) == 0 {
		return
	}
	s.windows = map[string]*WindowSpecification{}
	for _, d := range definitions {
		name := strings.ToLower(d.Name.Value)
		if s.windows[name] != nil {
			a.fail(d, "DUPLICATE_WINDOW_NAME", "WINDOW name '%s' specified more than once", d.Name.Value)
		}
		inner := s.inside()
		inner.windowing = true
		a.specification(d.Window, inner)
		s.windows[name] = d.Window
	}
}

// over writes an OVER clause; named windows are written out.
func (a *analyzer) over(w *Window, s *scope) string {
	if w.Name != nil {
		return " OVER (" + a.specification(a.namedWindow(w.Name, s), s) + ")"
	}
	return " OVER (" + a.specification(w.Specification, s) + ")"
}

func (a *analyzer) namedWindow(name *Identifier, s *scope) *WindowSpecification {
	for at := s; at != nil; at = at.parent {
		if w := at.windows[strings.ToLower(name.Value)]; w != nil {
			return w
		}
		if at.lambda == nil {
			break
		}
	}
	a.fail(name, invalidWindow, "Cannot resolve WINDOW name %s", name.Value)
	return &WindowSpecification{Pos: name.Pos}
}

// extended joins a specification with the named one it builds upon.
func (a *analyzer) extended(w *WindowSpecification, s *scope) *WindowSpecification {
	if w.Base == nil {
		return w
	}
	base := a.extended(a.namedWindow(w.Base, s), s)
	out := *w
	switch {
	case len(w.PartitionBy) > 0:
		a.fail(w.PartitionBy[0], "INVALID_PARTITION_BY", "WINDOW specification with named WINDOW reference cannot specify PARTITION BY")
	case len(w.OrderBy) > 0 && len(base.OrderBy) > 0:
		a.fail(w.OrderBy[0], invalidOrderBy, "Cannot specify ORDER BY if referenced named WINDOW specifies ORDER BY")
	case base.Frame != nil:
		a.fail(w.Base, invalidWindow, "Cannot reference named WINDOW containing frame specification")
	}
	out.Base, out.PartitionBy = nil, base.PartitionBy
	if len(out.OrderBy) == 0 {
		out.OrderBy = base.OrderBy
	}
	return &out
}

// specification writes what stands in the parentheses of OVER.
func (a *analyzer) specification(w *WindowSpecification, s *scope) string {
	w = a.extended(w, s)
	var parts []string
	if len(w.PartitionBy) > 0 {
		keys := make([]string, len(w.PartitionBy))
		for i, e := range w.PartitionBy {
			t := a.expression(e, s)
			if !t.typ.isComparable() {
				a.fail(e, typeMismatch, "%s is not comparable, and therefore cannot be used in window function PARTITION BY", t.typ)
			}
			keys[i] = t.sql
		}
		parts = append(parts, "PARTITION BY "+strings.Join(keys, ", "))
	}
	var order []term
	if len(w.OrderBy) > 0 {
		keys := make([]string, len(w.OrderBy))
		for i, key := range w.OrderBy {
			t := a.expression(key.Key, s)
			a.orderable(key.Key, t)
			order = append(order, t)
			if w.Frame.hasOffsets() && w.Frame.Unit == FrameRange && isInterval(t.typ) {
				t = intervalAmount(t)
			}
			keys[i] = t.sql + sortDirection(key)
		}
		parts = append(parts, "ORDER BY "+strings.Join(keys, ", "))
	}
	if w.Frame != nil {
		parts = append(parts, a.frame(w.Frame, order, w.OrderBy, s))
	}
	return strings.Join(parts, " ")
}

// frame writes the frame of a window.
func (a *analyzer) frame(f *WindowFrame, order []term, keys []*SortItem, s *scope) string {
	if f.Measures != "" || f.Pattern != "" {
		a.refuse(f, "row pattern recognition in a window")
	}
	end := f.End
	if end == nil {
		end = &FrameBound{Pos: f.Pos, Kind: CurrentRow}
	}
	a.checkFrame(f, end, order)
	return string(f.Unit) + " BETWEEN " + a.frameBound(f, f.Start, order, s) + " AND " + a.frameBound(f, end, order, s)
}

func (a *analyzer) checkFrame(f *WindowFrame, end *FrameBound, order []term) {
	rank := map[FrameBoundKind]int{UnboundedPreceding: 0, Preceding: 1, CurrentRow: 2, Following: 3, UnboundedFollowing: 4}
	offsets := f.Start.Value != nil || end.Value != nil
	switch {
	case f.Start.Kind == UnboundedFollowing:
		a.fail(f, invalidFrame, "Window frame start cannot be UNBOUNDED FOLLOWING")
	case end.Kind == UnboundedPreceding:
		a.fail(f, invalidFrame, "Window frame end cannot be UNBOUNDED PRECEDING")
	case rank[f.Start.Kind] > rank[end.Kind]:
		a.fail(f, invalidFrame, "Window frame starting from %s cannot end with %s", f.Start.Kind, end.Kind)
	case f.Unit == FrameGroups && len(order) == 0 && offsets:
		a.fail(f, missingOrderBy, "Window frame of type GROUPS PRECEDING or FOLLOWING requires ORDER BY")
	case f.Unit == FrameRange && len(order) == 0 && offsets:
		a.fail(f, missingOrderBy, "Window frame of type RANGE PRECEDING or FOLLOWING requires ORDER BY")
	case f.Unit == FrameRange && len(order) > 1 && offsets:
		a.fail(f, invalidOrderBy, "Window frame of type RANGE PRECEDING or FOLLOWING requires single sort item in ORDER BY (actual: %d)", len(order))
	}
}

func (a *analyzer) frameBound(f *WindowFrame, b *FrameBound, order []term, s *scope) string {
	if b.Value == nil {
		return string(b.Kind)
	}
	t := a.expression(b.Value, s)
	if f.Unit != FrameRange && t.typ.Kind == DecimalKind && t.typ.Scale == 0 {
		t = a.convert(t, bigintType, false)
	}
	if f.Unit != FrameRange && !t.typ.isInteger() {
		a.fail(b.Value, typeMismatch, "Window frame %s value type must be exact numeric type with scale 0 (actual %s)", f.Unit, t.typ)
	}
	if f.Unit == FrameRange && len(order) == 1 {
		a.checkRange(b, t, order[0])
	}
	if f.Unit == FrameRange && len(order) == 1 && isInterval(order[0].typ) {
		t = intervalAmount(t)
	}
	sql := t.sql
	if t.value == nil || negativeValue(t.value) {
		zero := "0"
		if isInterval(t.typ) {
			zero = "INTERVAL 0 DAY"
		}
		sql = "CASE WHEN " + sql + " >= " + zero + " THEN " + sql + " ELSE " +
			a.raise("INVALID_WINDOW_FRAME", "'Window frame offset value must not be negative or null'") + " END"
	}
	return sql + " " + string(b.Kind)
}

// hasOffsets reports whether a frame, which may be nil, counts from its row.
func (f *WindowFrame) hasOffsets() bool {
	return f != nil && (f.Start.Value != nil || f.End != nil && f.End.Value != nil)
}

// intervalAmount writes an interval as a number of months or microseconds:
// DuckDB has no ranges of intervals.
func intervalAmount(t term) term {
	out := term{typ: bigintType, sql: "epoch_us(" + t.sql + ")", value: t.value}
	if t.typ.Kind == MonthIntervalKind {
		out.sql = "CAST(date_part('year', " + t.sql + ") * 12 + date_part('month', " + t.sql + ") AS BIGINT)"
	}
	return out
}

// negativeValue reports whether a constant is a number or an interval below zero.
func negativeValue(v any) bool {
	f, ok := toFloat(v)
	span, isSpan := v.(microSpan)
	months, isMonths := v.(monthSpan)
	return ok && f < 0 || isSpan && span < 0 || isMonths && months < 0
}

func (a *analyzer) checkRange(b *FrameBound, offset, key term) {
	switch {
	case isTemporal(key.typ) && isInterval(offset.typ), key.typ.isNumeric() && offset.typ.isNumeric(), isInterval(key.typ) && key.typ.Kind == offset.typ.Kind:
	case isTemporal(key.typ) || key.typ.isNumeric() || isInterval(key.typ):
		a.fail(b.Value, typeMismatch, "Window frame RANGE value type (%s) not compatible with sort item type (%s)", offset.typ, key.typ)
	default:
		a.fail(b.Value, typeMismatch, "Window frame of type RANGE PRECEDING or FOLLOWING requires that sort item type be numeric, datetime or interval (actual: %s)", key.typ)
	}
}

// listAgg analyses LISTAGG.
func (a *analyzer) listAgg(e *ListAgg, s *scope) term {
	separator := ""
	if e.Separator != nil {
		separator = e.Separator.Value
	}
	if s.scalar != "" {
		return a.fail(e, expressionNotScalar, "%s cannot contain aggregations, window functions or grouping operations: [%s]", s.scalar, describe(e))
	}
	s.noteAggregate(e)
	inner := s.inside()
	inner.aggregating = "listagg"
	value := a.expression(e.Expr, inner)
	if value.typ.Kind != VarcharKind && value.typ.Kind != UnknownKind {
		return a.fail(e, typeMismatch, "Expected expression of varchar, but '%s' has %s type", describe(e.Expr), value.typ)
	}
	call := &FunctionCall{Pos: e.Pos, Quantifier: e.Quantifier, OrderBy: e.OrderBy, Filter: e.Filter}
	tail := a.tail(call, []term{value}, inner, s)
	c := &callSite{a: a, node: e, scope: s, function: &Function{Kind: AggregateFunction}, args: []term{value, textTerm(separator)}, tail: tail, result: varcharType}
	failed := a.raise("EXCEEDED_FUNCTION_MEMORY_LIMIT", duckString(fmt.Sprintf("Concatenated string has the length in bytes larger than the maximum output length %d", longestList)))
	if e.Overflow != nil && e.Overflow.Truncate {
		failed = a.raise(notSupported, duckString(fmt.Sprintf("vpcq does not support ON OVERFLOW TRUNCATE of more than %d bytes yet", longestList)))
	}
	return term{typ: varcharType, sql: c.expand("CASE WHEN strlen({string_agg($1, $2)}) > "+itoa(longestList)+" THEN ") + failed + c.expand(" ELSE {string_agg($1, $2)} END")}
}

// longestList is how many bytes LISTAGG gives at most (io.trino.operator.aggregation.listagg).
const longestList = 1 << 20

// grouping analyses GROUPING(…).
func (a *analyzer) grouping(e *Grouping, s *scope) term {
	parts := make([]string, len(e.Columns))
	for i, c := range e.Columns {
		names := make([]string, len(c.Parts))
		for j, p := range c.Parts {
			names[j] = p.Value
		}
		t := a.resolve(c, names, s)
		parts[i] = t.sql
		if s.calls != nil {
			s.calls.groupings = append(s.calls.groupings, &grouped{call: e, column: c, sql: t.sql, field: strings.HasPrefix(t.sql, "struct_extract(")})
		}
	}
	t := integerType
	if len(parts) > 31 {
		t = bigintType
	}
	return term{typ: t, sql: duckCast("GROUPING("+strings.Join(parts, ", ")+")", t)}
}
