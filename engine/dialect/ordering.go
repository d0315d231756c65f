package dialect

import (
	"fmt"
	"slices"
	"strings"
)

// sortKey is one key of ORDER BY: an item of the result by its position, from
// 1, or an expression where the position is 0.
type sortKey struct {
	position  int
	sql       string
	direction string // with its leading space
}

// ordering is ORDER BY, analysed.
type ordering []sortKey

// orderBy writes the clause with its leading space.
func (k ordering) orderBy() string {
	if len(k) == 0 {
		return ""
	}
	parts := make([]string, len(k))
	for i, key := range k {
		parts[i] = key.sql + key.direction
		if key.position > 0 {
			parts[i] = itoa(key.position) + key.direction
		}
	}
	return " ORDER BY " + strings.Join(parts, ", ")
}

// hidden writes the keys that are no items of the result as further items.
func (k ordering) hidden() []string {
	var items []string
	for i, key := range k {
		if key.position == 0 {
			items = append(items, key.sql+" AS "+duckName(hiddenKey(i)))
		}
	}
	return items
}

func hiddenKey(i int) string { return "__key" + itoa(i) }

// orderBy analyses ORDER BY. Keys are positions, names of the output, or
// expressions over both the output and, where s has them, the sources. distinct
// is the SELECT DISTINCT that they order, or nil.
func (a *analyzer) orderBy(keys []*SortItem, items []*selectItem, s *scope, distinct Node) ordering {
	out := make(ordering, len(keys))
	for i, key := range keys {
		out[i] = a.orderKey(key, items, s, distinct)
		out[i].direction = sortDirection(key)
	}
	return out
}

func (a *analyzer) orderKey(key *SortItem, items []*selectItem, s *scope, distinct Node) sortKey {
	if n, ok := key.Key.(*IntegerLiteral); ok {
		if n.Value < 1 || n.Value > int64(len(items)) {
			a.fail(key.Key, invalidColumnReference, "ORDER BY position %d is not in select list", n.Value)
			return sortKey{position: 1}
		}
		items[n.Value-1].term.column.mark()
		a.orderable(key.Key, items[n.Value-1].term)
		return sortKey{position: int(n.Value)}
	}
	before := s.calls.outputReferences()
	t := a.expression(key.Key, s)
	a.orderable(key.Key, t)
	at := slices.IndexFunc(items, func(item *selectItem) bool { return item.term.sql == t.sql })
	if _, name := key.Key.(*Identifier); distinct != nil && !name && s.calls.outputReferences() > before {
		at = -1 // Trino compares the expressions, of which one is over the output, the other over the sources
	}
	if at >= 0 {
		return sortKey{position: at + 1}
	}
	if distinct != nil {
		a.fail(distinct, expressionNotDistinct, "For SELECT DISTINCT, ORDER BY expressions must appear in select list")
	}
	return sortKey{sql: duckCast(t.sql, t.typ)}
}

func (a *analyzer) orderable(n Node, t term) {
	if !t.typ.isOrderable() {
		a.fail(n, typeMismatch, "Type %s is not orderable, and therefore cannot be used in ORDER BY: %s", t.typ, describe(n))
	}
}

// sortDirection writes the direction and the place of NULLs, which is last unless said otherwise.
func sortDirection(key *SortItem) string {
	direction := " ASC"
	if key.Descending {
		direction = " DESC"
	}
	if key.Nulls == NullsFirst {
		return direction + " NULLS FIRST"
	}
	return direction + " NULLS LAST"
}

// limited writes the end of a query, whose body yields columns of the given names.
func (a *analyzer) limited(q *Query, body string, names []string, keys ordering) string {
	sql := body + keys.orderBy()
	if q.Limit != nil && !q.Limit.All {
		sql += fmt.Sprintf(" LIMIT %d", a.rowCount(q.Limit.Count))
	}
	count := int64(1)
	if q.Fetch != nil && q.Fetch.Count != nil {
		count = a.rowCount(q.Fetch.Count)
		if count == 0 {
			a.fail(q.Fetch, invalidArgument, "FETCH FIRST row count must be positive (actual value: 0)")
		}
	}
	if q.Fetch != nil && !q.Fetch.WithTies {
		sql += fmt.Sprintf(" LIMIT %d", count)
	}
	if q.Offset != nil {
		sql += fmt.Sprintf(" OFFSET %d", a.rowCount(q.Offset))
	}
	if q.hasTies() {
		if len(keys) == 0 {
			a.fail(q.Fetch, missingOrderBy, "FETCH FIRST WITH TIES clause requires ORDER BY")
		}
		sql = a.withTies(sql, names, keys, count)
	}
	return sql
}

// hasTies reports whether a query ends in FETCH FIRST … WITH TIES.
func (q *Query) hasTies() bool { return q.Fetch != nil && q.Fetch.WithTies }

// withTies keeps the rows up to a number and those that are equal to the last of them in order.
func (a *analyzer) withTies(sql string, names []string, keys ordering, count int64) string {
	alias := a.freshAlias("rows")
	qualified := make([]string, len(names))
	for i, name := range names {
		qualified[i] = duckName(alias) + "." + duckName(name)
	}
	order := make([]string, len(keys))
	for i, key := range keys {
		name := hiddenKey(i)
		if key.position > 0 {
			name = names[key.position-1]
		}
		order[i] = duckName(alias) + "." + duckName(name) + key.direction
	}
	by := "ORDER BY " + strings.Join(order, ", ")
	return "SELECT " + strings.Join(qualified, ", ") + " FROM (" + sql + ") AS " + duckName(alias) +
		fmt.Sprintf(" QUALIFY rank() OVER (%s) <= %d %s", by, count, by)
}
