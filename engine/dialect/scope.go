package dialect

import (
	"slices"
	"strings"
)

// field is a column that a scope offers to expressions.
type field struct {
	relation []string // the qualified name of its relation in lower case, an alias being one part; nil without
	name     string   // "" for one without
	synonym  string   // a second name, "" for one without
	typ      Type
	sql      string
	column   *columnRef // the table's column that it passes on, nil where it is none
	fails    bool       // its evaluation may fail, where DuckDB computes it anew
	hidden   bool       // * does not give it
	unread   string     // the type in DDL of a column that vpcq cannot read; else ""
}

// mustRead refuses a field whose values vpcq cannot read.
func (a *analyzer) mustRead(n Node, f *field) {
	if f.unread != "" {
		a.refuse(n, "columns of type %s (%s)", f.unread, f.name)
	}
}

// use notes that the statement needs the field.
func (f *field) use() { f.column.mark() }

// scope is what the names of an expression may refer to: the fields of FROM,
// and through parent those of the query around it.
type scope struct {
	parent      *scope
	fields      []*field
	outputs     []*field                        // of ORDER BY: the names of the SELECT list, which go first
	open        []*openRelation                 // relations whose columns are not all known
	queries     map[string]*namedQuery          // common table expressions, by name in lower case
	lambda      map[string]term                 // parameters of the lambda whose body this is, by name in lower case
	ordinals    []string                        // the positions of the rows of UNNEST, as SQL
	streams     bool                            // the rows of UNNEST come in order
	windows     map[string]*WindowSpecification // of the WINDOW clause, by name in lower case
	scalar      string                          // the part of the query, where it may have no aggregates and windows
	aggregating string                          // the aggregate within whose arguments the scope is
	windowing   bool                            // within the arguments of a window function
	lazy        bool                            // columns are not needed yet
	beside      bool                            // of what stands to the left of a lateral relation
	lifted      *lifted                         // of the condition of an outer join
	calls       *calls                          // of the SELECT
	terms       map[Expression]term             // of the SELECT's expressions
	keys        map[string]bool                 // the SELECT's grouping expressions, as groupKey gives them
	local       map[Expression]bool             // expressions that are columns of this very SELECT
	pattern     *patternScope                   // of the conditions and measures of MATCH_RECOGNIZE
}

// openRelation is a use of a relation that takes any column for a varchar.
type openRelation struct {
	name  []string
	alias string
	use   *TableUse
	fixed bool // as in columnRef
}

// inside returns a scope for a part of s, which the caller may change.
func (s *scope) inside() *scope {
	c := *s
	return &c
}

// lambdas returns how many lambdas s is within.
func (s *scope) lambdas() int {
	n := 0
	for ; s != nil; s = s.parent {
		if s.lambda != nil {
			n++
		}
	}
	return n
}

// matches reports whether the field answers to a qualifier: its relation's alias, or
// the last parts of its relation's name.
func (f *field) matches(qualifier []string) bool {
	n := len(f.relation) - len(qualifier)
	return n >= 0 && slices.Equal(f.relation[n:], qualifier)
}

// find returns the fields of this very scope with the name and qualifier, both
// in lower case; where none has the name, those that have it for a synonym.
func (s *scope) find(qualifier []string, name string) []*field {
	var found, synonyms []*field
	for _, f := range s.fields {
		switch {
		case name == "" || !f.matches(qualifier):
		case strings.EqualFold(f.name, name):
			found = append(found, f)
		case strings.EqualFold(f.synonym, name):
			synonyms = append(synonyms, f)
		}
	}
	if found == nil {
		return synonyms
	}
	return found
}

