// Package schema says what is in a flow log. It is pure data and the small
// pure functions over it: no I/O, no SQL.
//
// A field is one of the values AWS can write (Fields). A format is the columns
// of one object in their order: it comes from the object's header line, or from
// a log format such as "${version} ${account-id}". A table is what a statement
// names: columns, partition columns, a location. A Predicate is the part of a
// WHERE clause that constants decide; a Domain is what is known of a column
// before it is read; together they prune.
package schema
