package duckdb

import (
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/dialect"
)

// register makes natives of a test known to db.
func register(t testing.TB, db *DB, natives ...dialect.Native) {
	t.Helper()
	conn, err := db.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer mapping.Disconnect(&conn)
	if err := db.registerNatives(conn, natives); err != nil {
		t.Fatal(err)
	}
}

func TestNativesRun(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT vpcq_text_of_double(37.7::DOUBLE)", "3.77E1"},
		{"SELECT count(*) FROM range(5000) t(i) WHERE vpcq_to_base(i, 16) = lower(hex(i))", "5000"},
		{"SELECT vpcq_contains('10.0.0.0/8', vpcq_ipaddress_of_text('10.1.2.3'))", "true"},
		{"SELECT count(vpcq_url_extract_port('http://h:' || CASE WHEN i % 2 = 0 THEN i::VARCHAR END)) FROM range(5000) t(i)", "2500"},
		{"SELECT count(*) FROM range(5000) t(i) WHERE vpcq_contains('10.0.0.0/24', vpcq_ipaddress_of_text('10.0.' || (i // 256) || '.' || (i % 256)))", "256"},
		{"SELECT vpcq_text_of_ipaddress(vpcq_ipaddress_of_text(addr)), count(*) FROM vpcq_scan(0) WHERE id % 10 = 1 GROUP BY ALL", "2001:db8:85a3::8a2e:370:1,1000"},
		{"SELECT count(vpcq_contains('10.0.0.0/8', vpcq_ipaddress_of_text(addr))) FROM vpcq_scan(0)", "8000"},
		{"SELECT vpcq_url_encode(NULL), vpcq_contains(NULL, vpcq_ipaddress_of_text('::1'))", "(null),(null)"},
	}
	db := open(t)
	for _, test := range tests {
		check(t, db, jobOf(test.sql, &synthetic{records: 10_000}), test.want)
	}
}

// ownForm are natives that take texts in a form of the dialect's own, which it
// alone makes, as those that take NULLs do: random ones say nothing about them.
var ownForm = map[string]bool{"vpcq_json_sort": true}

// Every native gives through DuckDB what its Call gives, row by row: over more
// than one chunk where it takes or gives a type for the first time.
func TestNativesAsCalled(t *testing.T) {
	const few, many = 200, 2100 // rows
	db := open(t)
	taken, given := map[string]bool{}, map[string]bool{}
	for _, n := range dialect.Natives {
		if n.Nulls || ownForm[n.Name] {
			continue
		}
		rows := few
		if !given[n.Result] || slices.ContainsFunc(n.Parameters, func(typ string) bool { return !taken[typ] }) {
			rows = many
		}
		given[n.Result] = true
		for _, typ := range n.Parameters {
			taken[typ] = true
		}
		m := newMaker(int64(len(n.Name)), 100)
		arguments := make([][]any, rows)
		for row := range arguments {
			arguments[row] = m.arguments(t, n)
		}
		checkNative(t, db, n, arguments)
	}
}

// checkNative compares the native over rows of arguments, which another native hands to DuckDB.
func checkNative(t *testing.T, db *DB, n dialect.Native, rows [][]any) {
	t.Helper()
	var asked []string
	for i, typ := range n.Parameters {
		name := fmt.Sprintf("test_%s_%d", n.Name, i)
		register(t, db, dialect.Native{Name: name, Parameters: []string{"BIGINT"}, Result: typ, Call: func(args []any) (any, error) {
			return rows[args[0].(int64)][i], nil
		}})
		asked = append(asked, name+"(i)")
	}
	// What is compared is what a native that takes any NULL is given.
	var mu sync.Mutex
	got := make([]any, len(rows))
	register(t, db, dialect.Native{Name: "test_take_" + n.Name, Parameters: []string{"BIGINT", n.Result}, Result: "BOOLEAN", Nulls: true, Call: func(args []any) (any, error) {
		mu.Lock()
		defer mu.Unlock()
		got[args[0].(int64)] = args[1]
		return true, nil
	}})
	sql := fmt.Sprintf("SELECT count(test_take_%s(i, %s(%s))) FROM range(%d) t(i)", n.Name, n.Name, strings.Join(asked, ", "), len(rows))
	check(t, db, jobOf(sql, nil), strconv.Itoa(len(rows)))
	for row, args := range rows {
		want, err := called(n, args)
		if err != nil {
			t.Fatalf("%s(%v): %v", n.Name, args, err)
		}
		if !same(got[row], want) {
			t.Fatalf("%s(%v) of row %d %v\n got %#v\nwant %#v", n.Name, args, row, n.Parameters, got[row], want)
		}
	}
}

