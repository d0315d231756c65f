package dialect

import (
	"fmt"
	"strings"
)

// lineForm is a format in which a row is a line of text: how it writes values.
// Values in the SQL of its methods are not NULL.
type lineForm interface {
	// scalar writes the text of a value that is none of many.
	scalar(a *analyzer, t term) string
	// null is the text of NULL.
	null() string
	// array, pairs and row join the texts of what a value is made of. depth is 1 for
	// columns, and grows inwards.
	array(items string, depth int) string
	pair(a *analyzer, key term, value string, depth int) string
	pairs(items string, depth int) string
	row(names, values []string, depth int) string
	// inner is how much deeper the values of a map lie than the map.
	inner() int
}

// TextOutput is Output for files of text in which separator is between fields, as
// LazySimpleSerDe reads them (Trino's SimpleSerializer and encodings/text). The
// first column is the line, without its end; the keys follow. What would not read
// back, a line break or a separator within a field, is an error.
func (a *Analysis) TextOutput(o Output, separator byte) *Analysis {
	return a.lineOutput(o, textForm{separator}, textHeader(o, separator))
}

// textHeader is the line of a file's column names.
func textHeader(o Output, separator byte) string {
	names := make([]string, len(o.Columns))
	for i, c := range o.Columns {
		names[i] = c.Name
	}
	return strings.Join(names, string(rune(separator)))
}

// JSONOutput is TextOutput for files with an object of JSON on each line, as
// Hive's JsonSerDe writes it (Trino's JsonSerializer).
func (a *Analysis) JSONOutput(o Output) *Analysis { return a.lineOutput(o, jsonForm{}, "line") }

// lineOutput writes rows as lines, in a column of that name.
func (a *Analysis) lineOutput(o Output, form lineForm, name string) *Analysis {
	w := &analyzer{zone: utcZone}
	names, values := make([]string, len(o.Columns)), make([]string, len(o.Columns))
	for i, c := range o.Columns {
		names[i], values[i] = c.Name, w.valueText(a.outputTerm(w, c), form, 1)
	}
	return a.outputOf(w, []string{form.row(names, values, 0) + " AS " + duckName(name)}, o.Keys)
}

// valueText writes the text of a value, NULL too.
func (a *analyzer) valueText(t term, form lineForm, depth int) string {
	return let(t.sql, "", func(name string) string {
		t.sql = name
		return fmt.Sprintf("CASE WHEN %s IS NULL THEN %s ELSE %s END", name, form.null(), a.givenText(t, form, depth))
	})
}

// givenText writes the text of a value that is not NULL.
func (a *analyzer) givenText(t term, form lineForm, depth int) string {
	element := duckName(fmt.Sprintf("e~%d", depth))
	switch t.typ.Kind {
	case ArrayKind:
		item := a.valueText(term{typ: t.typ.Args[0], sql: element}, form, depth+1)
		return form.array(fmt.Sprintf("list_transform(%s, lambda %s: %s)", t.sql, element, item), depth)
	case MapKind:
		key := term{typ: t.typ.Args[0], sql: element + ".key"}
		value := a.valueText(term{typ: t.typ.Args[1], sql: element + ".value"}, form, depth+form.inner())
		return form.pairs(fmt.Sprintf("list_transform(map_entries(%s), lambda %s: %s)", t.sql, element, form.pair(a, key, value, depth)), depth)
	case RowKind:
		names, values := make([]string, len(t.typ.Args)), make([]string, len(t.typ.Args))
		for i, field := range t.typ.Args {
			names[i] = strings.ToLower(t.typ.FieldName(i))
			values[i] = a.valueText(term{typ: field, sql: "struct_extract(" + t.sql + ", " + duckString(t.typ.FieldName(i)) + ")"}, form, depth+1)
		}
		return form.row(names, values, depth)
	}
	return form.scalar(a, t)
}

// joinedText writes texts one after the other.
func joinedText(texts []string, separator string) string {
	return "(" + strings.Join(texts, " || "+separator+" || ") + ")"
}

