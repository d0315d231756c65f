package dialect

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// jsonPath is a path of SQL/JSON: lax or strict, and an expression whose value
// is a sequence of items. Its grammar is Trino's JsonPath.g4.
type jsonPath struct {
	lax         bool
	root        *pathNode
	unsupported string // what Trino 440 does not evaluate of it
}

// pathNode is a part of a path. It yields a sequence of items or, if it is a
// predicate, which stands within filters only, true, false or unknown.
type pathNode struct {
	kind        pathKind
	text        string // the name, the operator or the method
	base, other *pathNode
	literal     pathItem
	subscripts  []pathSubscript // none for [*]
	delimited   bool            // a predicate in parentheses, or exists(…)
}

// pathSubscript is what stands in brackets: an index or, if to is not nil, a range.
type pathSubscript struct{ from, to *pathNode }

type pathKind uint8

const (
	pathLiteral    pathKind = iota
	pathContext             // $
	pathNamed               // $name
	pathLast                // last
	pathCurrent             // @
	pathMember              // .name
	pathWildcard            // .*
	pathDescendant          // ..name
	pathArray               // […]
	pathFilter              // ?(…), the predicate is other
	pathMethod              // .name()
	pathSign                // + or -
	pathArithmetic
	pathComparison // the first predicate
	pathStartsWith
	pathExists
	pathIsUnknown
	pathNegation
	pathConjunction
	pathDisjunction
)

func (n *pathNode) isPredicate() bool { return n.kind >= pathComparison }

// pathMethods are the methods by name; the value is what Trino says of one that it does not evaluate.
var pathMethods = map[string]string{
	"abs": "", "ceiling": "", "double": "", "floor": "", "keyvalue": "", "size": "", "type": "",
	"datetime": "datetime method in JSON path is not yet supported",
}

// maxPathNesting bounds the recursion of the parser and of what walks a path.
const maxPathNesting = 200

// pathFault is a syntax error in a path.
type pathFault struct {
	message string
	at      int // in bytes
}

// Error returns the fault without its place.
func (f *pathFault) Error() string { return f.message }

// jsonPaths are the paths that statements have.
var jsonPaths = &compiled[*jsonPath]{compile: parseJSONPath}

// parseJSONPath reads a path. Its error is a *pathFault.
func parseJSONPath(text string) (path *jsonPath, err error) {
	p := &pathParser{tokens: tokenizePath(text), path: &jsonPath{}}
	if !p.acceptWord("lax") && !p.acceptWord("strict") {
		return nil, &pathFault{fmt.Sprintf("mismatched input '%s' expecting {'lax', 'strict'}", p.cur().text), p.cur().at}
	}
	p.path.lax = text[p.tokens[0].at] == 'l'
	p.path.root = p.sequence()
	if p.err == nil && p.cur().kind != pathEnd {
		p.fail()
	}
	if p.err != nil {
		return nil, p.err
	}
	return p.path, nil
}

// pathParser reads tokens. The first fault sticks; after it every token is the end.
type pathParser struct {
	tokens []pathToken
	next   int
	depth  int
	path   *jsonPath
	err    *pathFault
}

func (p *pathParser) cur() pathToken {
	if p.err != nil {
		return p.tokens[len(p.tokens)-1]
	}
	return p.tokens[p.next]
}

func (p *pathParser) advance() pathToken {
	t := p.cur()
	if t.kind != pathEnd {
		p.next++
	}
	return t
}

// fail reports that the token at hand is not one that may stand there.
func (p *pathParser) fail() *pathNode {
	if p.err == nil {
		p.err = &pathFault{fmt.Sprintf("mismatched input '%s'", p.cur().text), p.cur().at}
	}
	return &pathNode{kind: pathContext}
}

func (p *pathParser) is(symbol string) bool {
	return p.cur().kind == pathSymbol && p.cur().text == symbol
}

func (p *pathParser) isWord(word string) bool {
	return p.cur().kind == pathWord && p.cur().text == word
}

func (p *pathParser) accept(symbols ...string) string {
	for _, symbol := range symbols {
		if p.is(symbol) {
			p.advance()
			return symbol
		}
	}
	return ""
}

func (p *pathParser) acceptWord(word string) bool {
	if p.isWord(word) {
		p.advance()
		return true
	}
	return false
}

func (p *pathParser) expect(symbol string) {
	if p.accept(symbol) == "" {
		p.fail()
	}
}

