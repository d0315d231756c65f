package dialect

import (
	"errors"
	"strings"
)

// like analyses LIKE.
func (a *analyzer) like(e *Like, s *scope) term {
	value, pattern := a.expression(e.Value, s), a.expression(e.Pattern, s)
	for _, side := range []struct {
		name string
		node Expression
		term term
	}{{"Left side of LIKE expression", e.Value, value}, {"Pattern for LIKE expression", e.Pattern, pattern}} {
		if !side.term.typ.isText() && side.term.typ.Kind != UnknownKind {
			return a.failWithHint(side.node, castHint(side.term.typ), typeMismatch, "%s must evaluate to a varchar (actual: %s)", side.name, side.term.typ)
		}
	}
	sql := "(" + a.coerce(value, varcharType).sql + " LIKE "
	if e.Escape == nil {
		sql += a.coerce(pattern, varcharType).sql + ")"
	} else {
		escape := a.expression(e.Escape, s)
		if text, ok := escape.text(); ok && len([]rune(text)) != 1 {
			return a.fail(e.Escape, functionArgument, "Escape string must be a single character")
		}
		sql += a.escapedPattern(a.coerce(pattern, varcharType), a.coerce(escape, varcharType)) + ` ESCAPE '\')`
	}
	t := term{typ: booleanType, sql: sql}
	if e.Not {
		return a.not(t)
	}
	return t
}

// escapedPattern writes a pattern of LIKE with \ for its escape, the statement's
// own at once where it is well-formed.
func (a *analyzer) escapedPattern(pattern, escape term) string {
	text, known := pattern.text()
	by, escaped := escape.text()
	if known && escaped {
		if rewritten, err := likePattern(text, by); err == nil {
			return duckString(rewritten)
		}
	}
	a.mayFail()
	return "vpcq_like_pattern(" + pattern.sql + ", " + escape.sql + ")"
}

// errEscape is Trino's refusal of a pattern. Source: io.trino.likematcher.LikeMatcher.
var errEscape = errors.New(functionArgument + ": Escape character must be followed by '%', '_' or the escape character itself")

// likePattern gives the pattern that says with the escape \ what one says with
// another, before which DuckDB would let anything stand.
func likePattern(pattern, escape string) (string, error) {
	if len([]rune(escape)) != 1 {
		return "", errors.New(functionArgument + ": Escape string must be a single character")
	}
	var out strings.Builder
	special, characters := []rune(escape)[0], []rune(pattern)
	for i := 0; i < len(characters); i++ {
		c := characters[i]
		switch {
		case c == special && (i+1 == len(characters) || !strings.ContainsRune("%_"+escape, characters[i+1])):
			return "", errEscape
		case c == special:
			i++
			out.WriteRune('\\')
		case c == '\\':
			out.WriteRune('\\')
		}
		out.WriteRune(characters[i])
	}
	return out.String(), nil
}
