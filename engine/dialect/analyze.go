package dialect

import (
	"fmt"
	"strings"
	"time"

	"github.com/vpcq/vpcq/schema"
)

// Catalog knows the tables that a statement may name.
type Catalog interface {
	// Relation finds a table by its name's parts in lower case: table, or
	// database and table, or catalog, database and table.
	Relation(name []string) (*Relation, bool)
}

// Relation is what a Catalog knows of a table.
type Relation struct {
	Name    string // as messages show it
	Columns []schema.Column
	Open    bool // a column that Columns does not have is taken for one, of an unknown type: used to find conditions before the source's columns are known

	// Hidden are columns that a statement may use and * does not give, such as
	// FilePath. A scan yields them as it does Columns.
	Hidden []schema.Column

	// Query is what the relation stands for, where it is no table: a view, or a
	// list of the catalog. It sees none of the statement's own names. Columns, if
	// there are any, are its columns' names; Catalog, unless it is nil, knows the
	// tables that it may name.
	Query   *Query
	Catalog Catalog

	// Synonyms are second names of columns, by the first: a statement may use
	// them, * does not give them.
	Synonyms map[string]string

	// TextDates are the columns of dates that a scan yields as text.
	TextDates map[string]bool

	// Where is a condition that every record of the relation meets: the back end
	// is asked for no others. Unknown, the zero Predicate, asks for all.
	Where schema.Predicate
}

// The hidden columns of a table that lies in objects (Trino, "Hive connector",
// metadata columns). FileModifiedTime is yielded by a scan in milliseconds since
// 1970 and is a timestamp(3) with time zone in statements, whatever Type says.
var (
	FilePath         = schema.Column{Name: "$path", Type: schema.String}
	FileSize         = schema.Column{Name: "$file_size", Type: schema.BigInt}
	FileModifiedTime = schema.Column{Name: "$file_modified_time", Type: schema.BigInt}
)

// Session is what a statement's answer depends on besides the data.
type Session struct {
	Now  time.Time      // the statement's one instant: current_date, now() and the like
	Zone *time.Location // the session's zone; nil is UTC

	// Database is what the statement's names without one are in, as faults name
	// it; "" is default.
	Database string

	// Parameters are the values of the statement's ?, in order: EXECUTE … USING.
	Parameters []Expression
}

// Analysis is a statement that was found to be right: its types, the tables it
// uses and its translation. It is immutable.
type Analysis struct {
	Columns []ResultColumn // of the result, in order; names may repeat
	Uses    []*TableUse    // every use of a table, by ID

	// CountsOnly says that the result is one row, in which every column is the
	// number of records that the scan of the only use gives.
	CountsOnly bool

	// ReadsAll says that nothing in the statement ends a scan before its last
	// record, as LIMIT may. It is false also where that is not sure.
	ReadsAll bool

	sql string // the translation, with what stands around count(*) as tallyMarks has it
}

// ResultColumn is a column of a statement's result.
type ResultColumn struct {
	Name    string // as Athena heads it: _col0, _col1, … where the statement gives none
	Unnamed bool   // the statement gives it no name
	Type    Type
}

// TableUse is one place where a statement reads a table.
type TableUse struct {
	ID        int // its index in Analysis.Uses
	Relation  *Relation
	Columns   []string         // the columns the statement needs, in the relation's order
	Predicate schema.Predicate // a record for which it is not true cannot change the answer

	// Tallies says that the statement asks only which combinations of values of
	// Columns there are, and how many records have each: the scan may then give
	// rows that have TallyColumn besides, to the statement of DuckDBTallied.
	Tallies bool

	used       map[string]bool
	made       []madeColumn
	star       bool // all columns of an open relation
	conditions []condition
}

// Analyze checks a query against a catalog and translates it. The error is an
// *Error with Athena's code and, of names that are not known, the nearest as a hint.
func Analyze(stmt Statement, catalog Catalog, session Session) (*Analysis, error) {
	if session.Zone == nil {
		session.Zone = time.UTC
	}
	a := &analyzer{catalog: catalog, session: session, zone: session.Zone.String(), selections: map[*Select]*selection{}, aliases: map[string]bool{}, functions: functionIndex()}
	query, ok := stmt.(*Query)
	if !ok {
		return nil, refusedStatement(stmt)
	}
	a.checkParameters(query)
	result := a.query(query, nil)
	if a.err != nil {
		return nil, a.err
	}
	analysis, err := a.finish(query, result)
	if err == nil {
		analysis.CountsOnly = a.countsOnly(query)
	}
	return analysis, err
}

