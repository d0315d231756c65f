package dialect

import (
	"maps"
	"slices"
	"strings"
)

// maxWalk and maxWalkDepth bound the work of finding the words for a syntax
// error, which takes some hundred steps a token.
const (
	maxWalk      = 2_000_000
	maxWalkDepth = 50_000
)

// walk follows all paths of the grammar through the tokens at once. It notes
// the furthest token any path reaches and what each path would take there,
// which is how Trino finds the words for a syntax error.
type walk struct {
	net      *network
	tokens   []token
	ends     map[place][]int // where each rule ends, by where it began
	furthest int
	wanted   map[string]bool
	exact    int // tokens before this one are walked without noting what is wanted
	work     int
	depth    int
	gaveUp   bool
	muted    int // while over 0, nothing is noted and no ends are kept
}

// place is a state of the network at a token.
type place struct{ state, token int }

// newWalk makes a walk that notes what is wanted from the given token on.
func newWalk(tokens []token, exact int) *walk {
	return &walk{
		net: grammar(), tokens: tokens, exact: exact,
		ends: make(map[place][]int), wanted: make(map[string]bool),
	}
}

// recognize gives the token after the longest text of a rule that begins at a
// token: -1 if there is none, and false if the text is too large to tell.
func recognize(tokens []token, rule string, from int) (end int, ok bool) {
	w := newWalk(tokens, len(tokens))
	end = -1
	for _, e := range w.rule(w.net.index[rule], from, false) {
		end = max(end, e)
	}
	return end, !w.gaveUp
}

// syntaxError gives the error Trino has for tokens that are not of a rule. In
// texts too large to walk the parser's own furthest token serves.
func syntaxError(tokens []token, rule string, parsed int) *Error {
	exact, wanted := furthest(tokens, rule)
	if exact < 0 {
		exact = parsed
	}
	if dot, instead := undoDot(tokens, rule, exact, wanted); instead != nil {
		exact, wanted = dot, instead
	}
	at := tokens[exact]
	message := "mismatched input '" + at.shown() + "'"
	if len(wanted) > 0 {
		message += ". Expecting: " + strings.Join(slices.Sorted(maps.Keys(wanted)), ", ")
	}
	return &Error{
		Code: SyntaxError, Line: at.pos.Line, Column: at.pos.Column, Message: message,
		Hint: hintFor(tokens, exact, wanted),
	}
}

// furthest gives the furthest token a path reaches and what is wanted there,
// or -1: a first walk finds the token, a second one the words.
func furthest(tokens []token, rule string) (int, map[string]bool) {
	w := newWalk(tokens, len(tokens))
	w.rule(w.net.index[rule], 0, false)
	if w.gaveUp {
		return -1, nil
	}
	w = newWalk(tokens, w.furthest)
	w.rule(w.net.index[rule], 0, false)
	return w.exact, w.wanted
}

// undoDot gives the dot before the token at fault and what is wanted in its
// place, where Trino gives up there: after an operand whose field is missing,
// unless a star could stand for it. In parentheses Trino mostly reads on, as it
// still looks for the end of what they belong to.
func undoDot(tokens []token, rule string, exact int, wanted map[string]bool) (int, map[string]bool) {
	dot := exact - 1
	if dot < 0 || tokens[dot].key != "." || len(wanted) != 1 || openParentheses(tokens[:dot]) > 0 {
		return 0, nil
	}
	without := slices.Clone(tokens)
	without[dot].kind, without[dot].key = unrecognized, ""
	at, instead := furthest(without, rule)
	if at != dot || !instead["'['"] {
		return 0, nil
	}
	for _, none := range []string{"'['", "'.'", "'('", "'->'", "'OVER'", "<string>"} {
		delete(instead, none)
	}
	return dot, instead
}

// openParentheses is the number of parentheses that tokens leave open.
func openParentheses(tokens []token) int {
	open := 0
	for _, t := range tokens {
		switch t.key {
		case "(":
			open++
		case ")":
			open--
		}
	}
	return open
}