// sequence reads an expression that yields items.
func (p *pathParser) sequence() *pathNode { return p.items(p.additive()) }

// items demands that a node yield items.
func (p *pathParser) items(n *pathNode) *pathNode {
	if n.isPredicate() {
		return p.fail()
	}
	return n
}

// predicate reads a predicate. Items in parentheses and predicates in
// parentheses begin alike, so both are read by one descent, which tells at the
// operators what it has read.
func (p *pathParser) predicate() *pathNode {
	n := p.disjunction()
	if !n.isPredicate() {
		return p.fail()
	}
	return n
}

func (p *pathParser) disjunction() *pathNode {
	return p.junction(pathDisjunction, "||", p.conjunction)
}

func (p *pathParser) conjunction() *pathNode {
	return p.junction(pathConjunction, "&&", p.condition)
}

func (p *pathParser) junction(kind pathKind, symbol string, operand func() *pathNode) *pathNode {
	n := operand()
	for p.is(symbol) {
		if !n.isPredicate() {
			return p.fail()
		}
		p.advance()
		right := operand()
		if !right.isPredicate() {
			return p.fail()
		}
		n = &pathNode{kind: kind, base: n, other: right}
	}
	return n
}

// condition reads a comparison or its like, or what may be an operand of one.
func (p *pathParser) condition() *pathNode {
	if p.accept("!") != "" {
		n := p.additive()
		if !n.isPredicate() || !n.delimited {
			return p.fail()
		}
		return &pathNode{kind: pathNegation, base: n}
	}
	n := p.additive()
	switch {
	case n.isPredicate():
		if n.delimited && n.kind != pathExists && p.acceptWord("is") {
			if !p.acceptWord("unknown") {
				return p.fail()
			}
			return &pathNode{kind: pathIsUnknown, base: n}
		}
		return n
	case p.isWord("starts"):
		return p.startsWith(n)
	case p.isWord("like_regex"):
		return p.likeRegex(n)
	}
	operator := p.accept("==", "<>", "!=", "<=", ">=", "<", ">")
	if operator == "" {
		return n
	}
	return &pathNode{kind: pathComparison, text: operator, base: n, other: p.sequence()}
}

func (p *pathParser) startsWith(whole *pathNode) *pathNode {
	p.advance()
	if !p.acceptWord("with") || p.cur().kind != pathText && p.cur().kind != pathVariable {
		return p.fail()
	}
	return &pathNode{kind: pathStartsWith, base: whole, other: p.primary()}
}

func (p *pathParser) likeRegex(base *pathNode) *pathNode {
	p.path.unsupported = "like_regex predicate in JSON path is not yet supported"
	p.advance()
	p.expectText()
	if p.acceptWord("flag") {
		p.expectText()
	}
	return &pathNode{kind: pathExists, base: base}
}

func (p *pathParser) expectText() {
	if p.cur().kind != pathText {
		p.fail()
	}
	p.advance()
}

func (p *pathParser) additive() *pathNode {
	return p.arithmetic(p.multiplicative, "+", "-")
}

func (p *pathParser) multiplicative() *pathNode {
	return p.arithmetic(p.signed, "*", "/", "%")
}

func (p *pathParser) arithmetic(operand func() *pathNode, operators ...string) *pathNode {
	n := operand()
	for {
		at := p.next
		operator := p.accept(operators...)
		if operator == "" {
			return n
		}
		if n.isPredicate() {
			p.next = at
			return p.fail()
		}
		n = &pathNode{kind: pathArithmetic, text: operator, base: n, other: p.items(operand())}
	}
}

func (p *pathParser) signed() *pathNode {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxPathNesting {
		return p.fail()
	}
	if p.is("-") && p.tokens[p.next+1].isNumber() {
		return p.accessors(p.primary())
	}
	if sign := p.accept("+", "-"); sign != "" {
		return &pathNode{kind: pathSign, text: sign, base: p.items(p.signed())}
	}
	return p.accessors(p.primary())
}

func (t pathToken) isNumber() bool { return t.kind >= pathInteger && t.kind <= pathDouble }