// refusedStatement is the refusal of a statement that is no query.
func refusedStatement(stmt Statement) *Error {
	if other, ok := stmt.(*OtherStatement); ok && modifies[other.Name] {
		return faultAt(stmt, notSupported, "Modifying Hive table rows is only supported for transactional tables")
	}
	fault := faultAt(stmt, notSupported, "vpcq does not support %s", statementName(stmt))
	fault.Hint = "vpcq answers queries (SELECT, WITH, VALUES, TABLE), declares tables, and writes with CREATE TABLE AS, INSERT INTO and UNLOAD"
	return fault
}

// modifies are the statements that Trino's Hive connector has no tables for, as
// it has none that are transactional in Athena.
var modifies = map[string]bool{"DELETE": true, "UPDATE": true, "MERGE INTO": true}

// statementName is the key words that a statement other than a query begins with.
func statementName(stmt Statement) string {
	switch s := stmt.(type) {
	case *OtherStatement:
		return s.Name
	case *CreateView:
		return "CREATE VIEW"
	case *DropView:
		return "DROP VIEW"
	case *DropTable:
		return "DROP TABLE"
	case *CreateTableAsSelect:
		return "CREATE TABLE AS"
	case *Insert:
		return "INSERT"
	case *Unload:
		return "UNLOAD"
	case *Use:
		return "USE"
	case *SetSession:
		return "SET SESSION"
	case *ResetSession:
		return "RESET SESSION"
	case *ShowCreate:
		return "SHOW CREATE " + s.Kind
	case *ShowStats:
		return "SHOW STATS"
	}
	return "this statement here"
}

// DuckDB returns the statement in DuckDB's SQL. Every use of a table is
// written vpcq_scan(ID): a table function of the back end, which yields the
// columns of the relation under their names, after one named __record that the
// statement never reads. The physical types of the result are those of
// Type.DuckDB. The text assumes DuckDB's TimeZone to be UTC and NULLs to sort
// last; it calls the functions in Natives by their names.
func (a *Analysis) DuckDB() string { return a.DuckDBTallied(func(*TableUse) bool { return false }) }

// analyzer walks a statement once, resolving names, typing expressions and
// writing DuckDB's SQL as it returns. The first fault sticks in err; what
// follows it is analysed but thrown away.
type analyzer struct {
	catalog    Catalog
	session    Session
	zone       string                 // the session's zone by name
	functions  map[string][]*Function // by name; handed in, since the functions' own entries refer to the analyzer
	uses       []*TableUse
	aliases    map[string]bool        // names of relations given out, so that none hides another
	depth      int                    // of nested expressions
	unions     int                    // of nested set operations
	trying     int                    // of nested TRY, in which a fault at run time must be one that DuckDB's TRY catches
	outside    *outsideTry            // of the outermost of those TRY
	wanted     wanted                 // what matters of the boolean to be analysed next
	effects    effects                // of the expression being analysed
	views      []string               // being analysed, the outermost first
	fence      string                 // of the WHERE or HAVING being analysed
	reached    []reach                // the names so far that refer to fields of queries around
	selections map[*Select]*selection // those analysed
	volatiles  int                    // how many expressions so far have another value each time
	early      bool                   // something may be done before all records are read
	err        error
}