// note records what a path would take at a token.
func (w *walk) note(at int, name string) {
	w.furthest = max(w.furthest, at)
	if at >= w.exact && w.muted == 0 {
		w.wanted[name] = true
	}
}

// step is a place on a path. It is quiet where a rule above has been noted by
// its name, so that what the rule begins with is not.
type step struct {
	place
	quiet bool
}

// rule walks a rule from a token and gives the tokens at which it can end.
func (w *walk) rule(rule, from int, quiet bool) []int {
	start := place{w.net.start[rule], from}
	if ends, ok := w.ends[start]; ok {
		return ends
	}
	if from < w.exact && !w.net.begins(rule, w.tokens[from]) {
		w.furthest = max(w.furthest, from)
		return nil
	}
	if w.depth > maxWalkDepth || w.work > maxWalk {
		w.gaveUp = true
		return nil
	}
	w.depth++
	if name := ruleNames[w.net.names[rule]]; name != "" {
		if !quiet {
			w.note(from, name)
		}
		quiet = true
	}
	decided := w.net.names[rule] == ruleOperand && w.decided(from)
	if decided {
		w.muted++
	}
	ends := w.paths(step{start, quiet})
	if decided {
		w.muted--
	}
	w.depth--
	if w.muted == 0 {
		w.ends[start] = ends
	}
	return ends
}

// decided tells whether Trino has taken the name at a token for a column
// before it looks at the fault, which comes next. It has where the token at
// fault can follow an operand, be it elsewhere; then it does not want what
// would have made the name a call, a lambda or a typed literal.
func (w *walk) decided(from int) bool {
	return from+1 == w.exact && w.tokens[from].isName() && w.net.followsOperand(w.tokens[w.exact])
}

// paths follows all paths from the first step of a rule to its ends, the last
// alternative first. The order shows in messages, as in Trino: what a rule
// wants is noted when it is first walked from a token, and not again.
func (w *walk) paths(first step) []int {
	var ends []int
	todo := newAgenda(first)
	for len(todo.open) > 0 {
		s := todo.take()
		if w.net.states[s.state].stop {
			ends = append(ends, s.token)
		}
		var next []step
		for _, e := range slices.Backward(w.net.states[s.state].edges) {
			next = w.follow(s, e, next)
		}
		w.work += 1 + len(next)
		for _, s := range slices.Backward(next) {
			todo.add(s)
		}
	}
	return ends
}

// follow appends the places an edge leads to.
func (w *walk) follow(s step, e edge, next []step) []step {
	switch t := w.tokens[s.token]; {
	case e.call > 0:
		for _, end := range w.rule(e.call-1, s.token, s.quiet) {
			next = append(next, step{place{e.to, end}, s.quiet && end == s.token})
		}
	case e.takes == t.key || e.takes == t.class():
		// The end of input is taken and stays.
		next = append(next, step{place{e.to, min(s.token+1, len(w.tokens)-1)}, false})
	case !s.quiet:
		w.note(s.token, labelName(e.takes))
	}
	return next
}

// agenda is the steps to go, of which each is gone once.
type agenda struct {
	open  []step
	all   []step
	known map[step]bool // nil while there are few
}

// newAgenda makes an agenda of one step.
func newAgenda(first step) *agenda { return &agenda{open: []step{first}, all: []step{first}} }

// take gives the step added last.
func (a *agenda) take() step {
	s := a.open[len(a.open)-1]
	a.open = a.open[:len(a.open)-1]
	return s
}

// add adds a step unless it has been added before.
func (a *agenda) add(s step) {
	const few = 16
	switch {
	case a.known[s], a.known == nil && slices.Contains(a.all, s):
		return
	case a.known != nil:
		a.known[s] = true
	case len(a.all) == few:
		a.known = make(map[step]bool)
		for _, known := range append(a.all, s) {
			a.known[known] = true
		}
	}
	a.all = append(a.all, s)
	a.open = append(a.open, s)
}
