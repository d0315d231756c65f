package engine

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// insertionOf reads what INSERT INTO writes into, as far as its query does not tell.
func (e *Engine) insertionOf(s *dialect.Insert) (*writing, error) {
	database, name, err := e.nameOf(s.Table)
	if err != nil {
		return nil, err
	}
	table, ok := e.options.Catalog.Table(database, name)
	if !ok {
		return nil, e.notInsertable(s, database, name)
	}
	w := &writing{location: asFolder(table.Location), table: &table, names: s.Columns}
	if err := checkInsertable(&table); err != nil {
		return nil, err
	}
	if w.options, err = storedOptions(&table); err != nil {
		return nil, err
	}
	w.findFolders(e.options.Catalog.Partitions(database, name))
	return w, nil
}

// notInsertable says why a name that is no declared table takes no rows.
func (e *Engine) notInsertable(s *dialect.Insert, database, name string) error {
	if _, ok := e.options.Catalog.View(database, name); ok {
		return refused(s, "Inserting into views is not supported", "")
	}
	if e.standsForSource(database, name) {
		return refused(s, "vpcq does not write into "+name+": it stands for the objects of "+e.options.Source.String(), "CREATE TABLE AS makes a table of your own")
	}
	return fault(s, "TABLE_NOT_FOUND", fmt.Sprintf("Table '%s.%s.%s' does not exist", dataCatalog, database, name), "CREATE EXTERNAL TABLE declares it")
}

// checkInsertable refuses tables that Athena does not write into ("INSERT INTO"
// in its guide, and Trino's HiveMetadata.beginInsert), and those that vpcq does not.
func checkInsertable(t *schema.Table) error {
	if t.Buckets.Count > 0 {
		return unplaced("NOT_SUPPORTED", fmt.Sprintf("INSERT INTO is not supported on bucketed tables: %s.%s", t.Database, t.Name), "")
	}
	if text, ok := t.Properties.Value("skip.header.line.count"); ok {
		if n, err := strconv.Atoi(text); err != nil || n > 1 {
			return unplaced("NOT_SUPPORTED", "Inserting into Hive table with value of skip.header.line.count property greater than 1 is not supported", "")
		}
	}
	if _, ok := t.Properties.Value("skip.footer.line.count"); ok {
		return unplaced("NOT_SUPPORTED", "Inserting into Hive table with skip.footer.line.count property not supported", "")
	}
	if _, ok := t.Properties.Value("storage.location.template"); ok && partitions.IsProjected(t) {
		return unplaced("NOT_SUPPORTED", fmt.Sprintf("vpcq does not write into tables with 'storage.location.template': %s.%s", t.Database, t.Name), "declare a table whose folders are named key=value, and insert into that")
	}
	return nil
}

// notInserted are SerDes that Athena reads and does not insert into ("INSERT INTO"
// in its guide).
var notInserted = map[string]bool{"org.openx.data.jsonserde.JsonSerDe": true, "org.apache.hadoop.hive.serde2.JsonSerDe": true}

// storedOptions are the format and the compression that a table's files have.
func storedOptions(t *schema.Table) (writeOptions, error) {
	var o writeOptions
	for _, f := range writeFormats {
		if f.kind == t.Storage.Kind() && !notInserted[t.Storage.SerDe] {
			o.format = f
		}
	}
	if o.format == nil {
		return o, unplaced("NOT_SUPPORTED", fmt.Sprintf("vpcq does not write tables of %s: %s.%s", t.Storage.SerDe, t.Database, t.Name), "CREATE TABLE AS makes a table that it writes")
	}
	for _, name := range []string{"write.compression", "parquet.compression"} {
		text, ok := t.Properties.Value(name)
		if !ok || o.compression != "" {
			continue
		}
		o.compression = strings.ToUpper(text)
		if o.compression == "UNCOMPRESSED" {
			o.compression = "NONE"
		}
		if !slices.Contains(o.format.compressions, o.compression) {
			return o, unplaced("NOT_SUPPORTED", fmt.Sprintf("vpcq does not write %s with '%s'='%s': table %s.%s", o.format.name, name, text, t.Database, t.Name), "ALTER TABLE SET TBLPROPERTIES gives it one of "+strings.Join(o.format.compressions, ", "))
		}
	}
	if o.compression == "" {
		o.compression = o.format.compressions[0]
	}
	return o, o.takeText(t)
}

