package dialect

import (
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// declared is a catalog of a table with columns of many types, and of views.
type declared map[string]string // the texts of views, by name

var manyTypes = &Relation{
	Name: "awsdatacatalog.default.many",
	Columns: []schema.Column{
		schema.NewColumn("s", "string"), schema.NewColumn("i", "int"), schema.NewColumn("b", "bigint"), schema.NewColumn("d", "date"),
		schema.NewColumn("tiny", "tinyint"), schema.NewColumn("flag", "boolean"), schema.NewColumn("real_", "float"), schema.NewColumn("v", "varchar(3)"),
		schema.NewColumn("c", "char(4)"), schema.NewColumn("list", "array<uniontype<int>>"),
	},
	Hidden: []schema.Column{FilePath, FileSize, FileModifiedTime},
}

func (d declared) Relation(name []string) (*Relation, bool) {
	last := name[len(name)-1]
	if last == "many" {
		return manyTypes, true
	}
	text, ok := d[last]
	if !ok {
		return nil, false
	}
	query, err := Parse(text)
	if err != nil {
		panic(err)
	}
	view := &Relation{Name: "awsdatacatalog.default." + last, Query: query.(*Query)}
	if last == "renamed" || last == "stale" {
		view.Columns = []schema.Column{{Name: "x"}, {Name: "y"}}
	}
	return view, true
}

var views = declared{
	"simple":  "SELECT s, i AS n FROM many WHERE s = 'a'",
	"twice":   "SELECT a.n FROM simple a JOIN simple b ON a.n = b.n",
	"renamed": "SELECT i, s FROM many",
	"stale":   "SELECT i FROM many",
	"broken":  "SELECT nope FROM many",
	"lost":    "SELECT 1 FROM nowhere",
	"loop":    "SELECT 1 FROM many UNION ALL SELECT * FROM around",
	"around":  "SELECT * FROM loop",
}

func analyzedIn(catalog Catalog, sql string) (*Analysis, error) {
	statement, err := Parse(sql)
	if err != nil {
		return nil, err
	}
	return Analyze(statement, catalog, noon)
}

func TestRelations(t *testing.T) {
	for _, c := range []struct{ sql, columns, uses string }{
		{"SELECT s, i, b, d, tiny, flag, real_, v, c FROM many", "s varchar, i integer, b bigint, d date, tiny tinyint, flag boolean, real_ real, v varchar(3), c char(4)", "s i b d tiny flag real_ v c"},
		{`SELECT "$path", "$FILE_SIZE", "$file_modified_time" FROM many`, "$path varchar, $FILE_SIZE bigint, $file_modified_time timestamp(3) with time zone", "$file_modified_time $file_size $path"},
		{`SELECT m."$path" FROM many m WHERE "$path" LIKE '%gz'`, "$path varchar", "$path"},
		{"SELECT * FROM simple", "s varchar, n integer", "s i"},
		{"SELECT simple.n FROM simple WHERE simple.n = 3", "n integer", "s i"},
		{"SELECT default.simple.n FROM default.simple", "n integer", "s i"},
		{"SELECT * FROM twice", "n integer", "s i; s i"},
		{"SELECT y FROM renamed WHERE x = 1", "y varchar", "s i"},
		{"WITH many AS (SELECT 1 AS one) SELECT n FROM simple, many", "n integer", "s i"},
	} {
		a, err := analyzedIn(views, c.sql)
		if err != nil {
			t.Errorf("%s: %v", c.sql, err)
			continue
		}
		var columns, uses []string
		for _, column := range a.Columns {
			columns = append(columns, column.Name+" "+column.Type.String())
		}
		for _, use := range a.Uses {
			uses = append(uses, strings.Join(use.Columns, " "))
		}
		if got := strings.Join(columns, ", "); got != c.columns {
			t.Errorf("%s: columns %s, want %s", c.sql, got, c.columns)
		}
		if got := strings.Join(uses, "; "); got != c.uses {
			t.Errorf("%s: reads %s, want %s", c.sql, got, c.uses)
		}
	}
}

func TestRelationFaults(t *testing.T) {
	for _, c := range []struct{ sql, want string }{
		{"SELECT * FROM many", "NOT_SUPPORTED: line 1:8: vpcq does not support columns of type array<uniontype<int>> (list) yet"},
		{"SELECT list FROM many", "NOT_SUPPORTED: line 1:8: vpcq does not support columns of type array<uniontype<int>> (list) yet"},
		{`SELECT "$path" FROM many AS m(a, b, c, d, e, f, g, h, i, j)`, "COLUMN_NOT_FOUND: line 1:8: Column '$path' cannot be resolved"},
		{`SELECT "$path" FROM simple`, "COLUMN_NOT_FOUND: line 1:8: Column '$path' cannot be resolved"},
		{"SELECT 1\nFROM broken", "INVALID_VIEW: line 2:6: Failed analyzing stored view 'awsdatacatalog.default.broken': line 1:8: Column 'nope' cannot be resolved"},
		{"SELECT 1 FROM lost", "INVALID_VIEW: line 1:15: Failed analyzing stored view 'awsdatacatalog.default.lost': line 1:15: Table 'awsdatacatalog.default.nowhere' does not exist"},
		{"SELECT 1 FROM stale", "VIEW_IS_STALE: line 1:15: View 'awsdatacatalog.default.stale' is stale or in invalid state: stored view column count (2) does not match column count derived from the view query analysis (1)"},
		{"SELECT 1 FROM nowhere, broken", "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.default.nowhere' does not exist"},
	} {
		if _, err := analyzedIn(views, c.sql); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v\nwant %s", c.sql, err, c.want)
		}
	}
	_, err := analyzedIn(views, "SELECT 1 FROM loop")
	if err == nil || !strings.Contains(err.Error(), "View is recursive") {
		t.Errorf("a cycle of views: %v", err)
	}
}

