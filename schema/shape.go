package schema

import "strings"

// Shape is how a type is put together of others.
type Shape uint8

// The shapes of types.
const (
	Scalar Shape = iota // of no others
	Array               // of an element
	Map                 // of a key and a value
	Struct              // of fields, which have names
)

// shapes are those that types of DDL have, by their word.
var shapes = map[string]Shape{"array": Array, "map": Map, "struct": Struct}

// Parts returns how the column's type is put together, and its parts as columns:
// the element of an array, the key and the value of a map, the fields of a struct
// under their names. A Scalar has none, and neither has what is no type of DDL.
func (c Column) Parts() (Shape, []Column) {
	word, inner, _ := strings.Cut(c.Declared, "<")
	inner, closed := strings.CutSuffix(inner, ">")
	shape := shapes[word]
	if c.Type != Complex || !closed || shape == Scalar {
		return Scalar, nil
	}
	var parts []Column
	for _, text := range splitParts(inner) {
		name := ""
		if shape == Struct {
			name, text, _ = strings.Cut(text, ":")
		}
		parts = append(parts, NewColumn(name, text))
	}
	if shape == Array && len(parts) != 1 || shape == Map && len(parts) != 2 {
		return Scalar, nil
	}
	return shape, parts
}

// Holds reports whether the type is t, or one of its parts is, at any depth.
func (c Column) Holds(t Type) bool {
	_, parts := c.Parts()
	for _, part := range parts {
		if part.Holds(t) {
			return true
		}
	}
	return c.Type == t
}

// splitParts splits at the commas that stand in no brackets.
func splitParts(text string) []string {
	var parts []string
	depth, from := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '<', '(':
			depth++
		case '>', ')':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, text[from:i])
				from = i + 1
			}
		}
	}
	return append(parts, text[from:])
}
