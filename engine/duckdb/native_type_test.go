package duckdb

import (
	"bytes"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine/dialect"
)

// maker makes values for natives.
type maker struct {
	*rand.Rand
	bound int64 // of BIGINT: some natives take the number of digits to give
}

func newMaker(seed, bound int64) maker { return maker{rand.New(rand.NewPCG(uint64(seed), 1)), bound} }

// texts are what many natives read something in.
var texts = []string{"", "a", "10.1.2.3", "255.0.0.1", "2001:db8::1", "10.0.0.0/8", "2001:db8::/32", "z1", "1234", "[1,\"a\",null]", `{"a": [1]}`, "a b&c%20", "http://u@h:80/p?a=1&b=2#f",
	"twelve bytes", "thirteen byte", "é ü 日本", "12151fd2-7586-11e9-8f9e-2a86e4085a59", "long text that does not fit into the string itself"}

// arguments makes arguments that the native takes, a NULL among them at times.
func (m maker) arguments(t *testing.T, n dialect.Native) []any {
	t.Helper()
	for range 20 {
		args := make([]any, len(n.Parameters))
		for i, name := range n.Parameters {
			kind, err := parseNativeType(name)
			if err != nil {
				t.Fatalf("%s: %v", n.Name, err)
			}
			args[i] = m.value(kind)
		}
		if takes(n, args) {
			return args
		}
	}
	return make([]any, len(n.Parameters))
}

// takes reports whether the native gives something for args. One that panics is
// never called so by the dialect, which checks what it passes.
func takes(n dialect.Native, args []any) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	_, err := called(n, args)
	return err == nil
}

// value makes a value, or nil.
func (m maker) value(t *nativeType) any {
	if m.IntN(8) == 0 {
		return nil
	}
	switch t.id {
	case mapping.TypeBoolean:
		return m.IntN(2) == 0
	case mapping.TypeTinyInt:
		return int8(m.Int64())
	case mapping.TypeSmallInt:
		return int16(m.Int64())
	case mapping.TypeInteger:
		return int32(m.IntN(60) - 20) // mostly a length or a place: a great one would take as much memory
	case mapping.TypeDate:
		return int32(m.Int64() >> m.IntN(64))
	case mapping.TypeFloat:
		return float32(m.NormFloat64())
	case mapping.TypeDouble:
		return [...]float64{m.NormFloat64(), float64(m.IntN(9)), 1e300 * m.Float64(), math.Inf(1), math.NaN()}[m.IntN(5)]
	case mapping.TypeVarchar:
		return texts[m.IntN(len(texts))]
	case mapping.TypeBlob:
		return m.bytes()
	}
	return m.wide(t)
}

func (m maker) bytes() []byte {
	n := [...]int{0, 4, 12, 13, 16, 16, 16, 17}[m.IntN(8)]
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(m.Uint32())
	}
	if n == 17 {
		b[16] %= 33
	}
	return b
}

func (m maker) wide(t *nativeType) any {
	switch t.id {
	case mapping.TypeHugeInt, mapping.TypeDecimal:
		n := new(big.Int).Lsh(big.NewInt(m.Int64()-m.Int64()), uint(m.IntN(63)))
		if t.id == mapping.TypeDecimal {
			n.Rem(n, powerOfTen(t.width))
		}
		return n
	case mapping.TypeList:
		list := make([]any, m.IntN(4))
		for i := range list {
			list[i] = m.value(t.parts[0])
		}
		return list
	case mapping.TypeMap:
		pairs := dialect.Pairs{}
		for i := range m.IntN(4) {
			pairs = append(pairs, dialect.Pair{Key: fmt.Sprint("a key of some length ", i)[:1+m.IntN(10)*2] + fmt.Sprint(i), Value: m.value(t.parts[1])})
		}
		return pairs
	}
	return (m.Int64() - m.Int64()) >> m.IntN(64) % m.bound
}