// called is what the native gives for a row.
func called(n dialect.Native, args []any) (any, error) {
	if !n.Nulls && slices.ContainsFunc(args, func(v any) bool { return v == nil }) {
		return nil, nil
	}
	return n.Call(slices.Clone(args))
}

func TestNativeFaults(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT vpcq_from_base('z' || i, 10) FROM range(1) t(i)", "INVALID_FUNCTION_ARGUMENT: Not a valid base-10 number: z0"},
		{"SELECT vpcq_from_base('z', 10)", "INVALID_FUNCTION_ARGUMENT: Not a valid base-10 number: z"},
		{"SELECT vpcq_ipaddress_of_text('x')", "INVALID_CAST_ARGUMENT: Cannot cast value to IPADDRESS: x"},
		{"SELECT vpcq_ipaddress_of_text('%d %s {} \n\nx')", "INVALID_CAST_ARGUMENT: Cannot cast value to IPADDRESS: %d %s {} \n\nx"},
		{"SELECT count(vpcq_ipaddress_of_text('1.1.1.' || i)) FROM range(5000) t(i)", "INVALID_CAST_ARGUMENT: Cannot cast value to IPADDRESS: 1.1.1.256"},
		{"SELECT vpcq_contains('10.0.0.1/8', vpcq_ipaddress_of_text('::1'))", "INVALID_FUNCTION_ARGUMENT: Invalid CIDR"},
		{"SELECT test_text(i) FROM range(1) t(i)", `GENERIC_INTERNAL_ERROR: a function in Go gave a text that is not UTF-8; please report it: "\xff"`},
		{"SELECT test_decimal(i) FROM range(1) t(i)", "NUMERIC_VALUE_OUT_OF_RANGE: Decimal overflow"},
		{"SELECT test_hugeint(i) FROM range(1) t(i)", "NUMERIC_VALUE_OUT_OF_RANGE: Decimal overflow"},
	}
	db := open(t)
	register(t, db,
		dialect.Native{Name: "test_text", Parameters: []string{"BIGINT"}, Result: "VARCHAR", Call: func([]any) (any, error) { return "\xff", nil }},
		dialect.Native{Name: "test_decimal", Parameters: []string{"BIGINT"}, Result: "DECIMAL(3, 1)", Call: func([]any) (any, error) { return powerOfTen(3), nil }},
		dialect.Native{Name: "test_hugeint", Parameters: []string{"BIGINT"}, Result: "HUGEINT", Call: func([]any) (any, error) { return powerOfTen(39), nil }},
	)
	for _, test := range tests {
		_, err := answer(t.Context(), db, jobOf(test.sql, nil))
		var fault *engine.RuntimeError
		if !errors.As(err, &fault) || fault.Error() != test.want {
			t.Errorf("%s\n got %v\nwant %s", test.sql, err, test.want)
		}
	}
}

// What Trino makes no NULL of, TRY does not here either, but for what a branch that no row takes would give.
func TestNativeUntried(t *testing.T) {
	db := open(t)
	register(t, db, dialect.Native{Name: "test_untried", Parameters: []string{"BIGINT"}, Result: "BIGINT", Call: func(args []any) (any, error) {
		if args[0] == int64(4000) {
			return nil, errors.New("NOT_SUPPORTED: not 4000")
		}
		return args[0], nil
	}})
	for _, sql := range []string{"SELECT count(TRY(test_untried(i))) FROM range(5000) t(i)", "SELECT TRY(test_untried(i)) FROM range(4000, 4002) t(i)"} {
		_, err := answer(t.Context(), db, jobOf(sql, nil))
		if err == nil || err.Error() != "NOT_SUPPORTED: not 4000" {
			t.Errorf("%s: got %v", sql, err)
		}
	}
	check(t, db, jobOf("SELECT count(TRY(CASE WHEN i < 0 THEN test_untried(4000) ELSE i END)) FROM range(5000) t(i)", nil), "5000")
}

