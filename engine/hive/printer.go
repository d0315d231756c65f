package hive

import (
	"fmt"
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// Print gives the text of a statement, without a semicolon. It parses back to
// an equal statement.
func Print(s Statement) string {
	p := &printer{}
	s.write(p)
	return p.b.String()
}

// printer writes statements.
type printer struct {
	b strings.Builder
	// shown writes as SHOW CREATE TABLE does: with spaces at line ends, sorted
	// properties and Java's escapes.
	shown bool
}

// print writes texts one after the other.
func (p *printer) print(texts ...string) {
	for _, t := range texts {
		p.b.WriteString(t)
	}
}

// when writes texts if a condition holds.
func (p *printer) when(condition bool, texts ...string) {
	if condition {
		p.print(texts...)
	}
}

// space ends a line as Hive does.
func (p *printer) space() {
	p.when(p.shown, " ")
	p.print("\n")
}

// lines writes items on lines of their own, with commas between them.
func (p *printer) lines(items []string) {
	for i, item := range items {
		if i > 0 {
			p.print(",")
			p.space()
		}
		p.print("  ", item)
	}
}

// value quotes a string.
func (p *printer) value(s string) string {
	if p.shown {
		return quoteJava(s)
	}
	return quote(s)
}

// properties are the properties as DDL has them between parentheses.
func (p *printer) properties(all schema.Properties) []string {
	if p.shown {
		all = all.Sorted()
	}
	var items []string
	for _, q := range all {
		items = append(items, p.value(q.Name)+"="+p.value(q.Value))
	}
	return items
}

// String gives the name as DDL has it: `database`.`table`, or `table` alone where
// no database is written.
func (n Name) String() string {
	if n.Database == "" {
		return quoteName(n.Table)
	}
	return quoteName(n.Database) + "." + quoteName(n.Table)
}

// String gives the spec as DDL has it: PARTITION (`k`='v').
func (s PartitionSpec) String() string {
	items := make([]string, len(s))
	for i, key := range s {
		items[i] = quoteName(key.Name) + "=" + quote(key.Value)
	}
	return "PARTITION (" + strings.Join(items, ", ") + ")"
}

// spec writes a space and the spec, if there is one.
func (p *printer) spec(s PartitionSpec) { p.when(s != nil, " ", s.String()) }

// columns writes columns between parentheses.
func (p *printer) columns(columns []schema.Column) {
	items := make([]string, len(columns))
	for i, c := range columns {
		items[i] = declaration(c)
	}
	p.print("(", strings.Join(items, ", "), ")")
}

// declaration is a column as DDL has it.
func declaration(c schema.Column) string {
	text := quoteName(c.Name) + " " + c.DDLType()
	if c.Comment != "" {
		text += " COMMENT " + quote(c.Comment)
	}
	return text
}

func (s *DropTable) write(p *printer) {
	p.print("DROP TABLE ")
	p.when(s.IfExists, "IF EXISTS ")
	p.print(s.Name.String())
}

func (s *AddPartitions) write(p *printer) {
	p.print("ALTER TABLE ", s.Table.String(), " ADD")
	p.when(s.IfNotExists, " IF NOT EXISTS")
	for _, add := range s.Partitions {
		p.print("\n  ", add.Spec.String())
		p.when(add.Location != "", " LOCATION ", quote(add.Location))
	}
}

func (s *DropPartitions) write(p *printer) {
	p.print("ALTER TABLE ", s.Table.String(), " DROP")
	p.when(s.IfExists, " IF EXISTS")
	for i, spec := range s.Specs {
		p.when(i > 0, ",")
		p.spec(spec)
	}
}

func (s *RenamePartition) write(p *printer) {
	p.print("ALTER TABLE ", s.Table.String(), " ", s.From.String(), " RENAME TO ", s.To.String())
}

func (s *AddColumns) write(p *printer) {
	p.print("ALTER TABLE ", s.Table.String())
	p.spec(s.Partition)
	verb := " ADD"
	if s.Replace {
		verb = " REPLACE"
	}
	p.print(verb, " COLUMNS ")
	p.columns(s.Columns)
}

func (s *ChangeColumn) write(p *printer) {
	p.print("ALTER TABLE ", s.Table.String(), " CHANGE COLUMN ", quoteName(s.Old), " ", declaration(s.Column))
	p.when(s.First, " FIRST")
	p.when(s.After != "", " AFTER ", quoteName(s.After))
}

func (s *SetLocation) write(p *printer) {
	p.print("ALTER TABLE ", s.Table.String())
	p.spec(s.Partition)
	p.print(" SET LOCATION ", quote(s.Location))
}

func (s *SetProperties) write(p *printer) {
	p.print("ALTER TABLE ", s.Table.String(), " SET TBLPROPERTIES (", strings.Join(p.properties(s.Properties), ", "), ")")
}

func (s *RepairTable) write(p *printer) { p.print("MSCK REPAIR TABLE ", s.Table.String()) }

func (s *CreateDatabase) write(p *printer) {
	p.print("CREATE DATABASE ")
	p.when(s.IfNotExists, "IF NOT EXISTS ")
	p.print(quoteName(s.Name))
	p.when(s.Comment != "", "\nCOMMENT ", quote(s.Comment))
	p.when(s.Location != "", "\nLOCATION ", quote(s.Location))
	p.when(s.Properties != nil, "\nWITH DBPROPERTIES (", strings.Join(p.properties(s.Properties), ", "), ")")
}

func (s *DropDatabase) write(p *printer) {
	p.print("DROP DATABASE ")
	p.when(s.IfExists, "IF EXISTS ")
	p.print(quoteName(s.Name))
	p.when(s.Cascade, " CASCADE")
}

func (s *AlterDatabase) write(p *printer) {
	p.print("ALTER DATABASE ", quoteName(s.Name), " SET DBPROPERTIES (", strings.Join(p.properties(s.Properties), ", "), ")")
}

func (s *ShowDatabases) write(p *printer) {
	p.print("SHOW DATABASES")
	p.when(s.Pattern != "", " LIKE ", quote(s.Pattern))
}

func (s *ShowTables) write(p *printer) {
	what := "SHOW TABLES"
	if s.Views {
		what = "SHOW VIEWS"
	}
	p.print(what)
	p.when(s.Database != "", " IN ", quoteName(s.Database))
	p.when(s.Pattern != "", " LIKE ", quote(s.Pattern))
}

func (s *ShowColumns) write(p *printer) { p.print("SHOW COLUMNS IN ", s.Table.String()) }

func (s *ShowPartitions) write(p *printer) {
	p.print("SHOW PARTITIONS ", s.Table.String())
	p.spec(s.Spec)
}

func (s *ShowProperties) write(p *printer) {
	p.print("SHOW TBLPROPERTIES ", s.Table.String())
	p.when(s.Name != "", " (", quote(s.Name), ")")
}

func (s *ShowCreate) write(p *printer) {
	what := "TABLE "
	if s.View {
		what = "VIEW "
	}
	p.print("SHOW CREATE ", what, s.Name.String())
}

func (s *Describe) write(p *printer) {
	p.print("DESCRIBE ", [...]string{Columns: "", Extended: "EXTENDED ", Formatted: "FORMATTED "}[s.Detail], s.Table.String())
	p.spec(s.Partition)
	for i, name := range s.Column {
		p.print([]string{" ", "."}[min(i, 1)])
		if strings.HasPrefix(name, "$") && i > 0 {
			p.print(quote(name))
		} else {
			p.print(quoteName(name))
		}
	}
}

func (s *CreateTable) write(p *printer) {
	t := &s.Table
	p.print("CREATE EXTERNAL TABLE ")
	p.when(s.IfNotExists, "IF NOT EXISTS ")
	p.print(Name{t.Database, t.Name}.String())
	p.declare(t)
}

// declare writes what stands behind a table's name.
func (p *printer) declare(t *schema.Table) {
	if len(t.Columns) > 0 {
		p.print("(\n")
		p.lines(p.declarations(t, t.Columns))
		p.print(")")
	}
	p.when(t.Comment != "", "\nCOMMENT ", quote(t.Comment))
	if len(t.Partitions) > 0 {
		p.print("\nPARTITIONED BY (")
		p.space()
		p.lines(p.declarations(nil, t.Partitions))
		p.print(")")
	}
	if len(t.Buckets.Columns) > 0 {
		p.print("\nCLUSTERED BY (")
		p.space()
		names := make([]string, len(t.Buckets.Columns))
		for i, name := range t.Buckets.Columns {
			names[i] = name
			if !p.shown {
				names[i] = quoteName(name)
			}
		}
		p.lines(names)
		p.print(")")
		p.space()
		p.print("INTO ", fmt.Sprint(t.Buckets.Count), " BUCKETS")
	}
	p.storage(t.Storage)
	p.print("\nLOCATION\n  ", quote(t.Location))
	if len(t.Properties) > 0 {
		p.print("\nTBLPROPERTIES (\n")
		p.lines(p.properties(t.Properties))
		p.print(")")
	}
}

// declarations are columns as DDL has them. Where they are shown, those of a
// table whose SerDe tells the columns say so in place of a comment.
func (p *printer) declarations(t *schema.Table, columns []schema.Column) []string {
	items := make([]string, len(columns))
	for i, c := range columns {
		if p.shown && t != nil {
			c.Comment = commentOf(t, c)
		}
		items[i] = declaration(c)
	}
	return items
}

// storage writes ROW FORMAT and STORED AS; Hive shows the classes that the word
// after STORED AS stands for.
func (p *printer) storage(s schema.Storage) {
	format, named := formatOf(s)
	named = named && !p.shown
	if !named || format.SerDe != s.SerDe || len(s.SerDeProperties) > 0 {
		p.rowFormat(s)
	}
	if named {
		p.print("\nSTORED AS ", format.Name)
		return
	}
	p.print("\nSTORED AS INPUTFORMAT")
	p.space()
	p.print("  ", p.value(s.InputFormat))
	p.space()
	p.print("OUTPUTFORMAT")
	p.space()
	p.print("  ", p.value(s.OutputFormat))
}

// formatOf is the word that stands for the input and output format.
func formatOf(s schema.Storage) (format schema.StorageFormat, ok bool) {
	for _, f := range schema.StorageFormats {
		if f.InputFormat == s.InputFormat && f.OutputFormat == s.OutputFormat {
			return f, true
		}
	}
	return schema.StorageFormat{}, false
}

// rowFormat writes ROW FORMAT.
func (p *printer) rowFormat(s schema.Storage) {
	p.print("\nROW FORMAT ")
	clauses, rest := p.delimiters(s)
	if clauses != nil {
		p.print("DELIMITED")
	} else {
		p.print("SERDE")
		clauses = []string{p.value(s.SerDe)}
	}
	for _, clause := range clauses {
		p.space()
		p.print("  ", clause)
	}
	if len(rest) > 0 {
		p.space()
		p.print("WITH SERDEPROPERTIES (")
		p.space()
		p.lines(p.properties(rest))
		p.print(")")
	}
	p.when(p.shown, " ")
}

// delimiters are the clauses of ROW FORMAT DELIMITED that say what properties of
// LazySimpleSerDe say, and the properties that have no clause. Hive shows no
// clause ESCAPED BY.
func (p *printer) delimiters(s schema.Storage) (clauses []string, rest schema.Properties) {
	if s.SerDe != schema.StorageFormats[0].SerDe {
		return nil, s.SerDeProperties
	}
	has := map[string]bool{}
	for _, d := range delimiters {
		value, ok := s.SerDeProperties.Value(d.property)
		bad := d.property == schema.LineDelim && value != "\n" && value != "10"
		if !ok || bad || p.shown && d.property == schema.EscapeDelim {
			continue
		}
		has[d.property] = true
		clauses = append(clauses, strings.Join(d.words, " ")+" "+p.value(value))
	}
	for _, q := range s.SerDeProperties {
		if !has[q.Name] {
			rest = append(rest, q)
		}
	}
	return clauses, rest
}
