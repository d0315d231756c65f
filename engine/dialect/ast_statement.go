package dialect

// Explain is EXPLAIN or EXPLAIN ANALYZE.
type Explain struct {
	Pos
	Analyze   bool
	Verbose   bool   // EXPLAIN ANALYZE VERBOSE
	Format    string // TEXT, GRAPHVIZ or JSON; empty without
	Type      string // LOGICAL, DISTRIBUTED, VALIDATE or IO; empty without
	Statement Statement
}

// Prepare is PREPARE name FROM statement.
type Prepare struct {
	Pos
	Name      *Identifier
	Statement Statement
}

// Execute is EXECUTE name [USING …].
type Execute struct {
	Pos
	Name *Identifier
	Args []Expression
}

// ExecuteImmediate is EXECUTE IMMEDIATE 'statement' [USING …].
type ExecuteImmediate struct {
	Pos
	Statement *StringLiteral
	Args      []Expression
}

// Deallocate is DEALLOCATE PREPARE name.
type Deallocate struct {
	Pos
	Name *Identifier
}

// DescribeInput is DESCRIBE INPUT name: the parameters of a prepared
// statement.
type DescribeInput struct {
	Pos
	Name *Identifier
}

// DescribeOutput is DESCRIBE OUTPUT name: the columns of a prepared statement.
type DescribeOutput struct {
	Pos
	Name *Identifier
}

// SetTimeZone is SET TIME ZONE.
type SetTimeZone struct {
	Pos
	Zone Expression // nil for LOCAL
}

// SetSession is SET SESSION name = value.
type SetSession struct {
	Pos
	Name  *QualifiedName
	Value Expression
}

// ResetSession is RESET SESSION name.
type ResetSession struct {
	Pos
	Name *QualifiedName
}

// ShowKind is what a Show lists.
type ShowKind string

// The kinds of lists. DESCRIBE t and DESC t are SHOW COLUMNS FROM t.
const (
	ShowTables     ShowKind = "TABLES"
	ShowSchemas    ShowKind = "SCHEMAS"
	ShowCatalogs   ShowKind = "CATALOGS"
	ShowColumns    ShowKind = "COLUMNS"
	ShowFunctions  ShowKind = "FUNCTIONS"
	ShowSession    ShowKind = "SESSION"
	ShowPartitions ShowKind = "PARTITIONS" // Athena, from Hive
	ShowViews      ShowKind = "VIEWS"      // Athena, from Hive
	ShowDatabases  ShowKind = "DATABASES"  // Athena, from Hive
	ShowProperties ShowKind = "TBLPROPERTIES"
)

// Show is SHOW kind [FROM name] [LIKE pattern [ESCAPE escape]].
type Show struct {
	Pos
	Kind   ShowKind
	From   *QualifiedName // nil without FROM
	Like   *StringLiteral // nil without LIKE
	Escape *StringLiteral // nil without ESCAPE
}

// ShowCreate is SHOW CREATE TABLE name, or of a view or schema.
type ShowCreate struct {
	Pos
	Kind string // TABLE, VIEW, SCHEMA or MATERIALIZED VIEW
	Name *QualifiedName
}

// ShowStats is SHOW STATS FOR table or (query): one of the two.
type ShowStats struct {
	Pos
	Table *QualifiedName
	Query *Query
}

// Property is name = value of a WITH (…) list.
type Property struct {
	Pos
	Name  *Identifier
	Value Expression // nil for DEFAULT
}

// CreateView is CREATE [OR REPLACE] VIEW name AS query.
type CreateView struct {
	Pos
	Replace  bool
	Name     *QualifiedName
	Comment  *StringLiteral // nil without COMMENT
	Security string         // DEFINER or INVOKER; empty without SECURITY
	Query    *Query
}

// DropView is DROP VIEW [IF EXISTS] name.
type DropView struct {
	Pos
	IfExists bool
	Name     *QualifiedName
}

// DropTable is DROP TABLE [IF EXISTS] name.
type DropTable struct {
	Pos
	IfExists bool
	Name     *QualifiedName
}

// CreateTableAsSelect is CREATE TABLE name WITH (…) AS query.
type CreateTableAsSelect struct {
	Pos
	Replace     bool
	IfNotExists bool
	Name        *QualifiedName
	Columns     []*Identifier  // nil without a list
	Comment     *StringLiteral // nil without COMMENT
	Properties  []*Property
	Query       *Query
	WithNoData  bool
}

// Insert is INSERT INTO name (columns) query.
type Insert struct {
	Pos
	Table   *QualifiedName
	Columns []*Identifier // nil without a list
	Query   *Query
}

// Unload is UNLOAD (query) TO 'location' WITH (…), which only Athena has.
type Unload struct {
	Pos
	Query      *Query
	Location   *StringLiteral
	Properties []*Property
}

// Use is USE schema or USE catalog.schema.
type Use struct {
	Pos
	Catalog *Identifier // nil without one
	Schema  *Identifier
}

// OtherStatement is a statement of Trino's grammar that has no tree of its
// own, since it is refused by its name: GRANT, MERGE, CALL, ALTER TABLE, …
type OtherStatement struct {
	Pos
	Name string // the leading key words: GRANT, ALTER TABLE
	Text string // the whole statement, one space between tokens
}

func (*Explain) statement()             {}
func (*Prepare) statement()             {}
func (*Execute) statement()             {}
func (*ExecuteImmediate) statement()    {}
func (*Deallocate) statement()          {}
func (*DescribeInput) statement()       {}
func (*DescribeOutput) statement()      {}
func (*SetTimeZone) statement()         {}
func (*SetSession) statement()          {}
func (*ResetSession) statement()        {}
func (*Show) statement()                {}
func (*ShowCreate) statement()          {}
func (*ShowStats) statement()           {}
func (*CreateView) statement()          {}
func (*DropView) statement()            {}
func (*DropTable) statement()           {}
func (*CreateTableAsSelect) statement() {}
func (*Insert) statement()              {}
func (*Unload) statement()              {}
func (*Use) statement()                 {}
func (*OtherStatement) statement()      {}
