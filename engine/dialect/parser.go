package dialect

import "slices"

// maxDepth bounds how deep a statement may nest. Trino gives up where its
// stack ends, which is of the same order.
const maxDepth = 8000

// stepsPerToken bounds the work of a parse. Well-formed statements take each
// token a handful of times; only nests made to mislead come near the bound.
// Short texts have freeSteps besides.
const (
	stepsPerToken = 30
	freeSteps     = 50_000
)

// parser reads tokens by recursive descent. It decides only what tree a
// statement has. The first failure is kept and puts the parser at the end of
// input, where every loop ends: so no rule needs to look at errors. Words and
// place of a syntax error come from the grammar (see syntaxError).
type parser struct {
	text   string
	tokens []token
	next   int // index of the current token
	last   int // the furthest token that was current
	failed bool
	fault  *Error // a fault with words of its own, else nil
	named  int    // index of the name that fault refuses; 0: none, or the first token
	anyone bool   // names are not refused
	bad    *Error // the first bad literal, which counts only if all else is right
	depth  int
	steps  int
	params int
	// seedPrimary and seedValue are what was read before its rule was known:
	// a primary expression or a value expression that the next call of that
	// rule gives back instead of reading.
	seedPrimary, seedValue Expression
	primary                span // the last primary expression
}

// span is a range of token indexes.
type span struct{ start, end int }

// Parse reads one statement, which one semicolon may end. Its error is an
// *Error with the message and the place Trino gives.
func Parse(sql string) (Statement, error) {
	p := newParser(sql)
	s := p.statement()
	if err := p.finish(ruleStatement); err != nil {
		return nil, err
	}
	return s, nil
}

// ParseExpression reads one expression. Its error is an *Error.
func ParseExpression(sql string) (Expression, error) {
	p := newParser(sql)
	e := p.expression()
	if err := p.finish(ruleExpression); err != nil {
		return nil, err
	}
	return e, nil
}

// newParser cuts the text into tokens, without the semicolon that ends it.
func newParser(sql string) *parser {
	p := &parser{text: sql, tokens: tokenize(sql)}
	if n := len(p.tokens); n > 1 && p.tokens[n-2].key == ";" {
		p.tokens = p.tokens[:n-1]
		p.tokens[n-2] = token{kind: endOfInput, pos: p.tokens[n-2].pos}
	}
	return p
}

// finish asks for the end of input and gives the error of the whole parse.
func (p *parser) finish(rule string) error {
	err := p.fault
	switch {
	case !p.failed && p.cur().kind == endOfInput:
		if err = p.bad; err == nil {
			return nil
		}
	case err == nil:
		err = syntaxError(p.tokens, rule, p.last)
	case p.named > 0:
		err = p.afterName(rule)
	}
	err.Statement = p.text
	return err
}

// afterName gives the fault of the token that follows the name which was refused,
// if it does not fit either: Trino's parser looks ahead before it takes a name.
func (p *parser) afterName(rule string) *Error {
	q := &parser{text: p.text, tokens: p.tokens, anyone: true}
	if rule == ruleStatement {
		q.statement()
	} else {
		q.expression()
	}
	if q.fault != nil || !q.failed && q.cur().kind == endOfInput {
		return p.fault
	}
	err, next := syntaxError(q.tokens, rule, q.last), p.tokens[p.named+1].pos
	if err.Line == next.Line && err.Column == next.Column {
		return err
	}
	return p.fault
}

// cur is the token at hand.
func (p *parser) cur() token { return p.tokens[p.next] }

// peek is the n-th token from the one at hand; past the end it is the end.
func (p *parser) peek(n int) token {
	return p.tokens[min(p.next+n, len(p.tokens)-1)]
}

// pos is the place of the token at hand.
func (p *parser) pos() Pos { return p.tokens[p.next].pos }

// advance goes to the next token.
func (p *parser) advance() token {
	t := p.tokens[p.next]
	if p.steps++; p.steps > stepsPerToken*len(p.tokens)+freeSteps {
		p.tooLarge()
		return t
	}
	if t.kind != endOfInput {
		p.next++
		p.last = max(p.last, p.next)
	}
	return t
}

// fail notes that the text is not of the grammar.
func (p *parser) fail() {
	if !p.failed {
		p.failed = true
		p.next = len(p.tokens) - 1
	}
}

// reject notes a fault with words of its own. The first fault stands.
func (p *parser) reject(at Pos, message string) {
	if p.failed {
		return
	}
	p.fault = &Error{Code: SyntaxError, Line: at.Line, Column: at.Column, Message: message}
	p.fail()
}

// refuse notes a literal that is right by the grammar and wrong in itself.
// Trino reads literals when it has read the whole statement.
func (p *parser) refuse(at Pos, message string) {
	if p.bad == nil && !p.failed {
		p.bad = &Error{Code: SyntaxError, Line: at.Line, Column: at.Column, Message: message}
	}
}

// tooLarge refuses a statement that nests too deep, in Trino's words.
func (p *parser) tooLarge() {
	p.reject(Pos{Line: 1, Column: 1}, "statement is too large (stack overflow while parsing)")
}

// enter counts one level of nesting; leave it with exit.
func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.tooLarge()
	}
}

// exit ends what enter began.
func (p *parser) exit() { p.depth-- }

// is tells whether the token at hand is one of these key words or symbols.
func (p *parser) is(keys ...string) bool {
	key := p.tokens[p.next].key
	return key != "" && slices.Contains(keys, key)
}

// follows tells whether the tokens at hand are these.
func (p *parser) follows(keys ...string) bool {
	for i, key := range keys {
		if p.peek(i).key != key {
			return false
		}
	}
	return true
}

// accept goes over these tokens if they are at hand, all or none.
func (p *parser) accept(keys ...string) bool {
	if !p.follows(keys...) {
		return false
	}
	for range keys {
		p.advance()
	}
	return true
}

// expect goes over these tokens or fails.
func (p *parser) expect(keys ...string) {
	for _, key := range keys {
		if p.tokens[p.next].key != key {
			p.fail()
			return
		}
		p.advance()
	}
}

// acceptAny goes over one of these key words and gives it, or "".
func (p *parser) acceptAny(keys ...string) string {
	if !p.is(keys...) {
		return ""
	}
	return p.advance().key
}

// expectAny goes over one of these key words and gives it, or fails.
func (p *parser) expectAny(keys ...string) string {
	if !p.is(keys...) {
		p.fail()
		return ""
	}
	return p.advance().key
}

// attempt runs a rule and, if it fails without a fault of its own, goes back
// to where it began.
func (p *parser) attempt(rule func()) bool {
	if p.failed {
		return false
	}
	saved := *p
	rule()
	if !p.failed || p.fault != nil {
		return !p.failed
	}
	steps, last := p.steps, p.last
	*p = saved
	p.steps, p.last = steps, last
	return false
}

// list reads one or more items with commas between.
func list[T any](p *parser, item func() T) []T {
	items := []T{item()}
	for p.accept(",") {
		items = append(items, item())
	}
	return items
}

// parenthesized reads one or more items between parentheses.
func parenthesized[T any](p *parser, item func() T) []T {
	p.expect("(")
	items := list(p, item)
	p.expect(")")
	return items
}