func TestNativeTry(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT TRY(vpcq_from_base('z', 10)) IS NULL", "true"},
		{"SELECT TRY(vpcq_ipaddress_of_text('x')) IS NULL", "true"},
		{"SELECT count(*), count(TRY(vpcq_ipaddress_of_text('1.1.1.' || i))) FROM range(5000) t(i)", "5000,256"},
		{"SELECT count(TRY(vpcq_contains('10.0.0.0/' || i, vpcq_ipaddress_of_text('10.0.0.0')))) FROM range(40) t(i)", "26"},
	}
	db := open(t)
	for _, test := range tests {
		check(t, db, jobOf(test.sql, nil), test.want)
	}
}

// A statement in which a native panics fails, even where TRY would make NULL of
// it, and the next runs.
func TestNativePanics(t *testing.T) {
	db := open(t)
	register(t, db, dialect.Native{Name: "test_panic", Parameters: []string{"BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		if args[0] == int64(3000) {
			panic("no such row")
		}
		return int64(1), nil
	}})
	for _, sql := range []string{
		"SELECT test_panic(i) FROM range(3000, 3001) t(i)", "SELECT test_panic(3000)", "SELECT count(test_panic(i)) FROM range(5000) t(i)",
		"SELECT TRY(test_panic(i)) FROM range(3000, 3001) t(i)", "SELECT count(TRY(test_panic(i))) FROM range(3000, 3002) t(i)",
	} {
		_, err := answer(t.Context(), db, jobOf(sql, nil))
		var fault *engine.RuntimeError
		if !errors.As(err, &fault) || !strings.HasPrefix(fault.Error(), "GENERIC_INTERNAL_ERROR: test_panic: panic: ") {
			t.Errorf("%s: got %v", sql, err)
		}
		check(t, db, jobOf("SELECT vpcq_url_encode('a b')", nil), "a+b")
	}
}

func TestNativeVariadicAndNulls(t *testing.T) {
	db := open(t)
	register(t, db,
		dialect.Native{Name: "test_join", Parameters: []string{"VARCHAR", "BIGINT"}, Result: "VARCHAR", Variadic: true, Call: func(args []any) (any, error) {
			return fmt.Sprint(args...), nil
		}},
		dialect.Native{Name: "test_nulls", Parameters: []string{"BIGINT", "VARCHAR"}, Result: "BIGINT", Nulls: true, Call: func(args []any) (any, error) {
			if args[0] == nil && args[1] == nil {
				return nil, nil
			}
			return int64(slices.IndexFunc(args, func(v any) bool { return v == nil })), nil
		}},
		dialect.Native{Name: "test_none", Result: "BIGINT", Call: func(args []any) (any, error) { return int64(len(args)), nil }},
	)
	tests := []struct{ sql, want string }{
		{"SELECT test_join('a'), test_join('a', 1), test_join('a', 1, 2), test_join('a', 1, NULL)", "a,a1,a1 2,(null)"},
		{"SELECT test_nulls(1, 'a'), test_nulls(1, NULL), test_nulls(NULL, 'a'), test_nulls(NULL, NULL)", "-1,1,0,(null)"},
		{"SELECT sum(test_nulls(CASE WHEN i % 2 = 0 THEN i END, 'a')) FROM range(5000) t(i)", "-2500"},
		{"SELECT sum(test_none()) FROM range(5000)", "0"},
	}
	for _, test := range tests {
		check(t, db, jobOf(test.sql, nil), test.want)
	}
}

