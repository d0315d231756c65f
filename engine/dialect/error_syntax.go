package dialect

import (
	"maps"
	"slices"
	"strings"
)

// maxWalk bounds the work of finding the words for a syntax error.
const maxWalk = 20_000_000

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
// token, or -1.
func recognize(tokens []token, rule string, from int) int {
	w := newWalk(tokens, len(tokens))
	ends := w.rule(w.net.index[rule], from, false)
	if len(ends) == 0 || w.work > maxWalk {
		return -1
	}
	return slices.Max(ends)
}

// syntaxError gives the error Trino has for tokens that are not of a rule.
// The parser's own place serves where the walk finds none.
func syntaxError(tokens []token, rule string, failed int) *Error {
	w := newWalk(tokens, len(tokens))
	w.rule(w.net.index[rule], 0, false)
	exact := w.furthest
	w = newWalk(tokens, exact)
	w.rule(w.net.index[rule], 0, false)
	at := tokens[exact]
	message := "mismatched input '" + at.shown() + "'"
	if len(w.wanted) > 0 {
		message += ". Expecting: " + strings.Join(slices.Sorted(maps.Keys(w.wanted)), ", ")
	}
	return &Error{Code: SyntaxError, Line: at.pos.Line, Column: at.pos.Column, Message: message}
}

// note records what a path would take at a token.
func (w *walk) note(at int, name string) {
	if at > w.furthest {
		w.furthest = at
		clear(w.wanted)
	}
	if at == w.furthest && at >= w.exact {
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
	if w.depth > maxDepth*10 || w.work > maxWalk {
		return nil
	}
	w.depth++
	defer func() { w.depth-- }()
	if name := ruleNames[w.net.names[rule]]; name != "" {
		if !quiet {
			w.note(from, name)
		}
		quiet = true
	}
	var ends []int
	todo := []step{{start, quiet}}
	seen := map[step]bool{todo[0]: true}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		w.work++
		if w.net.states[s.state].stop {
			if !slices.Contains(ends, s.token) {
				ends = append(ends, s.token)
			}
			continue
		}
		for _, e := range w.net.states[s.state].edges {
			for _, next := range w.follow(s, e) {
				if !seen[next] {
					seen[next] = true
					todo = append(todo, next)
				}
			}
		}
	}
	w.ends[start] = ends
	return ends
}

// follow gives the places an edge leads to.
func (w *walk) follow(s step, e edge) []step {
	switch {
	case e.call > 0:
		var next []step
		for _, end := range w.rule(e.call-1, s.token, s.quiet) {
			next = append(next, step{place{e.to, end}, s.quiet && end == s.token})
		}
		return next
	case e.takes == "":
		return []step{{place{e.to, s.token}, s.quiet}}
	case matches(e.takes, w.tokens[s.token]) && s.token+1 < len(w.tokens):
		if s.token+1 > w.furthest {
			w.furthest = s.token + 1
			clear(w.wanted)
		}
		return []step{{place{e.to, s.token + 1}, false}}
	case matches(e.takes, w.tokens[s.token]):
		return []step{{place{e.to, s.token}, true}}
	case !s.quiet:
		w.note(s.token, labelName(e.takes))
	}
	return nil
}
