package dialect

import "testing"

func TestRegexpNatives(t *testing.T) {
	list := func(parts ...any) []any { return append([]any{}, parts...) }
	tests := []struct {
		name string
		args []any
		want any
	}{
		{"vpcq_regexp_replace", []any{"xxx", "x", "$05"}, "x5x5x5"},
		{"vpcq_regexp_replace", []any{"xxx", "x", "$"}, errText("INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence: $")},
		{"vpcq_regexp_replace", []any{"xxx", "x", "$1"}, errText("INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence: unknown group 1")},
		{"vpcq_regexp_replace", []any{"xxx", "y", "$1"}, "xxx"},
		{"vpcq_regexp_replace", []any{"wxyz", "(?<w>w)|(?<xyz>[xyz])", "[${w}](${xyz})"}, "[w]()[](x)[](y)[](z)"},
		{"vpcq_regexp_replace", []any{"wx", "w", `\$\\`}, `$\x`},
		{"vpcq_regexp_replace", []any{"x", ".*", "xxxxx"}, "xxxxxxxxxx"},
		{"vpcq_regexp_replace", []any{"a朋", "", "-"}, "-a-朋-"},
		{"vpcq_regexp_replace", []any{"aab", "a*", "-"}, "--b-"},
		{"vpcq_regexp_replace", []any{"ab ab", `\bab`, "-"}, "- -"},
		{"vpcq_regexp_replace", []any{"abab", `\Bab`, "-"}, "ab-"},
		{"vpcq_regexp_replace", []any{"aaa", `^a`, "-"}, "-aa"},
		{"vpcq_regexp_replace", []any{"a\na", `(?m)^a`, "-"}, "-\n-"},
		{"vpcq_regexp_like", []any{"a\n", "a$"}, errText("NOT_SUPPORTED: vpcq does not support $ or (?m) in a regular expression for a text that ends with a line break")},
		{"vpcq_regexp_like", []any{"é", `\bx`}, errText("")},
		{"vpcq_regexp_like", []any{"é", `^\w$`}, errText("")},
		{"vpcq_regexp_like", []any{"-", `^[\w-]$`}, true},
		{"vpcq_regexp_like", []any{"_", `^\W$`}, false},
		{"vpcq_regexp_like", []any{"\v", `^\s[^\S]?$`}, true},
		{"vpcq_regexp_like", []any{"aZ9_+", `^[^\W][^\s\W]\w\w\W$`}, true},
		{"vpcq_regexp_like", []any{"5", `[\D]`}, false},
		{"vpcq_regexp_like", []any{"\v", `[\S]`}, false},
		{"vpcq_regexp_like", []any{"é💰", `^\x{e9}\x{1F4b0}$`}, true},
		{"vpcq_regexp_like", []any{"c", `a(?i)b|c`}, false},
		{"vpcq_regexp_like", []any{"aC", `^a(?i)b|c$`}, true},
		{"vpcq_regexp_like", []any{"ABb", `^(?:(?i)a)(B|b(?i)c)(?-i)b$`}, true},
		{"vpcq_regexp_replace", []any{"k", `(?<a_1>k)`, "${a_1}${a_1}"}, "kk"},
		{"vpcq_regexp_like", []any{"a.c", `^\Qa.c\E$`}, true},
		{"vpcq_regexp_like", []any{"abc", `^\Qa.c\E$`}, false},
		{"vpcq_regexp_like", []any{"a", `^\u0061\x41?$`}, true},
		{"vpcq_regexp_like", []any{"a", `(?=a)`}, errText("")},
		{"vpcq_regexp_like", []any{"aa", `(a)\1`}, errText("")},
		{"vpcq_regexp_like", []any{"aa", `a++`}, errText("")},
		{"vpcq_regexp_like", []any{"aa", `[a&&b]`}, errText("")},
		{"vpcq_regexp_like", []any{"aa", `(a*)*`}, errText("")},
		{"vpcq_regexp_like", []any{"aa", `^*a`}, errText("")},
		{"vpcq_regexp_like", []any{"/", `[+-\d]`}, errText("")},
		{"vpcq_regexp_like", []any{"/", `[\d-x]`}, errText("")},
		{"vpcq_regexp_like", []any{"$", `[[:punct:]]`}, errText("")},
		{"vpcq_regexp_like", []any{"ss", `(?i)\u00df`}, errText("")},
		{"vpcq_regexp_like", []any{"a", `(?i)\p{Lu}`}, errText("")},
		{"vpcq_regexp_like", []any{"a", `\x{110000}`}, errText("")},
		{"vpcq_regexp_like", []any{"ABC", `(?i)abc`}, true},
		{"vpcq_regexp_extract", []any{"rat", "ra(.)|blah(.)(.)", int64(2)}, nil},
		{"vpcq_regexp_extract", []any{"rat", "ra(.)", int64(2)}, errText("INVALID_FUNCTION_ARGUMENT: Pattern has 1 groups. Cannot access group 2")},
		{"vpcq_regexp_extract", []any{"rat", "ra(.)", int64(-1)}, errText("INVALID_FUNCTION_ARGUMENT: Group cannot be negative")},
		{"vpcq_regexp_extract_all", []any{"rat bat", "(r)?at", int64(1)}, list("r", nil)},
		{"vpcq_regexp_split", []any{"", ""}, list("", "")},
		{"vpcq_regexp_split", []any{",,a", ","}, list("", "", "a")},
		{"vpcq_regexp_count", []any{"Hello world bye", `\b[a-z]([a-z]*)`}, int64(2)},
		{"vpcq_regexp_position", []any{"行成于思str而毁123于随", "", int64(3), int64(2)}, int32(4)},
		{"vpcq_regexp_position", []any{"a,b,c", ",", int64(1000), int64(1)}, int32(-1)},
		{"vpcq_regexp_position", []any{"a,b,c", ",", int64(0), int64(1)}, errText("INVALID_FUNCTION_ARGUMENT: start position cannot be smaller than 1")},
		{"vpcq_regexp_groups", []any{"ab", "(.)"}, list(list("a"), list("b"))},
		{"vpcq_regexp_join", []any{list("a", "b"), list("-")}, "a-b"},
		{"vpcq_regexp_join", []any{list("a", "b"), list(nil)}, nil},
	}
	for _, test := range tests {
		checkNative(t, test.name, test.args, test.want)
	}
}

// FuzzPattern holds that what compiles matches without panic, each match after
// the one before.
func FuzzPattern(f *testing.F) {
	for _, seed := range [][2]string{{`\b\d+\b`, "I have 23"}, {`(?i)[^a\w]`, "é A"}, {`a*|b`, "aab"}, {`(?m)^x?$`, "x\ny"}, {`\Q.`, "."}, {`[\p{L}&&a]`, "a"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, text, of string) {
		p, err := newPattern(text)
		if err != nil || p.takes(of) != nil {
			return
		}
		last := -1
		p.each(of, 0, func(at []int) bool {
			if at[0] < last || at[1] < at[0] || at[1] > len(of) {
				t.Errorf("%q in %q gives %v after %d", text, of, at, last)
			}
			last = at[1]
			return true
		})
	})
}
