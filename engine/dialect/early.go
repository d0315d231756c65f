package dialect

// This file finds what can end a statement's execution before its scans have
// come to their last records: a LIMIT on rows that stream, and questions that the
// first row answers. Groups and orders need every row, whatever is kept of them.

// takesFirst reports whether a query keeps the first rows that come, in no order.
func (q *Query) takesFirst() bool {
	return len(q.OrderBy) == 0 && (q.Limit != nil && !q.Limit.All || q.Fetch != nil)
}

// endsEarly reports whether the selection can be done before all its rows are known.
func (s *selection) endsEarly() bool {
	return s.query.takesFirst() && !s.isGrouped() && !s.distinct
}

// endsEarly reports whether a subquery used so can be: EXISTS after a row, and a
// value after the row that is one too many, unless that is the row of a group.
func (a *analyzer) endsEarly(q *Query, use subqueryUse) bool {
	switch use {
	case asExistence:
		return true
	case asValue:
		sel, ok := q.Body.(*Select)
		return !ok || a.selections[sel] == nil || !a.selections[sel].isGrouped()
	}
	return false
}