// same is deep equality under which NaN is itself and numbers compare by value.
func same(a, b any) bool {
	switch a := a.(type) {
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || a != a && b != b)
	case float32:
		b, ok := b.(float32)
		return ok && (a == b || a != a && b != b)
	case []byte:
		b, ok := b.([]byte)
		return ok && bytes.Equal(a, b)
	case *big.Int:
		b, ok := b.(*big.Int)
		return ok && a.Cmp(b) == 0
	case []any:
		b, ok := b.([]any)
		ok = ok && len(a) == len(b)
		for i := 0; ok && i < len(a); i++ {
			ok = same(a[i], b[i])
		}
		return ok
	case dialect.Pairs:
		b, ok := b.(dialect.Pairs)
		ok = ok && len(a) == len(b)
		for i := 0; ok && i < len(a); i++ {
			ok = a[i].Key == b[i].Key && same(a[i].Value, b[i].Value)
		}
		return ok
	}
	return reflect.DeepEqual(a, b)
}

// Values of every type pass through DuckDB unchanged.
func TestNativeTypes(t *testing.T) {
	names := []string{"VARCHAR[]", "BIGINT[]", "DOUBLE[]", "BOOLEAN[]", "BLOB[][]", "VARCHAR[][]", "DECIMAL(4, 2)", "DECIMAL(9,0)", "DECIMAL(18,3)", "DECIMAL(38,0)", "DECIMAL(38, 10)[]",
		"MAP(VARCHAR, VARCHAR)", "MAP(VARCHAR, BIGINT[])", "MAP(VARCHAR, MAP(VARCHAR, DECIMAL(20, 2)))[]"}
	for name := range simpleTypes {
		if name != "NULL" { // has no values
			names = append(names, name)
		}
	}
	db := open(t)
	for i, name := range names {
		n := dialect.Native{Name: fmt.Sprint("test_same_", i), Parameters: []string{name}, Result: name, Call: func(args []any) (any, error) { return args[0], nil }}
		register(t, db, n)
		m, rows := newMaker(int64(i), math.MaxInt64), make([][]any, 5000)
		for row := range rows {
			rows[row] = m.arguments(t, n)
		}
		checkNative(t, db, n, rows)
	}
}

// DuckDB and natives mean the same by a value.
func TestNativeTypesAsDuckDBs(t *testing.T) {
	tests := []struct{ name, sql, want string }{
		{"BOOLEAN", "true", "true"},
		{"TINYINT", "-7", "-7"},
		{"DATE", "DATE '1970-01-11'", "10"},
		{"TIME", "TIME '00:00:01.5'", "1500000"},
		{"TIMESTAMP", "TIMESTAMP '1969-12-31 23:59:59'", "-1000000"},
		{"TIMESTAMPTZ", "TIMESTAMPTZ '1970-01-01 01:00:00+01'", "0"},
		{"HUGEINT", "-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728"},
		{"HUGEINT", "18446744073709551616", "18446744073709551616"},
		{"DECIMAL(38, 2)", "-0.05", "-5"},
		{"DECIMAL(4, 2)", "12.34", "1234"},
		{"VARCHAR[]", "list_reverse(['a', NULL, 'thirteen bytes'])", "[thirteen bytes <nil> a]"},
		{"BIGINT[]", "list_sort([i, 3, 1, 2])", "[0 1 2 3]"},
		{"BIGINT[]", "list_filter([i, 3, 1, 2], lambda x: x > 1)", "[3 2]"},
		{"BIGINT[]", "[i, 3, 1, 2][2:3]", "[3 1]"},
		{"BIGINT[][]", "[[i], [], NULL]", "[[0] [] <nil>]"},
		{"VARCHAR[]", "list_transform([1, 2], lambda x: 'c')", "[c c]"},
		{"MAP(VARCHAR, BIGINT)", "MAP {'b': i, 'a': NULL}", "[{b 0} {a <nil>}]"},
		{"MAP(VARCHAR, VARCHAR)", "MAP {'b': 'c'}", "[{b c}]"},
	}
	db := open(t)
	for i, test := range tests {
		name := fmt.Sprint("test_print_", i)
		register(t, db, dialect.Native{Name: name, Parameters: []string{test.name}, Result: "VARCHAR", Call: func(args []any) (any, error) { return fmt.Sprint(args[0]), nil }})
		check(t, db, jobOf(fmt.Sprintf("SELECT DISTINCT %s((%s)::%s) FROM (SELECT i * 0 AS i FROM range(5000) t(i))", name, test.sql, test.name), nil), test.want)
	}
}