// accessors reads what follows an item: .name, […], ?(…) and methods.
func (p *pathParser) accessors(n *pathNode) *pathNode {
	for length := 0; ; length++ {
		symbol := ""
		if p.is(".") || p.is("..") || p.is("[") || p.is("?") {
			symbol = p.cur().text
		}
		if symbol == "" {
			return n
		}
		if n.isPredicate() || length > maxPathNesting {
			return p.fail()
		}
		p.advance()
		switch symbol {
		case "[":
			n = p.subscripts(n)
		case "?":
			p.expect("(")
			n = &pathNode{kind: pathFilter, base: n, other: p.predicate()}
			p.expect(")")
		default:
			n = p.memberOrMethod(n, symbol == "..")
		}
	}
}

func (p *pathParser) memberOrMethod(base *pathNode, descendant bool) *pathNode {
	kind := pathMember
	if descendant {
		kind = pathDescendant
	} else if p.accept("*") != "" {
		return &pathNode{kind: pathWildcard, base: base}
	}
	t := p.cur()
	if t.kind != pathWord && t.kind != pathText {
		return p.fail()
	}
	p.advance()
	refusal, isMethod := pathMethods[t.text]
	if descendant || t.kind == pathText || !isMethod || p.accept("(") == "" {
		return &pathNode{kind: kind, text: t.text, base: base}
	}
	if refusal != "" {
		p.path.unsupported = refusal
		if p.cur().kind == pathText {
			p.advance()
		}
	}
	p.expect(")")
	return &pathNode{kind: pathMethod, text: t.text, base: base}
}

func (p *pathParser) subscripts(base *pathNode) *pathNode {
	n := &pathNode{kind: pathArray, base: base}
	if p.accept("*") != "" {
		p.expect("]")
		return n
	}
	for {
		s := pathSubscript{from: p.sequence()}
		if p.acceptWord("to") {
			s.to = p.sequence()
		}
		n.subscripts = append(n.subscripts, s)
		if p.accept(",") == "" {
			p.expect("]")
			return n
		}
	}
}

// primary reads a literal, a variable, or anything in parentheses.
func (p *pathParser) primary() *pathNode {
	t := p.cur()
	switch {
	case p.accept("(") != "":
		n := p.disjunction()
		n.delimited = true
		p.expect(")")
		return n
	case p.accept("$") != "":
		return &pathNode{kind: pathContext}
	case p.accept("@") != "":
		return &pathNode{kind: pathCurrent}
	case t.kind == pathVariable:
		p.advance()
		return &pathNode{kind: pathNamed, text: t.text}
	case t.kind == pathText:
		p.advance()
		return &pathNode{kind: pathLiteral, literal: textItem(t.text, boundedVarchar(utf8.RuneCountInString(t.text)))}
	case t.isNumber() || p.is("-"):
		return p.number()
	case t.kind == pathWord:
		return p.word(t.text)
	}
	return p.fail()
}

func (p *pathParser) word(word string) *pathNode {
	p.advance()
	switch word {
	case "last":
		return &pathNode{kind: pathLast}
	case "null":
		return &pathNode{kind: pathLiteral, literal: jsonItem(&jsonValue{kind: jsonNull, text: word})}
	case "true", "false":
		return &pathNode{kind: pathLiteral, literal: pathItem{typ: booleanType, truth: word == "true"}}
	case "exists":
		p.expect("(")
		n := &pathNode{kind: pathExists, base: p.sequence(), delimited: true}
		p.expect(")")
		return n
	}
	p.next--
	return p.fail()
}

// number reads a number and its minus sign.
func (p *pathParser) number() *pathNode {
	sign := p.accept("-")
	t := p.advance()
	n := &pathNode{kind: pathLiteral}
	if t.kind == pathDouble {
		f, _ := strconv.ParseFloat(sign+t.text, 64)
		n.literal = pathItem{typ: doubleType, float: f}
		return n
	}
	d, err := parseExact(sign + t.text)
	if err != nil {
		return p.fail()
	}
	n.literal = pathItem{typ: bigintType, exact: d}
	digits := strings.TrimLeft(strings.Replace(t.text, ".", "", 1), "0")
	switch {
	case t.kind == pathDecimal:
		n.literal.typ = decimalType(max(len(digits), d.scale, 1), d.scale)
		if len(digits) > maxPrecision {
			return p.fail()
		}
	case !d.unscaled.IsInt64():
		return p.fail()
	case d.unscaled.Int64() >= math.MinInt32 && d.unscaled.Int64() <= math.MaxInt32:
		n.literal.typ = integerType
	}
	return n
}