// resolve returns the term that a dotted name stands for: the longest
// qualified column it begins with, and the fields of rows after that.
func (a *analyzer) resolve(n Node, parts []string, s *scope) term {
	lower := lowered(parts)
	if s.pattern != nil {
		return a.patternColumn(n, parts, s.pattern)
	}
	for at := s; at != nil; at = at.parent {
		if t, ok := at.lambda[lower[0]]; ok {
			return a.rowFields(n, t, parts[1:])
		}
		if t, ok := at.output(lower); ok {
			if s.aggregating != "" {
				return a.fail(n, columnNotFound, "Invalid reference to output projection attribute from ORDER BY aggregation")
			}
			if at.calls != nil {
				at.calls.outputs++
			}
			return a.rowFields(n, t, parts[1:])
		}
		for split := min(len(parts)-1, 3); split >= 0; split-- {
			found := at.find(lower[:split], lower[split])
			if len(found) > 1 {
				return a.fail(n, ambiguousName, "Column '%s' is ambiguous", strings.Join(lower[:split+1], "."))
			}
			if len(found) == 1 && at.lifted != nil && !s.sameQuery(at) {
				return a.fail(n, invalidColumnReference, "Reference to column '%s' from outer scope not allowed in this context", strings.Join(lower, "."))
			}
			if len(found) == 1 {
				return a.rowFields(n, a.fieldTerm(n, found[0], s, at), parts[split+1:])
			}
		}
		if t, ok := at.openColumn(lower); ok {
			return t
		}
	}
	return a.failWithHint(n, columnHint(n, parts[len(parts)-1], s), columnNotFound, "Column '%s' cannot be resolved", strings.Join(lower, "."))
}

// fieldTerm returns the term of a field of the scope at, as seen from s.
func (a *analyzer) fieldTerm(n Node, f *field, s, at *scope) term {
	a.reads(f)
	a.mustRead(n, f)
	t := term{typ: f.typ, sql: f.sql}
	same := s.sameQuery(at)
	if !same && s.lambda != nil && !at.beside { // DuckDB finds no such column
		return a.refuse(n, "a lambda that names a column of an outer query")
	}
	if !same || !s.lazy {
		f.use()
	}
	if !same {
		a.reached = append(a.reached, reach{n, at})
	}
	if same {
		t.column = f.column
		if s.local != nil {
			if e, ok := n.(Expression); ok {
				s.local[e] = true
			}
		}
	}
	return t
}

// sameQuery reports whether at is s or reached from it through lambdas only.
func (s *scope) sameQuery(at *scope) bool {
	for ; s != nil; s = s.parent {
		if s == at || len(s.fields) > 0 && len(at.fields) > 0 && &s.fields[0] == &at.fields[0] {
			return true
		}
		if s.lambda == nil {
			return false
		}
	}
	return false
}

// output finds a name of the SELECT list, where ORDER BY looks first. Names that
// repeat stand for nothing, unless for the same expression.
func (s *scope) output(parts []string) (term, bool) {
	var found *field
	for _, f := range s.outputs {
		if f.name != parts[0] {
			continue
		}
		if found != nil && found.sql != f.sql {
			return term{}, false
		}
		found = f
	}
	if found == nil {
		return term{}, false
	}
	found.use()
	return term{typ: found.typ, sql: found.sql}, true
}

// openColumn takes a name for a column of a relation whose columns are not
// known. Its type is unknown, so that what is wrong with it is found later.
func (s *scope) openColumn(parts []string) (term, bool) {
	for _, r := range s.open {
		qualifier, name := parts[:len(parts)-1], parts[len(parts)-1]
		if !(&field{relation: r.name}).matches(qualifier) {
			continue
		}
		ref := &columnRef{use: r.use, name: name, fixed: r.fixed}
		if !s.lazy {
			ref.mark()
		}
		return term{typ: unknownType, sql: duckName(r.alias) + "." + duckName(name), column: ref}, true
	}
	return term{}, false
}

// rowFields follows the names of fields into a row.
func (a *analyzer) rowFields(n Node, t term, names []string) term {
	if len(names) > 0 {
		t.column.mark()
	}
	for _, name := range names {
		i := t.typ.fieldIndex(name)
		if i >= 0 && slices.ContainsFunc(t.typ.Names[i+1:], func(other string) bool { return strings.EqualFold(other, name) }) {
			return a.fail(n, ambiguousName, "Ambiguous row field reference: %s", name)
		}
		if t.typ.Kind != RowKind {
			return a.fail(n, typeMismatch, "Expression %s is not of type ROW", describe(n))
		}
		if i < 0 {
			return a.fail(n, columnNotFound, "Column '%s' cannot be resolved", name)
		}
		t = term{typ: t.typ.Args[i], sql: structField(t.sql, t.typ.FieldName(i))}
	}
	return t
}

// structField writes the access to a field of a STRUCT.
func structField(sql, name string) string {
	return "struct_extract(" + sql + ", " + duckString(name) + ")"
}

// names lists every name that could have been meant.
func (s *scope) names() []string {
	var names []string
	for ; s != nil; s = s.parent {
		for _, f := range s.fields {
			names = append(names, f.name)
		}
	}
	return names
}

func lowered(parts []string) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = strings.ToLower(p)
	}
	return out
}
