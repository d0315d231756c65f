package dialect

import "testing"

// Every key word of the grammar is one of the lexer, and the other way round
// but for words that only the parser's own rules or nothing at all uses.
func TestGrammarKeyWords(t *testing.T) {
	used := make(map[string]bool)
	for _, s := range grammar().states {
		for _, e := range s.edges {
			if e.takes != "" && 'A' <= e.takes[0] && e.takes[0] <= 'Z' {
				used[e.takes] = true
			}
		}
	}
	for w := range used {
		if keyWords[w] == "" {
			t.Errorf("the lexer does not know %s", w)
		}
	}
	unused := wordSet("CONSTRAINT COUNT DATE NULLIF PARTITIONS")
	for w := range keyWords {
		if !used[w] && !unused[w] {
			t.Errorf("the grammar does not use %s", w)
		}
	}
}

func TestGrammarFirst(t *testing.T) {
	tests := []struct {
		rule, text string
		want       bool
	}{
		{"query", "select", true},
		{"query", "x", false},
		{"expression", "x", true},
		{"expression", "from", false},
		{"joinType", "x", true}, // may be empty
		{"string", "'a'", true},
	}
	for _, test := range tests {
		n := grammar()
		if got := n.begins(n.index[test.rule], tokenize(test.text)[0]); got != test.want {
			t.Errorf("%s begins with %s: %v", test.rule, test.text, got)
		}
	}
}
