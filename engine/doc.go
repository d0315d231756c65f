// Package engine answers statements of Athena SQL over flow logs.
//
// The path of a query, each step one function:
//
//	parse      dialect.Parse       text to a tree, or SYNTAX_ERROR with its place; what
//	                               declares and shows tables is hive.Parse's
//	analyse    dialect.Analyze     every expression has a Trino type, every name a column
//	discover   partitions.Discover the objects whose partition the conditions keep
//	plan       Engine.Plan         the statement and its scans: columns and objects
//	execute    Backend.Execute     the plan's SQL; its table uses call back for records
//	read       Result.Next         rows in Arrow batches, typed as Trino types them
//
// An Engine has a source and a back end; a Plan is one statement made ready for
// them; a Result is its rows and what they cost. The tables vpc_flow_logs and, of
// Transit Gateways, tgw_flow_logs stand for the source without being declared:
// their columns are those found in the objects' header lines, united by name, and
// those the keys tell, among them date.
//
// Other tables are declared: an Engine's catalog has them, DDL changes it, and
// their objects are read from Options.Locations. Their columns are those of the
// declaration, by position; their partitions are registered or projected. A view
// and a list such as information_schema.tables stand for a query, which is
// analysed where it is named.
//
// A statement that writes (CREATE TABLE AS, INSERT INTO, UNLOAD) is the query
// within it, and a place: a Writer puts the rows into files of a stage, which
// become objects of Options.Locations once all are there. What fails leaves
// nothing behind; nothing is overwritten, and nothing written where the source or
// another table reads.
//
// Options.Cache is records that were read before, in Parquet files which a Storer
// reads in place of unchanged objects; Engine.BuildCache and Engine.KeepUsed write
// them.
//
// The files of this package stand together by their first words: source_ is the
// tables that need no declaration, declared_ those that have one, ddl_ what
// declares and shows them, cache_ what was read before, write_ what statements
// write.
//
// Import order: engine imports cache, catalog, dialect, hive, loader, partitions
// and schema. It knows no back end; cmd/vpcq joins the two.
package engine
