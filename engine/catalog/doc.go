// Package catalog keeps what statements declare: databases, tables and their
// partitions, views, and prepared statements.
//
// A Catalog is a file of the statements that declare it, which people can read,
// edit, compare and share: CREATE DATABASE, CREATE EXTERNAL TABLE, ALTER TABLE …
// ADD PARTITION, CREATE VIEW as it was written, PREPARE. A change writes anew
// what it concerns and keeps the rest of the file to the byte, comments too.
//
// Changes are whole: a process takes a lock that dies with it, reads the file
// again, writes another beside it and renames that one into place. Two processes
// at once lose nothing, and one that is killed leaves the old file or the new
// one. A file that cannot be read is an error that names the line, and stays as
// it is.
//
// Names of databases and tables are in lower case. The database default is
// always there. Errors of statements are *fault.Error, in the words of Athena
// where they are known.
package catalog
