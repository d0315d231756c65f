// Package dialect reads Athena SQL: the statements of Athena engine version 3,
// whose grammar is Trino 440's.
//
// Parse reads one Statement. Its tree has five kinds of nodes: a Statement is the
// whole of it, a QueryBody a SELECT or what stands for one, a TableExpression
// what FROM names, an Expression what has a value, and a TypeName a type as
// written. Each Node knows the place of its first token, or of its operator, as
// Trino counts lines and columns. Print gives the text of a tree, which parses
// back to an equal tree.
//
// What Trino's grammar takes is parsed, even where vpcq cannot run it, so that
// it can be refused by name: an OtherStatement, JSON_TABLE or the row pattern of
// a window keeps its text and has no tree below it. What the grammar does not
// take is an Error, with the message and the place Trino gives. Both come from
// one table of the grammar, parser_grammar.txt: the parser, written by hand,
// decides only which tree a statement has.
//
// Analyze checks a query against a Catalog, which knows each table as a
// Relation, and gives an Analysis: the columns of the result with their Types,
// each TableUse with the columns it needs and the Predicate that prunes it, and
// the DuckDB SQL that answers as Athena does. Analysis and translation are one
// walk. A scope is what names may refer to; a term is an analysed expression:
// its type, its SQL, its value where the statement fixes it, and what is known
// of it for pruning. What is known for certain to differ from Athena is
// refused, never approximated.
//
// Functions is the table of everything that can be called; Natives are the
// scalar functions that the back end runs in Go, since DuckDB has none that
// gives Trino's answer.
package dialect
