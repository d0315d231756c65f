package hive

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// createTable reads what follows CREATE EXTERNAL TABLE.
func (p *parser) createTable() Statement {
	s := &CreateTable{IfNotExists: p.clause("IF", "NOT", "EXISTS")}
	name := p.tableName()
	t := &s.Table
	t.Database, t.Name = name.Database, name.Table
	if p.is("LIKE") {
		p.failAt(p.peek(), notSupported, "Queries of this type are not supported: CREATE TABLE LIKE", "SHOW CREATE TABLE gives a declaration to copy")
	}
	if p.is("(") {
		p.list(func() { t.Columns = append(t.Columns, p.column()) })
	}
	p.tableClauses(t)
	if p.take("AS") {
		p.failAt(p.tokens[p.at-1], notSupported, "CREATE EXTERNAL TABLE takes no query", "write CREATE TABLE "+t.Name+" WITH (external_location = '…') AS SELECT …")
	}
	return s
}

// tableClauses reads the clauses behind the columns, which have one order.
func (p *parser) tableClauses(t *schema.Table) {
	if p.take("COMMENT") {
		t.Comment = p.str()
	}
	if p.clause("PARTITIONED", "BY") {
		p.list(func() { t.Partitions = append(t.Partitions, p.column()) })
	}
	if p.clause("CLUSTERED", "BY") {
		p.list(func() { t.Buckets.Columns = append(t.Buckets.Columns, p.name()) })
		p.need("INTO")
		t.Buckets.Count, _ = strconv.Atoi(p.integer())
		p.need("BUCKETS")
	}
	p.storage(&t.Storage)
	if p.take("LOCATION") {
		t.Location = p.str()
	}
	if p.take("TBLPROPERTIES") {
		t.Properties = p.properties()
	}
	settleProperties(t)
}

// settleProperties takes out the properties that a declaration says otherwise:
// every table is external, and "comment" is the table's comment.
func settleProperties(t *schema.Table) {
	if comment, ok := t.Properties.Value("comment"); ok {
		t.Comment = comment
	}
	t.Properties = slices.DeleteFunc(t.Properties, func(p schema.Property) bool { return p.Name == "comment" || p.Name == "EXTERNAL" })
	if len(t.Properties) == 0 {
		t.Properties = nil
	}
}

// checkTable refuses what Athena refuses in a declaration that can be read.
func (p *parser) checkTable(t *schema.Table) {
	seen := map[string]bool{}
	for _, c := range t.Columns {
		if seen[c.Name] {
			p.fail("SemanticException [Error 10036]: Duplicate column name: "+c.Name, "")
		}
		seen[c.Name] = true
	}
	for _, c := range t.Partitions {
		if seen[c.Name] {
			p.fail("SemanticException [Error 10035]: Column repeated in partitioning columns", c.Name+" stands twice; a partition key is a column already, and must not be declared among the others")
		}
		seen[c.Name] = true
	}
	if len(t.Columns) == 0 && t.Storage.Kind() != schema.OtherStorage {
		p.fail("SemanticException [Error 10043]: Either list of columns or a custom serializer should be specified", "")
	}
	if kind, _ := t.Properties.Value("table_type"); strings.EqualFold(kind, "iceberg") {
		p.fail("SemanticException: "+icebergRefusal, "")
	}
	if t.Location == "" {
		p.fail("No location was specified for table. An S3 location must be specified", "end the declaration with LOCATION 's3://my-bucket/prefix/'")
	}
}

// column reads a column of a declaration: name, type, comment.
func (p *parser) column() schema.Column {
	name := p.name()
	c := schema.NewColumn(name, p.columnType(0))
	if p.take("COMMENT") {
		c.Comment = p.str()
	}
	return c
}

// properties reads ('name'='value', …). Athena takes numbers for values. Of a
// name that stands twice the last value counts.
func (p *parser) properties() schema.Properties {
	var all schema.Properties
	p.list(func() {
		name := p.str()
		p.need("=")
		t := p.peek()
		if t.kind != stringToken && t.kind != numberToken {
			p.mismatch("STRING")
		}
		p.next()
		all = all.With(name, t.value)
	})
	return all
}
