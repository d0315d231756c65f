package dialect

import (
	_ "embed" // for the grammar
	"fmt"
	"strings"
	"sync"
)

// Rules of the grammar that the parser begins with.
const (
	ruleStatement    = "singleStatement"
	ruleExpression   = "singleExpression"
	ruleAnyStatement = "statement"
	ruleOperand      = "operand"
)

//go:embed parser_grammar.txt
var grammarText string

// grammar gives the compiled grammar. It is needed only where a statement is
// at fault or refused, and so compiled when first asked for.
var grammar = sync.OnceValue(func() *network { return compileGrammar(grammarText) })

// network is a grammar as a transition network: each rule is a graph of
// states, whose edges take a token or call a rule. While it is compiled there
// are edges that take nothing, too.
type network struct {
	names  []string       // names of rules
	index  map[string]int // rule by name
	start  []int          // first state by rule
	states []state
	first  []map[string]bool // labels a rule may begin with, "" if it may be empty
	follow map[string]bool   // labels that may follow an operand anywhere
}

// state is a node of the network.
type state struct {
	rule  int
	stop  bool // its rule can end here
	edges []edge
}

// edge leads to a state. At most one of call and takes is set.
type edge struct {
	to    int
	call  int    // rule + 1, or 0
	takes string // a key word, a symbol, or a class of tokens in <…>; "" for none
}

// ruleNames are the rules that messages name instead of what they begin with.
var ruleNames = map[string]string{
	"expression":        "<expression>",
	"booleanExpression": "<expression>",
	"booleanTerm":       "<expression>",
	"valueExpression":   "<expression>",
	"valueTerm":         "<expression>",
	"primaryExpression": "<expression>",
	"predicate":         "<predicate>",
	"identifier":        "<identifier>",
	"string":            "<string>",
	"query":             "<query>",
	"type":              "<type>",
}

// classNames are the classes of tokens as messages show them.
var classNames = map[string]string{
	"<end>":     "<EOF>",
	"<integer>": "<integer>",
	"<decimal>": "DECIMAL_VALUE",
	"<double>":  "DOUBLE_VALUE",
	"<string>":  "STRING",
	"<unicode>": "UNICODE_STRING",
	"<binary>":  "BINARY_LITERAL",
	"<name>":    "IDENTIFIER",
	"<>":        "NEQ",
	"<":         "'<'",
	"<=":        "'<='",
}

// class is the class of a token that edges may ask for.
func (t token) class() string {
	switch t.kind {
	case endOfInput:
		return "<end>"
	case integerToken:
		return "<integer>"
	case decimalToken:
		return "<decimal>"
	case doubleToken:
		return "<double>"
	case stringToken:
		return "<string>"
	case unicodeStringToken:
		return "<unicode>"
	case binaryToken:
		return "<binary>"
	}
	if t.isName() {
		return "<name>"
	}
	return ""
}

// begins tells whether a rule may begin with a token, or take none.
func (n *network) begins(rule int, t token) bool {
	first := n.first[rule]
	return first[""] || t.key != "" && first[t.key] || first[t.class()]
}

// findFirst fills first: it goes over all rules until nothing changes.
func (n *network) findFirst() {
	n.first = make([]map[string]bool, len(n.names))
	for rule := range n.first {
		n.first[rule] = make(map[string]bool)
	}
	for changed := true; changed; {
		changed = false
		for rule := range n.first {
			before := len(n.first[rule])
			n.addFirst(rule, n.start[rule], make(map[int]bool))
			changed = changed || len(n.first[rule]) > before
		}
	}
}

// addFirst adds what paths from a state can take first.
func (n *network) addFirst(rule, from int, seen map[int]bool) {
	if seen[from] {
		return
	}
	seen[from] = true
	if n.states[from].stop {
		n.first[rule][""] = true
	}
	for _, e := range n.states[from].edges {
		if e.takes != "" {
			n.first[rule][e.takes] = true
			continue
		}
		for label := range n.first[e.call-1] {
			if label != "" {
				n.first[rule][label] = true
			}
		}
		if n.first[e.call-1][""] {
			n.addFirst(rule, e.to, seen)
		}
	}
}

// findFollow fills follow. A rule that can end after an operand passes on what
// follows itself.
func (n *network) findFollow(operand string) {
	n.follow = make(map[string]bool)
	open := []int{n.index[operand]}
	done := map[int]bool{open[0]: true}
	for len(open) > 0 {
		rule := open[0]
		open = open[1:]
		for _, s := range n.states {
			for _, e := range s.edges {
				if e.call-1 == rule && n.addFollow(e.to, make(map[int]bool)) && !done[s.rule] {
					done[s.rule] = true
					open = append(open, s.rule)
				}
			}
		}
	}
}

// addFollow adds what paths from a state take first, and tells whether its
// rule can end there.
func (n *network) addFollow(from int, seen map[int]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	stops := n.states[from].stop
	for _, e := range n.states[from].edges {
		if e.takes != "" {
			n.follow[e.takes] = true
			continue
		}
		for label := range n.first[e.call-1] {
			n.follow[label] = true
		}
		if n.first[e.call-1][""] {
			stops = n.addFollow(e.to, seen) || stops
		}
	}
	return stops
}

