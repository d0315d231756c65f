package dialect

import (
	"fmt"
	"strconv"
	"strings"
)

// level is how strongly an expression holds together.
type level int

// The levels, those that bind least first.
const (
	lambdaLevel level = iota
	orLevel
	andLevel
	notLevel
	predicateLevel
	concatLevel
	sumLevel
	productLevel
	signLevel
	zoneLevel
	primaryLevel
)

// levelOf is the level of an expression.
func levelOf(e Expression) level {
	switch e := e.(type) {
	case *Lambda:
		return lambdaLevel
	case *Logical:
		if e.Or {
			return orLevel
		}
		return andLevel
	case *Not:
		return notLevel
	case *Comparison, *DistinctFrom, *QuantifiedComparison, *Between, *InList, *InSubquery, *Like, *IsNull:
		return predicateLevel
	case *Binary:
		return binaryLevel(e.Operator)
	case *Unary:
		return signLevel
	case *AtTimeZone:
		return zoneLevel
	}
	return primaryLevel
}

// binaryLevel is the level of a binary operator.
func binaryLevel(o Operator) level {
	switch o {
	case Concat:
		return concatLevel
	case Add, Subtract:
		return sumLevel
	}
	return productLevel
}

// operand writes an expression where one of at least a level may stand: in
// parentheses if it is of a lower one.
func (p *printer) operand(e Expression, least level) {
	if levelOf(e) >= least {
		p.expression(e)
		return
	}
	p.words("(")
	p.expression(e)
	p.words(")")
}

// base writes an operand that a subscript or a field follows.
func (p *printer) base(e Expression) {
	switch e.(type) {
	case *IntegerLiteral, *DecimalLiteral, *DoubleLiteral:
		p.words("(")
		p.expression(e)
		p.words(")")
	default:
		p.operand(e, primaryLevel)
	}
}

// expression writes an expression without parentheses around it.
func (p *printer) expression(e Expression) {
	switch e := e.(type) {
	case *Identifier:
		p.identifier(e)
	case *Dereference:
		p.base(e.Base)
		p.words(".")
		p.identifier(e.Field)
	case *Subscript:
		p.base(e.Base)
		p.words("[")
		p.operand(e.Index, concatLevel)
		p.words("]")
	case *Lambda:
		inParentheses(p, e.Params, p.identifier)
		p.words(" -> ")
		p.expression(e.Body)
	case *Logical:
		p.logical(e)
	case *Not:
		p.words("NOT ")
		p.operand(e.Expr, notLevel)
	case *Binary:
		p.operand(e.Left, levelOf(e))
		p.words(" ", string(e.Operator), " ")
		p.operand(e.Right, levelOf(e)+1)
	case *Unary:
		p.unary(e)
	case *AtTimeZone:
		p.operand(e.Value, zoneLevel)
		p.words(" AT TIME ZONE ")
		p.expression(e.Zone)
	default:
		if !p.literal(e) && !p.predicate(e) && !p.special(e) {
			p.json(e)
		}
	}
}

// logical writes AND or OR.
func (p *printer) logical(l *Logical) {
	word := " AND "
	if l.Or {
		word = " OR "
	}
	for i, term := range l.Terms {
		p.when(i > 0, word)
		p.operand(term, levelOf(l)+1)
	}
}

// unary writes a sign and its operand, such that the sign does not become
// part of a number or the beginning of a comment.
func (p *printer) unary(u *Unary) {
	p.words(string(u.Operator))
	operand := &printer{}
	operand.operand(u.Expr, signLevel)
	text := operand.String()
	switch minus := u.Operator == Subtract; {
	case minus && text[0] == '-':
		p.words(" ", text)
	case minus && (text[0] == '.' || isDigit(text[0])):
		p.words("(", text, ")")
	default:
		p.words(text)
	}
}

// literal writes an expression if it is a literal.
func (p *printer) literal(e Expression) bool {
	switch e := e.(type) {
	case *NullLiteral:
		p.words("NULL")
	case *BooleanLiteral:
		p.words(strings.ToUpper(strconv.FormatBool(e.Value)))
	case *StringLiteral:
		p.text(e)
	case *BinaryLiteral:
		fmt.Fprintf(p, "X'%X'", e.Value)
	case *IntegerLiteral:
		p.when(e.Value < 0, "-")
		p.words(e.Text)
	case *DecimalLiteral:
		p.words(e.Text)
	case *DoubleLiteral:
		p.words(e.Text)
	case *GenericLiteral:
		p.identifier(e.Type)
		p.words(" ")
		p.quoted(e.Value)
	case *IntervalLiteral:
		p.words("INTERVAL ")
		p.when(e.Negative, "-")
		p.quoted(e.Value)
		p.words(" ")
		p.intervalFields(e.From, e.To)
	case *Parameter:
		p.words("?")
	default:
		return false
	}
	return true
}

// intervalFields writes the units of an interval.
func (p *printer) intervalFields(from, to IntervalField) {
	p.words(string(from))
	p.when(to != "", " TO "+string(to))
}

// predicate writes an expression if it is a predicate.
func (p *printer) predicate(e Expression) bool {
	switch e := e.(type) {
	case *Comparison:
		p.relational(e.Left, string(e.Operator), e.Right)
	case *DistinctFrom:
		p.relational(e.Left, "IS "+negated(e.Not, "DISTINCT FROM"), e.Right)
	case *QuantifiedComparison:
		p.operand(e.Value, concatLevel)
		p.words(" ", string(e.Operator), " ", e.Quantifier, " ")
		p.subquery(e.Query)
	case *Between:
		p.relational(e.Value, negated(e.Not, "BETWEEN"), e.Min)
		p.words(" AND ")
		p.operand(e.Max, concatLevel)
	case *InList:
		p.operand(e.Value, concatLevel)
		p.words(" ", negated(e.Not, "IN "))
		inParentheses(p, e.List, p.expression)
	case *InSubquery:
		p.operand(e.Value, concatLevel)
		p.words(" ", negated(e.Not, "IN "))
		p.subquery(e.Query)
	case *Like:
		p.relational(e.Value, negated(e.Not, "LIKE"), e.Pattern)
		optional(p, " ESCAPE ", e.Escape, func(escape Expression) { p.operand(escape, concatLevel) })
	case *IsNull:
		p.operand(e.Value, concatLevel)
		p.words(" IS ", negated(e.Not, "NULL"))
	default:
		return false
	}
	return true
}

// relational writes two values with words between.
func (p *printer) relational(left Expression, words string, right Expression) {
	p.operand(left, concatLevel)
	p.words(" ", words, " ")
	p.operand(right, concatLevel)
}

// negated puts NOT before words.
func negated(not bool, words string) string {
	if not {
		return "NOT " + words
	}
	return words
}
