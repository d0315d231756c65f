// Package duckdb is the embedded back end: an engine.Backend that runs
// statements in a DuckDB of this process. It is the only package that uses cgo.
//
// A DB is one DuckDB, in memory and closed: its SQL reaches the scans of the
// job it belongs to and nothing else, no file, no network, no setting. Each job
// has a connection of its own, so jobs do not meet, and closing the job's Rows
// frees all that DuckDB holds of it.
//
// A scan appears in SQL as the table function vpcq_scan(ID). DuckDB binds a use
// of it, begins a pass with the columns it needs (filters do not reach us: the
// C API has no call for that), and runs the pass in lanes, one of its threads
// and one reader each. A batch crosses by copying its buffers: Arrow's string
// views are DuckDB's strings except for the pointer of those over 12 bytes.
// The first column of each scan, "__record", is ours: DuckDB asks for the first
// column where it needs none, as for count(*), and then records are only counted.
//
// Results are pulled chunk by chunk and never held as a whole.
//
// The C API is called through package mapping of duckdb-go, not through
// database/sql: that has no table functions with a projection and takes half a
// second to cancel. Arrow.RegisterView is not used because DuckDB hands its
// filters to the stream behind it, which ignores them.
package duckdb