// followsOperand tells whether a token may follow an operand anywhere.
func (n *network) followsOperand(t token) bool {
	return t.key != "" && n.follow[t.key] || n.follow[t.class()]
}

// shorten gives every state the edges that take a token or call a rule and
// that it can reach by edges that take nothing, in place of those.
func (n *network) shorten() {
	short := make([]state, len(n.states))
	for i := range n.states {
		short[i].rule = n.states[i].rule
		n.reach(i, &short[i], make(map[int]bool))
	}
	n.states = short
}

// reach collects what a state reaches by edges that take nothing.
func (n *network) reach(from int, into *state, seen map[int]bool) {
	if seen[from] {
		return
	}
	seen[from] = true
	into.stop = into.stop || n.states[from].stop
	for _, e := range n.states[from].edges {
		if e.call == 0 && e.takes == "" {
			n.reach(e.to, into, seen)
		} else {
			into.edges = append(into.edges, e)
		}
	}
}

// labelName is a label as messages show it.
func labelName(label string) string {
	if name, ok := classNames[label]; ok {
		return name
	}
	return "'" + label + "'"
}

// grammarReader compiles the text of a grammar.
type grammarReader struct {
	net   *network
	words []string // of the rule at hand
	rule  int
}

// compileGrammar makes a network of the text. Faults of the text cannot
// happen, as it is part of the program and tested.
func compileGrammar(text string) *network {
	r := &grammarReader{net: &network{index: make(map[string]int)}}
	rules := strings.Split(text, "\n\n")[1:]
	for _, rule := range rules {
		name, _, _ := strings.Cut(rule, " ")
		r.net.index[name] = len(r.net.names)
		r.net.names = append(r.net.names, name)
	}
	for i, rule := range rules {
		r.rule, r.words = i, splitRule(rule)[2:]
		start, end := r.alternatives()
		r.net.start = append(r.net.start, start)
		r.net.states[end].stop = true
	}
	r.net.shorten()
	r.net.findFirst()
	r.net.findFollow(ruleOperand)
	return r.net
}

// splitRule cuts a rule into words; parentheses and the signs after a word
// are words too, unless quoted.
func splitRule(rule string) []string {
	var words []string
	for _, w := range strings.Fields(rule) {
		if w == "|" {
			words = append(words, w)
			continue
		}
		for w[0] == '(' {
			words, w = append(words, "("), w[1:]
		}
		tail := len(w)
		for tail > 0 && strings.IndexByte("?*+)", w[tail-1]) >= 0 {
			tail--
		}
		words = append(words, w[:tail])
		for _, sign := range w[tail:] {
			words = append(words, string(sign))
		}
	}
	return words
}

// node adds a state.
func (r *grammarReader) node() int {
	r.net.states = append(r.net.states, state{rule: r.rule})
	return len(r.net.states) - 1
}

// link adds an edge.
func (r *grammarReader) link(from int, e edge) {
	s := &r.net.states[from]
	s.edges = append(s.edges, e)
}

// alternatives compiles a | b up to a closing parenthesis or the end.
func (r *grammarReader) alternatives() (start, end int) {
	start, end = r.node(), r.node()
	for {
		from, to := r.sequence()
		r.link(start, edge{to: from})
		r.link(to, edge{to: end})
		if len(r.words) == 0 || r.words[0] != "|" {
			return start, end
		}
		r.words = r.words[1:]
	}
}

// sequence compiles terms that follow each other.
func (r *grammarReader) sequence() (start, end int) {
	start = r.node()
	end = start
	for len(r.words) > 0 && r.words[0] != "|" && r.words[0] != ")" {
		from, to := r.term()
		for len(r.words) > 0 && strings.Contains("?*+", r.words[0]) {
			from, to = r.repeated(from, to)
		}
		r.link(end, edge{to: from})
		end = to
	}
	return start, end
}

// repeated applies the sign at hand to a term.
func (r *grammarReader) repeated(from, to int) (start, end int) {
	sign := r.words[0]
	r.words = r.words[1:]
	start, end = r.node(), r.node()
	r.link(start, edge{to: from})
	r.link(to, edge{to: end})
	if sign != "?" {
		r.link(to, edge{to: from})
	}
	if sign != "+" {
		r.link(start, edge{to: end})
	}
	return start, end
}

// term compiles a group, a token or the call of a rule.
func (r *grammarReader) term() (start, end int) {
	w := r.words[0]
	r.words = r.words[1:]
	if w == "(" {
		start, end = r.alternatives()
		r.words = r.words[1:]
		return start, end
	}
	start, end = r.node(), r.node()
	e := edge{to: end}
	if c := w[0]; 'a' <= c && c <= 'z' {
		rule, ok := r.net.index[w]
		if !ok {
			panic(fmt.Sprintf("grammar has no rule %q", w))
		}
		e.call = rule + 1
	} else {
		e.takes = strings.Trim(w, "'")
	}
	r.link(start, e)
	return start, end
}
