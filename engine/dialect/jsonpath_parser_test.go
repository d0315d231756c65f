package dialect

import (
	"fmt"
	"strings"
	"testing"
)

// shape prints what a path was read as, everything in parentheses.
func (n *pathNode) shape() string {
	switch n.kind {
	case pathLiteral:
		v, _ := n.literal.toJSON()
		return string(appendJSON(nil, v))
	case pathContext:
		return "$"
	case pathNamed:
		return "$" + n.text
	case pathLast:
		return "last"
	case pathCurrent:
		return "@"
	case pathMember:
		return n.base.shape() + "." + n.text
	case pathWildcard:
		return n.base.shape() + ".*"
	case pathDescendant:
		return n.base.shape() + ".." + n.text
	case pathMethod:
		return n.base.shape() + "." + n.text + "()"
	case pathFilter:
		return n.base.shape() + "?(" + n.other.shape() + ")"
	case pathSign:
		return "(" + n.text + n.base.shape() + ")"
	case pathExists:
		return "exists(" + n.base.shape() + ")"
	case pathIsUnknown:
		return "unknown(" + n.base.shape() + ")"
	case pathNegation:
		return "!" + n.base.shape()
	case pathArray:
		parts := []string{}
		for _, s := range n.subscripts {
			part := s.from.shape()
			if s.to != nil {
				part += " to " + s.to.shape()
			}
			parts = append(parts, part)
		}
		return n.base.shape() + "[" + strings.Join(parts, ", ") + "]"
	}
	operator := map[pathKind]string{pathStartsWith: "starts", pathConjunction: "&&", pathDisjunction: "||"}[n.kind] + n.text
	return "(" + n.base.shape() + " " + operator + " " + n.other.shape() + ")"
}

func TestParseJSONPath(t *testing.T) {
	tests := []struct{ path, want string }{
		{`lax $`, "$"},
		{`strict $.a."b c"[0, 2 to last - 1].*`, "$.a.b c[0, 2 to (last - 1)].*"},
		{`lax $..a[*]..""`, "$..a[].."},
		{`lax $.type.type().size`, "$.type.type().size"},
		{`lax -1 + 2 * -$.a % 3`, "(-1 + ((2 * (-$.a)) % 3))"},
		{`lax -$.a.abs()`, "(-$.a.abs())"},
		{`lax 1 - -2`, "(1 - -2)"},
		{`lax 1.5 + 2e3 + .5`, "((1.5 + 2000.0) + 0.5)"},
		{`lax "a""b"`, `"a\"b"`},
		{`lax $Var`, "$Var"},
		{`lax $?(@.a == 1 || @.b > 2 && !(@.c <> "x"))`, `$?((($@.a == 1) || (($@.b > 2) && !(@.c <> "x"))))`},
		{`lax $?((@.a) == (1))`, "$?((@.a == 1))"},
		{`lax $?(((@.a == 1)))`, "$?((@.a == 1))"},
		{`lax $?((@ > 1) is unknown)`, "$?(unknown((@ > 1)))"},
		{`lax $?(exists(@.a) && @ starts with "x")`, `$?((exists(@.a) && (@ starts "x")))`},
		{`lax $?(@ starts with $p).b`, "$?((@ starts $p)).b"},
		{`lax ($.a).b`, "$.a.b"},
		{`lax null`, "null"},
		{"lax\n\ttrue", "true"},
	}
	for _, test := range tests {
		path, err := parseJSONPath(test.path)
		if err != nil {
			t.Errorf("%s: %v", test.path, err)
			continue
		}
		want := strings.ReplaceAll(test.want, "$@", "@")
		if got := path.root.shape(); got != want {
			t.Errorf("%s is read as %s, want %s", test.path, got, want)
		}
	}
}

func TestJSONPathFaults(t *testing.T) {
	tests := []struct {
		path string
		at   int
	}{
		{"", 0}, {"certainly not", 0}, {"lax", 3}, {"LAX $", 0}, {"lax $.", 6}, {"lax $.1", 5}, {"lax $[", 6}, {"lax $[1", 7}, {"lax $[1 to]", 10}, {"lax $ $", 6},
		{"lax $?(@)", 8}, {"lax $?(1 + 2)", 12}, {"lax $ == 1", 6}, {"lax ($ == 1)", 12}, {"lax $?(!@.a == 1)", 12}, {"lax $?((@ == 1) + 1)", 16},
		{"lax $?(@ == 1 == 2)", 14}, {"lax $?(@ && @ == 1)", 9}, {"lax $?(exists @)", 14}, {"lax foo", 4}, {"lax \"a", 4}, {"lax 'a'", 4}, {"lax $.abs(1)", 10},
		{"lax 99999999999999999999", 24}, {"lax $?((@ == 1) is null)", 19}, {"lax $?(@ starts \"x\")", 16}, {"lax é", 4},
		{"lax " + strings.Repeat("(", maxPathNesting+1), 4 + maxPathNesting},
	}
	for _, test := range tests {
		_, err := parseJSONPath(test.path)
		if fault, ok := err.(*pathFault); !ok || fault.at != test.at {
			t.Errorf("%.40q: %v, want a fault at %d", test.path, describeFault(err), test.at)
		}
	}
}

func describeFault(err error) string {
	if fault, ok := err.(*pathFault); ok {
		return fmt.Sprintf("%s at %d", fault.message, fault.at)
	}
	return fmt.Sprint(err)
}

func FuzzJSONPath(f *testing.F) {
	for _, seed := range []string{
		`lax $.a[0 to last]?(@.b == 1 && exists(@..c)).size()`, `strict -$x * 2.5 % 1e3`, `lax $.keyvalue()?(@.name starts with "a")`,
		`lax (((1)))`, `lax $?(!(@ == 1) || (@ > 2) is unknown)`, `lax $.datetime("x")`, `lax $ ? (@ like_regex "a" flag "i")`,
	} {
		f.Add(seed, `{"a": [{"b": 1, "c": []}, 2.5, "x", null]}`)
	}
	f.Fuzz(func(t *testing.T, path, text string) {
		compiledPath, err := parseJSONPath(path)
		if err != nil {
			if fault := err.(*pathFault); fault.at > len(path) {
				t.Fatalf("%q: a fault at %d", path, fault.at)
			}
			return
		}
		input, err := parseInput(text)
		if err != nil || len(path) > 100 || len(text) > 1000 {
			return
		}
		_, _ = compiledPath.root.staticType(nil)
		items, err := compiledPath.evaluate(input, nil)
		if err != nil && !strings.HasPrefix(err.Error(), "path evaluation failed: ") {
			t.Fatalf("%q of %q: %v", path, text, err)
		}
		for _, item := range items {
			if v, ok := item.toJSON(); !ok || len(appendJSON(nil, v)) == 0 {
				t.Fatalf("%q of %q has an item that is no JSON: %v", path, text, item)
			}
		}
	})
}
