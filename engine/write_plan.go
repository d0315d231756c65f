package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/schema"
)

// writing is what a planned statement writes: rows into files, and what the
// catalog then declares of them.
type writing struct {
	options  writeOptions
	location string // of the files: a URL that ends in a slash
	output   dialect.Output
	table    *schema.Table         // that the files belong to; nil: to none
	names    []*dialect.Identifier // of the columns, where the statement lists them
	folders  map[string]string     // where partitions of the table lie that are registered elsewhere than their names say
	creates  bool                  // the table is new
	empty    bool                  // no rows are written
	idle     bool                  // there is nothing to do: the table is there already
}

// rowsOf is the query whose rows a statement writes; nil for one that writes none.
func rowsOf(s dialect.Statement) *dialect.Query {
	switch s := s.(type) {
	case *dialect.Unload:
		return s.Query
	case *dialect.CreateTableAsSelect:
		return s.Query
	case *dialect.Insert:
		return s.Query
	}
	return nil
}

// planWriting plans a statement that writes the rows of a query. Nothing is
// written, and whether the place is empty is not looked at.
func (e *Engine) planWriting(ctx context.Context, p *pending, query *dialect.Query) (*Plan, error) {
	w, err := e.writingOf(p.statement)
	if err != nil || w.idle {
		return &Plan{write: w}, err
	}
	if err := e.checkPlace(ctx, p.statement, w); err != nil {
		return nil, err
	}
	rows := *p
	rows.statement = query
	plan, err := e.planQuery(ctx, &rows)
	if err != nil {
		return nil, err
	}
	if err := w.shape(p.statement, plan.analysis.Columns); err != nil {
		return nil, err
	}
	plan.write, plan.analysis = w, w.options.format.output(w, plan.analysis)
	return plan, nil
}

// writingOf reads what a statement writes where, as far as its query does not tell.
func (e *Engine) writingOf(s dialect.Statement) (*writing, error) {
	switch s := s.(type) {
	case *dialect.Unload:
		options, err := readWriteOptions(s, unloadStatement, s.Properties)
		if err == nil && options.format == nil {
			err = fault(s, invalidTableProperty, "UNLOAD needs a format", "write WITH (format = 'PARQUET')")
		}
		return &writing{options: options, location: asFolder(s.Location.Value)}, err
	case *dialect.CreateTableAsSelect:
		return e.creationOf(s)
	case *dialect.Insert:
		return e.insertionOf(s)
	}
	return nil, errors.New("plan statement: it writes nothing")
}

// shape makes the columns of the files out of those of the statement's query: the
// query's own, or those of the table that is there already.
func (w *writing) shape(s dialect.Statement, columns []dialect.ResultColumn) error {
	if w.table != nil && !w.creates {
		return w.assign(s, columns)
	}
	columns, err := w.rename(s, columns)
	if err != nil {
		return err
	}
	if err := w.fit(s, columns); err != nil {
		return err
	}
	if w.creates {
		w.describe()
	}
	return nil
}

// rename gives columns the names that the statement lists.
func (w *writing) rename(s dialect.Statement, columns []dialect.ResultColumn) ([]dialect.ResultColumn, error) {
	if len(w.names) == 0 {
		return columns, nil
	}
	if len(w.names) != len(columns) {
		return nil, fault(s, "MISMATCHED_COLUMN_ALIASES", fmt.Sprintf("Column alias list has %d entries but relation has %d columns", len(w.names), len(columns)), "")
	}
	columns = slices.Clone(columns)
	for i, name := range w.names {
		columns[i].Name, columns[i].Unnamed = name.Value, false
	}
	return columns, nil
}

// fit makes the columns of the files out of those of a query.
func (w *writing) fit(s dialect.Statement, columns []dialect.ResultColumn) error {
	if err := checkNames(s, columns); err != nil {
		return err
	}
	var all []dialect.OutputColumn
	for i, c := range columns {
		name := strings.ToLower(c.Name)
		if fault := c.Type.HiveFault(name); fault != "" {
			return unplaced("NOT_SUPPORTED", fault, "cast column "+name+" to a type that a table can have, such as varchar")
		}
		if w.options.format.kind == schema.JSONStorage && c.Type.Holds(dialect.VarbinaryKind) {
			return unplaced("NOT_SUPPORTED", "vpcq does not write varbinary in JSON, of which Athena keeps no more than what is UTF-8: column "+name, "write to_base64 or to_hex of it")
		}
		all = append(all, dialect.OutputColumn{Name: name, Type: c.Type, From: i})
	}
	return w.split(all)
}

// checkNames refuses columns that files cannot have: without a name, with that of
// another, or of no type (Trino's StatementAnalyzer.validateColumns).
func checkNames(s dialect.Statement, columns []dialect.ResultColumn) error {
	for i, c := range columns {
		same := func(d dialect.ResultColumn) bool { return strings.EqualFold(c.Name, d.Name) }
		switch {
		case c.Unnamed:
			return fault(s, "COLUMN_NAME_NOT_SPECIFIED", "Column name not specified at position "+decimal(i+1), "write AS and a name behind the expression")
		case slices.ContainsFunc(columns[:i], same):
			return fault(s, "DUPLICATE_COLUMN_NAME", "Column name '"+c.Name+"' specified more than once", "")
		case c.Type.Kind == dialect.UnknownKind:
			return fault(s, "COLUMN_TYPE_UNKNOWN", "Column type is unknown at position "+decimal(i+1), "cast the NULL to the type that is meant")
		}
	}
	return nil
}

// split tells the partition keys from the columns before them, which they must
// follow in the order of partitioned_by (Trino's HiveMetadata.validatePartitionColumns).
func (w *writing) split(all []dialect.OutputColumn) error {
	keys := w.options.keys
	var missing []string
	for _, key := range keys {
		if !slices.ContainsFunc(all, func(c dialect.OutputColumn) bool { return c.Name == key }) {
			missing = append(missing, key)
		}
	}
	at := len(all) - len(keys)
	switch {
	case len(missing) > 0:
		return unplaced(invalidTableProperty, fmt.Sprintf("Partition columns [%s] not present in schema", strings.Join(missing, ", ")), "")
	case at == 0 && len(keys) > 0:
		return unplaced(invalidTableProperty, "Table contains only partition columns", "")
	case !slices.EqualFunc(all[at:], keys, func(c dialect.OutputColumn, key string) bool { return c.Name == key }):
		return unplaced("HIVE_COLUMN_ORDER_MISMATCH", fmt.Sprintf("Partition keys must be the last columns in the table and in the same order as the table properties: [%s]", strings.Join(keys, ", ")), "name these columns last in SELECT, in this order")
	}
	w.output = dialect.Output{Columns: all[:at], Keys: all[at:]}
	return checkKeys(w.output.Keys)
}

// checkKeys refuses partition keys of types whose values name no folders here.
func checkKeys(keys []dialect.OutputColumn) error {
	for _, k := range keys {
		if !k.Type.IsKey() {
			return unplaced("NOT_SUPPORTED", fmt.Sprintf("Unsupported type [%s] for partition: %s", k.Type, k.Name), "cast it to varchar")
		}
	}
	return nil
}

// String says what is written where.
func (w *writing) String() string {
	return fmt.Sprintf("write %s %s to %s\n", w.options.format.name, w.options.compression, w.location)
}

// unplaced is a fault that Athena finds no place in the statement for: its Hive
// connector tells of it, which does not see the statement.
func unplaced(code, message, hint string) error {
	return &dialect.Error{Code: code, Message: message, Hint: hint}
}