// The codes of faults, by Trino's StandardErrorCode.
const (
	notSupported           = "NOT_SUPPORTED"
	columnNotFound         = "COLUMN_NOT_FOUND"
	tableNotFound          = "TABLE_NOT_FOUND"
	functionNotFound       = "FUNCTION_NOT_FOUND"
	typeMismatch           = "TYPE_MISMATCH"
	typeNotFound           = "TYPE_NOT_FOUND"
	ambiguousName          = "AMBIGUOUS_NAME"
	invalidLiteral         = "INVALID_LITERAL"
	invalidColumnReference = "INVALID_COLUMN_REFERENCE"
	expressionNotAggregate = "EXPRESSION_NOT_AGGREGATE"
	expressionNotScalar    = "EXPRESSION_NOT_SCALAR"
	expressionNotDistinct  = "EXPRESSION_NOT_IN_DISTINCT"
	invalidArgument        = "INVALID_ARGUMENTS"
	functionArgument       = "INVALID_FUNCTION_ARGUMENT"
	internalError          = "GENERIC_INTERNAL_ERROR"
	mismatchedColumns      = "MISMATCHED_COLUMN_ALIASES"
	nestedAggregation      = "NESTED_AGGREGATION"
	nestedWindow           = "NESTED_WINDOW"
	notAggregateFunction   = "FUNCTION_NOT_AGGREGATE"
	notWindowFunction      = "FUNCTION_NOT_WINDOW"
	columnNameNotSpecified = "COLUMN_NAME_NOT_SPECIFIED"
	duplicateColumnName    = "DUPLICATE_COLUMN_NAME"
	duplicateNamedQuery    = "DUPLICATE_NAMED_QUERY"
	missingColumnName      = "MISSING_COLUMN_NAME"
	divisionByZero         = "DIVISION_BY_ZERO"
	invalidCast            = "INVALID_CAST_ARGUMENT"
	outOfRange             = "NUMERIC_VALUE_OUT_OF_RANGE"
	missingGroupBy         = "MISSING_GROUP_BY"
	missingOrderBy         = "MISSING_ORDER_BY"
	invalidOrderBy         = "INVALID_ORDER_BY"
	missingOver            = "MISSING_OVER"
	invalidFrame           = "INVALID_WINDOW_FRAME"
	invalidWindow          = "INVALID_WINDOW_REFERENCE"
	invalidParameterUsage  = "INVALID_PARAMETER_USAGE"
	tooManyGroupingSets    = "TOO_MANY_GROUPING_SETS"
	viewIsRecursive        = "VIEW_IS_RECURSIVE"
	viewIsStale            = "VIEW_IS_STALE"
	invalidView            = "INVALID_VIEW"
	invalidPartition       = "HIVE_INVALID_PARTITION_VALUE"
)

// faultAt returns a fault at a node of the statement.
func faultAt(n Node, code, format string, args ...any) *Error {
	p := n.Position()
	return &Error{Code: code, Line: p.Line, Column: p.Column, Message: fmt.Sprintf(format, args...)}
}

// fail records a fault, unless one is recorded already, and returns a term that
// fits everywhere, so that the analysis may go on.
func (a *analyzer) fail(n Node, code, format string, args ...any) term {
	return a.failWithHint(n, "", code, format, args...)
}

func (a *analyzer) failWithHint(n Node, hint, code, format string, args ...any) term {
	if a.err == nil {
		fault := faultAt(n, code, format, args...)
		fault.Hint = hint
		a.err = fault
	}
	return nullTerm
}

// refuse records that vpcq does not have what, a noun with its article or a quoted name.
func (a *analyzer) refuse(n Node, format string, args ...any) term {
	return a.fail(n, notSupported, "vpcq does not support %s yet", fmt.Sprintf(format, args...))
}

// finish names and casts the result's columns.
func (a *analyzer) finish(n Node, result *resultSet) (*Analysis, error) {
	analysis := &Analysis{Uses: a.uses, ReadsAll: !a.early}
	for i, c := range result.columns {
		if c.typ.hasVaryingZone() {
			return nil, faultAt(n, notSupported, "vpcq does not support a column of timestamps in several time zones yet (column %d)", i+1)
		}
		c.use()
		name := c.name
		if name == "" {
			name = fmt.Sprintf("_col%d", i)
		}
		analysis.Columns = append(analysis.Columns, ResultColumn{Name: name, Unnamed: c.name == "", Type: c.typ})
	}
	analysis.sql = result.sql
	for _, use := range a.uses {
		analysis.sql = strings.ReplaceAll(analysis.sql, use.placeholder(), use.scan())
		use.settle()
	}
	return analysis, nil
}

// settle lists the used columns in order and joins the conditions that hold.
func (u *TableUse) settle() {
	for _, c := range u.Relation.Columns {
		if u.used[c.Name] {
			u.Columns = append(u.Columns, c.Name)
			delete(u.used, c.Name)
		}
	}
	u.Columns = append(u.Columns, sortedKeys(u.used)...) // hidden ones, and those of an open relation
	u.Predicate = conjunction(u.conditions)
}

// freshAlias returns a name for a relation that no other in the statement has,
// near to the one wanted. Unique names keep correlated queries apart.
func (a *analyzer) freshAlias(wanted string) string {
	name := wanted
	for i := 2; a.aliases[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s_%d", wanted, i)
	}
	a.aliases[strings.ToLower(name)] = true
	return name
}