// takeText reads how a table's text is separated. A table whose text vpcq does not
// read it does not write either.
func (o *writeOptions) takeText(t *schema.Table) error {
	if o.format.kind == schema.ParquetStorage {
		return nil
	}
	for _, c := range t.Columns {
		if c.Type == schema.Complex || c.Type == schema.Binary {
			return unplaced("NOT_SUPPORTED", fmt.Sprintf("vpcq does not insert columns of %s into such text (%s): table %s.%s", c.DDLType(), c.Name, t.Database, t.Name), "")
		}
	}
	if o.format.kind == schema.JSONStorage {
		return nil
	}
	_, err := recordsOf(t, nil)
	count, _ := t.Properties.Value("skip.header.line.count")
	o.separator, o.header = t.Storage.FieldSeparator(), count == "1"
	return err
}

// elsewhere is the folder of partitions that lie outside of their table's location.
const elsewhere = ""

// findFolders notes the partitions that do not lie where their names say: what is
// inserted into them goes where they are, as in Athena.
func (w *writing) findFolders(registered []catalog.Partition) {
	w.folders = map[string]string{}
	for _, p := range registered {
		name, folder := hive.PartitionName(p.Spec), asFolder(p.Location)
		if folder == w.location+name+"/" {
			continue
		}
		if w.folders[name] = folder; !strings.HasPrefix(folder, w.location) {
			w.folders[name] = elsewhere
		}
	}
}

// assign makes the table's columns out of those of a query, in the order in which
// the statement lists them (Trino's StatementAnalyzer.visitInsert).
func (w *writing) assign(s dialect.Statement, columns []dialect.ResultColumn) error {
	all := slices.Concat(w.table.Columns, w.table.Partitions)
	listed, err := w.listed(s, all)
	if err != nil {
		return err
	}
	given, types, matches := make([]string, len(columns)), make([]string, len(listed)), len(columns) == len(listed)
	for i, c := range columns {
		given[i] = c.Type.String()
		matches = matches && dialect.Assignable(c.Type, dialect.ColumnType(all[listed[i]]))
	}
	for i, at := range listed {
		types[i] = dialect.ColumnType(all[at]).String()
	}
	if !matches {
		return fault(s, "TYPE_MISMATCH", fmt.Sprintf("Insert query has mismatched column types: Table: [%s], Query: [%s]", strings.Join(types, ", "), strings.Join(given, ", ")), "the columns are taken in their order; cast those of other types")
	}
	out := make([]dialect.OutputColumn, len(all))
	for i, c := range all {
		out[i] = dialect.OutputColumn{Name: c.Name, Type: dialect.ColumnType(c), From: slices.Index(listed, i)}
	}
	w.output = dialect.Output{Columns: out[:len(w.table.Columns)], Keys: out[len(w.table.Columns):]}
	return checkKeys(w.output.Keys)
}

// listed are the places of the columns that a statement gives values for.
func (w *writing) listed(s dialect.Statement, all []schema.Column) ([]int, error) {
	var places []int
	for i := range all {
		if len(w.names) == 0 {
			places = append(places, i)
		}
	}
	for _, n := range w.names {
		name := strings.ToLower(n.Value)
		at := slices.IndexFunc(all, func(c schema.Column) bool { return c.Name == name })
		switch {
		case at < 0:
			return nil, fault(s, "COLUMN_NOT_FOUND", "Insert column name does not exist in target table: "+name, "")
		case slices.Contains(places, at):
			return nil, fault(s, "DUPLICATE_COLUMN_NAME", "Insert column name is specified more than once: "+name, "")
		}
		places = append(places, at)
	}
	return places, nil
}
