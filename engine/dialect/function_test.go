package dialect

import (
	"regexp"
	"strings"
	"testing"
)

// TestFunctionsAreDescribed holds what the reference and the tests of back ends need of every entry.
func TestFunctionsAreDescribed(t *testing.T) {
	kinds := map[string]FunctionKind{}
	for _, f := range Functions {
		if f.Name != strings.ToLower(f.Name) || f.Name == "" {
			t.Errorf("name %q is not in lower case", f.Name)
		}
		if !strings.HasSuffix(f.Doc, ".") {
			t.Errorf("%s: the doc is no sentence: %q", f.Name, f.Doc)
		}
		if (f.SQL == "") == (f.render == nil && f.special == nil) {
			t.Errorf("%s has no translation, or two", f.Name)
		}
		if old, ok := kinds[f.Name]; ok && old != f.Kind {
			t.Errorf("%s is both %s and %s", f.Name, old, f.Kind)
		}
		kinds[f.Name] = f.Kind
		for _, s := range f.parsed() {
			if s.name != f.Name {
				t.Errorf("%s has a signature of %s", f.Name, s.name)
			}
		}
	}
}

// TestTranslationsNameTheirParameters holds that $1, $2, … exist.
func TestTranslationsNameTheirParameters(t *testing.T) {
	number := regexp.MustCompile(`\$(\d)`)
	for _, f := range Functions {
		most := 0
		for _, s := range f.parsed() {
			most = max(most, len(s.params))
		}
		for _, m := range number.FindAllStringSubmatch(f.SQL, -1) {
			if int(m[1][0]-'0') > most {
				t.Errorf("%s: %s has no parameter %s", f.Name, f.SQL, m[0])
			}
		}
		if f.Kind != ScalarFunction && f.render == nil && !strings.Contains(f.SQL, "{") {
			t.Errorf("%s: %s marks no call for FILTER and OVER", f.Name, f.SQL)
		}
	}
}

func TestExamplesAnalyze(t *testing.T) {
	for _, f := range Functions {
		if f.Example == "" {
			continue
		}
		sql := f.Example
		if !strings.HasPrefix(sql, "SELECT") {
			sql = "SELECT " + sql
		}
		if a := analyzed(t, sql); len(a.Columns) != 1 {
			t.Errorf("%s: the example has %d columns", f.Name, len(a.Columns))
		}
	}
}

func TestChoose(t *testing.T) {
	tests := []struct {
		name string
		args []Type
		want string
	}{
		{"sum", []Type{integerType}, "sum(bigint)"},
		{"sum", []Type{decimalType(5, 2)}, "sum(decimal(p,s))"},
		{"sum", []Type{realType}, "sum(real)"},
		{"abs", []Type{integerType}, "abs(integer)"},
		{"max", []Type{varcharType}, "max(t) T:orderable"},
		{"max", []Type{doubleType}, "max(double)"},
		{"concat", []Type{arrayType(integerType), integerType}, "concat(array(e), e)"},
		{"concat", []Type{varcharType, boundedVarchar(1)}, "concat(varchar, varchar...)"},
		{"contains", []Type{boundedVarchar(10), ipAddressType}, "contains(varchar, ipaddress)"},
		{"avg", []Type{bigintType}, "avg(bigint)"},
		{"sum", []Type{varcharType}, ""},
	}
	for _, test := range tests {
		chosen, ok := choose(functionIndex()[test.name], test.args)
		got := ""
		if ok {
			got = chosen.signature.String()
		}
		if got != test.want {
			t.Errorf("%s of %v chooses %q, want %q", test.name, test.args, got, test.want)
		}
	}
}

func TestNativesOfTranslationsExist(t *testing.T) {
	known := map[string]bool{}
	for _, n := range Natives {
		known[n.Name] = true
	}
	name := regexp.MustCompile(nativePrefix + `\w+`)
	for _, f := range Functions {
		for _, m := range name.FindAllString(f.SQL, -1) {
			if !known[m] {
				t.Errorf("%s calls %s, which is not among the natives", f.Name, m)
			}
		}
	}
}
