package dialect

import (
	"strings"
)

// unnest turns arrays and maps into rows. Several are paired row by row, the
// shorter padded with NULLs. The fields of an array's rows become columns, as in
// Trino, unless the statement names wanted columns and only whole rows give as
// many: Athena's documentation has such queries. On the right of a LEFT JOIN no
// rows are one row of NULLs.
func (a *analyzer) unnest(u *Unnest, alias string, outer *scope, left *source, wanted int) *source {
	s := left.lateral(outer)
	if alias == "" {
		alias = "unnest"
	}
	alias = a.freshAlias(alias)
	w := &unnestWriter{out: &source{}, alias: alias}
	terms := make([]term, len(u.Exprs))
	for i, e := range u.Exprs {
		terms[i] = a.expression(e, s.forClause("UNNEST"))
	}
	w.whole = wholeRows(terms, u.WithOrdinality, wanted)
	for i, t := range terms {
		switch t.typ.Kind {
		case ArrayKind:
			w.lengths = append(w.lengths, "len("+t.sql+")")
			w.array(t)
		case MapKind:
			w.lengths = append(w.lengths, "CAST(cardinality("+t.sql+") AS BIGINT)")
			w.add(t.typ.Args[0], "unnest(map_keys("+t.sql+"))", "")
			w.add(t.typ.Args[1], "unnest(map_values("+t.sql+"))", "")
		default:
			a.fail(u.Exprs[i], typeMismatch, "Cannot unnest type: %s", t.typ)
		}
	}
	longest := "CAST(greatest(0, " + strings.Join(w.lengths, ", ") + ") AS BIGINT)"
	ordinals := "range(1, 1 + " + longest + ")"
	if left != nil && left.join != nil && left.join.padsUnnest(u) {
		ordinals = "CASE WHEN " + longest + " = 0 THEN [NULL] ELSE " + ordinals + " END"
	}
	w.add(bigintType, "unnest("+ordinals+")", "")
	last := len(w.out.fields) - 1
	w.out.ordinals = []string{w.out.fields[last].sql}
	if !u.WithOrdinality {
		w.out.fields = w.out.fields[:last]
	}
	w.out.sql = "LATERAL (SELECT " + strings.Join(w.outer, ", ") + " FROM (SELECT " + strings.Join(w.inner, ", ") + ") AS " + duckName(alias+"_rows") + ") AS " + duckName(alias)
	return w.out
}

// unnestWriter collects the columns of an UNNEST: those of inner unnest, those
// of outer take the fields of rows apart.
type unnestWriter struct {
	out          *source
	alias        string
	inner, outer []string
	lengths      []string
	whole        bool // rows are not taken apart
}

// wholeRows reports whether the wanted number of columns is had only by leaving rows whole.
func wholeRows(terms []term, ordinality bool, wanted int) bool {
	apart, whole := 0, 0
	for _, t := range terms {
		switch {
		case t.typ.Kind == MapKind:
			apart, whole = apart+2, whole+2
		case t.typ.Kind == ArrayKind && t.typ.Args[0].Kind == RowKind:
			apart, whole = apart+len(t.typ.Args[0].Args), whole+1
		default:
			apart, whole = apart+1, whole+1
		}
	}
	if ordinality {
		apart, whole = apart+1, whole+1
	}
	return wanted == whole && wanted != apart
}

func (w *unnestWriter) array(t term) {
	element := t.typ.Args[0]
	sql := "unnest(" + duckCast(t.sql, t.typ) + ")"
	if element.Kind != RowKind || w.whole {
		w.add(element, sql, "")
		return
	}
	inner := w.addInner(sql)
	for i, arg := range element.Args {
		w.addOuter(arg, structField(inner, element.FieldName(i)), element.Names[i])
	}
}

func (w *unnestWriter) add(t Type, sql, name string) { w.addOuter(t, w.addInner(sql), name) }

func (w *unnestWriter) addInner(sql string) string {
	name := duckName("i" + itoa(len(w.inner)))
	w.inner = append(w.inner, sql+" AS "+name)
	return duckName(w.alias+"_rows") + "." + name
}

func (w *unnestWriter) addOuter(t Type, sql, name string) {
	physical := duckName("c" + itoa(len(w.outer)))
	w.outer = append(w.outer, sql+" AS "+physical)
	w.out.fields = append(w.out.fields, &field{name: strings.ToLower(name), typ: t, sql: duckName(w.alias) + "." + physical})
}