func TestNativeRefused(t *testing.T) {
	db := open(t)
	conn, err := db.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer mapping.Disconnect(&conn)
	tests := []struct {
		native dialect.Native
		want   string
	}{
		{dialect.Native{Name: "test_a", Result: "TEXT"}, `register test_a: natives have no type "TEXT"`},
		{dialect.Native{Name: "test_b", Parameters: []string{"MAP(VARCHAR)"}, Result: "BLOB"}, `register test_b: natives have no type "MAP(VARCHAR)"`},
		{dialect.Native{Name: "", Result: "BLOB"}, "register : DuckDB refuses it"},
	}
	for _, test := range tests {
		if err := db.registerNatives(conn, []dialect.Native{test.native}); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

// Threads of several jobs call the same natives at once.
func TestNativesConcurrently(t *testing.T) {
	db, err := Open(Options{Threads: 8})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const sql = "SELECT count(*), count(DISTINCT vpcq_text_of_ipaddress(vpcq_ipaddress_of_text(addr))), sum(length(vpcq_to_base(id, 2))) FROM vpcq_scan(0)"
	want, err := answer(t.Context(), db, jobOf("SELECT count(*), count(DISTINCT addr), sum(length(bin(id))) FROM vpcq_scan(0)", &synthetic{records: 200_000}))
	if err != nil {
		t.Fatal(err)
	}
	var jobs sync.WaitGroup
	for range 4 {
		jobs.Go(func() {
			got, err := answer(t.Context(), db, jobOf(sql, &synthetic{records: 200_000}))
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("got %v, %v, want %v", got, err, want)
			}
		})
	}
	jobs.Wait()
}

// What natives give is freed with the chunk it is of.
func TestNativesKeepNoMemory(t *testing.T) {
	if resident() == 0 {
		t.Skip("the system does not tell")
	}
	db := open(t)
	register(t, db, dialect.Native{Name: "test_lists", Parameters: []string{"VARCHAR"}, Result: "VARCHAR[]", Call: func(args []any) (any, error) { return []any{args[0], nil}, nil }})
	// A round gives out 40 MB.
	const sql = "SELECT sum(length(test_lists(vpcq_url_encode(repeat(' long text ', 50) || i))[1])) > 0 FROM range(20000) t(i)"
	round := func() { check(t, db, jobOf(sql, nil), "true") }
	round()
	grown := math.MaxInt
	for try := 0; try < 3 && grown > 40<<20; try++ { // what is not freed grows with each try; what an allocator keeps does not
		debug.FreeOSMemory()
		before := resident()
		for range 4 {
			round()
		}
		debug.FreeOSMemory()
		grown = resident() - before
	}
	if grown > 40<<20 {
		t.Errorf("4 rounds of 40 MB took %d MB more", grown>>20)
	}
}

// BenchmarkNativeContains is over one core: an op is the whole table.
func BenchmarkNativeContains(b *testing.B) {
	const records = 4 << 20
	db, err := Open(Options{Threads: 1})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := createAddresses(db, records); err != nil {
		b.Fatal(err)
	}
	for _, test := range []struct{ name, sql string }{
		{"contains", "SELECT count(*) FROM addresses WHERE vpcq_contains_text('10.0.0.0/8', a)"},
		{"of address", "SELECT count(*) FROM addresses WHERE vpcq_contains('10.0.0.0/8', vpcq_ipaddress_of_text(a))"},
		{"length", "SELECT count(*) FROM addresses WHERE length(a) > 9"}, // what DuckDB needs without us
	} {
		b.Run(test.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := answer(b.Context(), db, jobOf(test.sql, nil)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(records)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
}

func createAddresses(db *DB, records int) error {
	conn, err := db.connect()
	if err != nil {
		return err
	}
	defer mapping.Disconnect(&conn)
	return run(conn, fmt.Sprintf("CREATE TABLE addresses AS SELECT (10 + i %% 2) || '.' || (i // 7 %% 256) || '.' || (i // 3 %% 256) || '.' || (i %% 256) AS a FROM range(%d) t(i)", records))
}