// joinedList writes the items of a list of texts one after the other.
func joinedList(items, separator string) string {
	return fmt.Sprintf("COALESCE(array_to_string(%s, %s), '')", items, separator)
}

// hiveText writes the text of a scalar as Hive has it, in text and JSON alike. A
// timestamp has no more digits of a second than it needs.
func (a *analyzer) hiveText(t term) string {
	switch t.typ.Kind {
	case CharKind:
		return fmt.Sprintf("rpad(%s, %d, ' ')", t.sql, t.typ.Length)
	case RealKind:
		return "vpcq_text_of_json_real(" + t.sql + ")"
	case DoubleKind:
		return "vpcq_text_of_json_double(" + t.sql + ")"
	case TimestampKind:
		return fmt.Sprintf(`regexp_replace(regexp_replace(%s, '0+$', ''), '[.]$', '')`, a.temporalText(t))
	case VarbinaryKind:
		return "to_base64(" + t.sql + ")"
	}
	return a.plainText(t)
}

// textForm is LazySimpleSerDe's: its separators are that of fields, then \x02, \x03, ….
type textForm struct{ field byte }

func (f textForm) null() string { return `'\N'` }

// separator is what stands between values at a depth.
func (f textForm) separator(depth int) string {
	if depth == 0 {
		return duckString(string(rune(f.field)))
	}
	return fmt.Sprintf("chr(%d)", depth+1)
}

// errInText says what a field of text cannot hold.
const errInText = `'vpcq does not write text that holds a line break, a separator of fields or nothing but \N, since it would not read back: write Parquet or JSON'`

func (f textForm) scalar(a *analyzer, t term) string {
	text := a.hiveText(t)
	if !t.typ.isText() {
		return text
	}
	unfit := fmt.Sprintf(`regexp_matches(%s, '[\n\r\x{%x}\x{1}-\x{8}]|^\\N$')`, t.sql, f.field)
	return fmt.Sprintf("CASE WHEN %s THEN %s ELSE %s END", unfit, a.raise(notSupported, errInText), text)
}

func (f textForm) array(items string, depth int) string {
	return joinedList(items, f.separator(depth))
}
func (f textForm) pairs(items string, depth int) string {
	return joinedList(items, f.separator(depth))
}
func (f textForm) row(_, values []string, depth int) string {
	return joinedText(values, f.separator(depth))
}
func (f textForm) pair(a *analyzer, key term, value string, depth int) string {
	return joinedText([]string{a.givenText(key, f, depth+2), value}, f.separator(depth+1))
}
func (f textForm) inner() int { return 2 }

// jsonForm is that of Hive's JsonSerDe.
type jsonForm struct{}

func (f jsonForm) null() string { return "'null'" }

func (f jsonForm) scalar(a *analyzer, t term) string {
	text := a.hiveText(t)
	switch t.typ.Kind {
	case BooleanKind, TinyintKind, SmallintKind, IntegerKind, BigintKind:
		return text
	case DecimalKind:
		return "vpcq_json_decimal(" + text + ")"
	case RealKind, DoubleKind:
		return fmt.Sprintf(`CASE WHEN isfinite(%s) THEN %s ELSE '"' || %s || '"' END`, t.sql, text, text)
	}
	return "vpcq_json_string(" + text + ")"
}

func (f jsonForm) array(items string, _ int) string {
	return "('[' || " + joinedList(items, "','") + " || ']')"
}
func (f jsonForm) pairs(items string, _ int) string {
	return "('{' || " + joinedList(items, "','") + " || '}')"
}
func (f jsonForm) pair(a *analyzer, key term, value string, _ int) string {
	return joinedText([]string{"vpcq_json_string(" + a.hiveText(key) + ")", value}, "':'")
}
func (f jsonForm) row(names, values []string, _ int) string {
	members := make([]string, len(values))
	for i, v := range values {
		members[i] = duckString(string(appendQuotedJSON(nil, names[i]))+":") + " || " + v
	}
	return "('{' || " + strings.Join(members, " || ',' || ") + " || '}')"
}
func (f jsonForm) inner() int { return 1 }
