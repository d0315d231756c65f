package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/schema"
)

func fault(n dialect.Node, code, message, hint string) error {
	at := n.Position()
	return &dialect.Error{Code: code, Line: at.Line, Column: at.Column, Message: message, Hint: hint}
}

func refused(n dialect.Node, message, hint string) error {
	return fault(n, "NOT_SUPPORTED", message, hint)
}

// advise adds to a refusal the remedy that only the engine knows: which tables
// there are, and why a documented column is not in the source's.
func (e *Engine) advise(err error, names *namespace) error {
	var refused *dialect.Error
	if !errors.As(err, &refused) {
		return err
	}
	switch refused.Code {
	case "TABLE_NOT_FOUND":
		refused.Hint = e.tablesThereAre()
	case "COLUMN_NOT_FOUND":
		if field, ok := documented(refused); ok && names.usesFlows {
			if field.Of == schema.TransitGateway {
				refused.Hint = fmt.Sprintf("%s is a field of Transit Gateways, whose table is %s", field.Name, GatewayTableName)
				break
			}
			refused.Hint = fmt.Sprintf("AWS documents the field %s, but no object here has it; vpcq describe lists the columns", field.Name)
		} else if refused.Hint == "" && names.usesFlows {
			refused.Hint = "vpcq describe lists the columns"
		}
	}
	return err
}

// adviseOfSource adds to Hive's refusal of the table that stands for the source
// how it can be had as a declared one.
func (e *Engine) adviseOfSource(err error) error {
	var refused *dialect.Error
	if e.options.Source != nil && errors.As(err, &refused) && refused.Hint == "" && strings.HasSuffix(refused.Message, "Table not found "+defaultDatabase+"."+TableName) {
		refused.Hint = TableName + " stands for the source without being declared; vpcq ddl writes the declaration of a table like it"
	}
	return err
}

// tablesThereAre names the tables of the session's database, up to a few.
func (e *Engine) tablesThereAre() string {
	var names []string
	for _, t := range e.options.Catalog.Tables(e.database) {
		names = append(names, t.Name)
	}
	for _, v := range e.options.Catalog.Views(e.database) {
		names = append(names, v.Name)
	}
	if e.standsForSource(e.database, TableName) && !slices.Contains(names, TableName) {
		names = append(names, TableName)
	}
	slices.Sort(names)
	switch {
	case len(names) == 0:
		return "name a source: -s DIRECTORY or -s s3://bucket/prefix, whose table is " + TableName + "; or declare a table: CREATE EXTERNAL TABLE"
	case len(names) == 1:
		return "the table is " + names[0]
	case len(names) > maxNamed:
		return fmt.Sprintf("SHOW TABLES lists the %d tables of database %s", len(names), e.database)
	}
	return "the tables are " + strings.Join(names, ", ")
}

// maxNamed is how many tables a hint names.
const maxNamed = 8

// documented is the field of AWS's that a statement was refused for.
func documented(refused *dialect.Error) (schema.Field, bool) {
	if m := unresolved.FindStringSubmatch(refused.Message); m != nil {
		return schema.FieldOfColumn(m[1])
	}
	return schema.Field{}, false
}

// wordFailure words what a back end fails with. What a reader met comes back as it is.
func (e *Engine) wordFailure(err error) error {
	var runtime *RuntimeError
	if errors.As(err, &runtime) && strings.Contains(runtime.Message, "expression depth") {
		return &dialect.Error{Code: "STACK_OVERFLOW", Message: "statement is too large: it nests deeper than the back end takes", Hint: "take it apart into several statements"}
	}
	if errors.As(err, &runtime) && runtime.Code == "GENERIC_INTERNAL_ERROR" {
		return fmt.Errorf("run statement: %w: this is a fault of vpcq's own; please report it", err)
	}
	return err
}
