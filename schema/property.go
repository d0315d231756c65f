package schema

import (
	"slices"
	"strings"
)

// Property is a named text, as TBLPROPERTIES and SERDEPROPERTIES declare it.
type Property struct{ Name, Value string }

// Properties are properties in the order in which they were declared; each name
// stands once. Names are case-sensitive, as Hive has them.
type Properties []Property

// Value returns the value with that name; ok is false where there is none.
func (p Properties) Value(name string) (value string, ok bool) {
	if i := p.index(name); i >= 0 {
		return p[i].Value, true
	}
	return "", false
}

// With returns the properties with one more, or with that name's value
// replaced in its place. The receiver stays as it was.
func (p Properties) With(name, value string) Properties {
	with := slices.Clone(p)
	if i := p.index(name); i >= 0 {
		with[i].Value = value
		return with
	}
	return append(with, Property{name, value})
}

// Sorted returns the properties in the order of their names.
func (p Properties) Sorted() Properties {
	return slices.SortedFunc(slices.Values(p), func(a, b Property) int { return strings.Compare(a.Name, b.Name) })
}

func (p Properties) index(name string) int {
	return slices.IndexFunc(p, func(q Property) bool { return q.Name == name })
}