// A condition on a view prunes the table below it; one on a column that is not
// as the scan yields it prunes nothing.
func TestRelationConditions(t *testing.T) {
	for sql, want := range map[string]string{
		"SELECT 1 FROM simple WHERE n = 3":               "(s = a and i = 3)",
		"SELECT 1 FROM renamed WHERE x > 1":              "i > 1",
		"SELECT 1 FROM many WHERE tiny = 1 AND v = 'a'":  "?",
		`SELECT 1 FROM many WHERE "$path" = 's3://b/a'`:  "$path = s3://b/a",
		`SELECT 1 FROM many WHERE "$file_size" > 1`:      "$file_size > 1",
		"SELECT 1 FROM many WHERE d = DATE '2024-03-02'": "d = 2024-03-02",
	} {
		a, err := analyzedIn(views, sql)
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		if got := shown(a.Uses[0].Predicate); got != want {
			t.Errorf("%s: %s, want %s", sql, got, want)
		}
	}
}

func TestColumnType(t *testing.T) {
	for ddl, want := range map[string]string{
		"string": "varchar", "int": "integer", "integer": "integer", "smallint": "smallint", "double": "double", "timestamp": "timestamp(3)",
		"binary": "varbinary", "decimal": "decimal(10,0)", "decimal(7)": "decimal(7,0)", "decimal(11,5)": "decimal(11,5)", "char(2)": "char(2)",
		"array<string>": "array(varchar)", "map<string,array<int>>": "map(varchar, array(integer))",
		"struct<a:int,b:struct<c:decimal(5,2),d:map<int,date>>>": "row(a integer, b row(c decimal(5,2), d map(integer, date)))",
		"uniontype<int>>": "unknown",
	} {
		if got := ColumnType(schema.NewColumn("c", ddl)).String(); got != want {
			t.Errorf("%s: %s, want %s", ddl, got, want)
		}
	}
}

// The type that DDL has for what a query gives.
func TestDDLTypes(t *testing.T) {
	for expression, want := range map[string]string{
		"s": "string", "i": "int", "b": "bigint", "d": "date", "tiny": "tinyint", "flag": "boolean", "real_": "float", "v": "varchar(3)", "c": "char(4)",
		"1e0": "double", "1.50": "decimal(3,2)", "now()": "timestamp", "X'00'": "binary",
		"ARRAY[1]": "array<int>", "MAP(ARRAY['a'], ARRAY[1.5])": "map<varchar(1),decimal(2,1)>",
		"CAST(ROW(1, 'x') AS row(n bigint, t varchar))": "struct<n:bigint,t:string>",
	} {
		a, err := analyzedIn(views, "SELECT "+expression+" AS x FROM many")
		if err != nil {
			t.Fatalf("%s: %v", expression, err)
		}
		if got := a.Columns[0].Type.DDL(); got != want {
			t.Errorf("%s: %s, want %s", expression, got, want)
		}
	}
}
