// Package hive reads the statements that Athena takes in Hive's language: those
// that declare databases, tables and partitions, and those that show them.
//
// IsDDL tells them from Athena's queries, which package dialect reads, by their
// first words. Parse gives a Statement; Print gives the text of one, which
// parses back to an equal Statement. A table's declaration is a schema.Table.
// Names come in lower case, types as schema.Column has them, strings with their
// escapes resolved, and the clauses of ROW FORMAT and STORED AS as the
// metastore keeps them (schema.Storage).
//
// What Athena does not take is a fault.Error with the words of Athena: a
// SYNTAX_ERROR with its place, or FAILED with Hive's SemanticException.
//
// Reserved words are those that Hive's parser cannot read as names when
// hive.support.sql11.reserved.keywords is off. It must be off in Athena, whose
// guide declares columns as date, time, type and start without backticks, though
// its list of reserved words has them.
//
// The functions of show.go print tables, partitions and properties as Athena's
// SHOW and DESCRIBE do.
package hive
