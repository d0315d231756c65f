package engine

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/schema"
)

// recordsOf says how the records of a declared table are read. columns are those
// of records that are needed. What cannot be read as Athena reads it is refused.
func recordsOf(t *schema.Table, columns []string) (*loader.Declared, error) {
	switch t.Storage.Kind() {
	case schema.TextStorage:
		return textOf(t, columns, nil)
	case schema.RegexStorage:
		pattern, err := patternOf(t)
		if err != nil {
			return nil, err
		}
		return textOf(t, columns, pattern)
	case schema.JSONStorage:
		return jsonOf(t, columns)
	case schema.ParquetStorage:
		return parquetOf(t, columns)
	}
	return nil, unreadable(t, "tables of "+t.Storage.SerDe)
}

// parquetOf is recordsOf for Parquet: columns have their names in the objects,
// and 'skip.header.line.count', which AWS's own declaration has, says nothing.
func parquetOf(t *schema.Table, columns []string) (*loader.Declared, error) {
	for _, c := range t.Columns {
		if c.Type == schema.Complex && slices.Contains(columns, c.Name) {
			return nil, unreadable(t, "columns of "+c.DDLType()+" in Parquet ("+c.Name+")")
		}
	}
	return &loader.Declared{Parquet: true, Format: schema.Format{Columns: t.Columns}}, nil
}

// textOf is recordsOf for text of LazySimpleSerDe or, with a pattern, of RegexSerDe.
func textOf(t *schema.Table, columns []string, pattern *regexp.Regexp) (*loader.Declared, error) {
	d := &loader.Declared{Separator: t.Storage.FieldSeparator(), Pattern: pattern}
	for _, p := range t.Storage.SerDeProperties {
		if refused, ok := unreadProperties[p.Name]; ok && refused(p.Value) {
			return nil, unreadable(t, fmt.Sprintf("tables with '%s'='%s'", p.Name, p.Value))
		}
	}
	for _, c := range t.Columns {
		odd := c.Holds(schema.Binary) || d.Pattern != nil && oddInPatterns[c.Type] || hasOddKeys(c) || loader.Levels(c) > schema.MaxNesting
		if odd && slices.Contains(columns, c.Name) {
			return nil, unreadable(t, fmt.Sprintf("columns of type %s in such text (%s)", c.DDLType(), c.Name))
		}
		if c.Type == schema.Complex && !odd {
			d.Parts = &loader.TextParts{Columns: t.Columns, Separators: t.Storage.Separators()}
		}
		stored := dialect.Stored(c)
		if c.Type == schema.Date {
			stored.Type = schema.String // dialect.Relation.TextDates
		}
		d.Format.Columns = append(d.Format.Columns, stored)
	}
	if text, ok := t.Properties.Value("skip.header.line.count"); ok {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return nil, &dialect.Error{Code: "HIVE_INVALID_METADATA", Message: "Invalid value for 'skip.header.line.count' property: " + text}
		}
		d.Skip = n
	}
	if text, ok := t.Properties.Value("skip.footer.line.count"); ok && text != "0" {
		return nil, unreadable(t, "tables with 'skip.footer.line.count'")
	}
	return d, nil
}

// oddInPatterns are the types that RegexSerDe reads otherwise than LazySimpleSerDe.
var oddInPatterns = map[schema.Type]bool{schema.Boolean: true, schema.Date: true, schema.Timestamp: true, schema.Decimal: true, schema.Complex: true}

// hasOddKeys reports whether a type holds a map whose keys may be equal though
// their texts are not.
func hasOddKeys(c schema.Column) bool {
	shape, parts := c.Parts()
	return shape == schema.Map && !plainKeys[parts[0].Type] || slices.ContainsFunc(parts, hasOddKeys)
}

// plainKeys are the types of keys that are equal where their texts are.
var plainKeys = map[schema.Type]bool{
	schema.String: true, schema.TinyInt: true, schema.SmallInt: true, schema.Int: true, schema.BigInt: true,
}

// jsonOf is recordsOf for JSON by OpenX's SerDe or by Hive's.
func jsonOf(t *schema.Table, columns []string) (*loader.Declared, error) {
	for _, c := range t.Columns {
		if (c.Holds(schema.Binary) || hasOddKeys(c)) && slices.Contains(columns, c.Name) {
			return nil, unreadable(t, fmt.Sprintf("columns of type %s in JSON (%s)", c.DDLType(), c.Name))
		}
	}
	d, err := textOf(t, nil, nil)
	if err != nil {
		return nil, err
	}
	j := &loader.JSON{Columns: t.Columns}
	if j.OpenX = strings.HasPrefix(t.Storage.SerDe, "org.openx."); j.OpenX {
		j.Mapping = map[string]string{}
		for _, p := range t.Storage.SerDeProperties {
			if column, ok := strings.CutPrefix(p.Name, "mapping."); ok {
				j.Mapping[column] = p.Value
			}
		}
		isTrue := func(name string) bool {
			v, _ := t.Storage.SerDeProperties.Value(name)
			return strings.EqualFold(v, "true")
		}
		insensitive, given := t.Storage.SerDeProperties.Value("case.insensitive")
		j.IgnoreMalformed, j.Dots = isTrue("ignore.malformed.json"), isTrue("dots.in.keys")
		j.CaseSensitive = given && !strings.EqualFold(insensitive, "true")
	}
	d.JSON, d.Parts = j, nil
	return d, nil
}

// patternOf is the pattern of a table of RegexSerDe, which matches whole lines.
func patternOf(t *schema.Table) (*regexp.Regexp, error) {
	text, ok := t.Storage.SerDeProperties.Value("input.regex")
	if !ok {
		return nil, &dialect.Error{Code: "HIVE_INVALID_METADATA", Message: fmt.Sprintf("Table %s.%s has no SerDe property input.regex", t.Database, t.Name)}
	}
	flags := "s"
	if v, _ := t.Storage.SerDeProperties.Value("input.regex.case.insensitive"); strings.EqualFold(v, "true") {
		flags += "i"
	}
	pattern, err := regexp.Compile(`\A(?` + flags + ":" + text + `)\z`)
	if err != nil {
		return nil, unreadable(t, "the pattern of input.regex ("+err.Error()+")")
	}
	return pattern, nil
}

// unreadProperties are the properties of LazySimpleSerDe that change what a
// record says, and the values that do.
var unreadProperties = map[string]func(value string) bool{
	schema.EscapeDelim:                     func(v string) bool { return v != "" },
	schema.NullFormat:                      func(v string) bool { return v != `\N` },
	schema.LineDelim:                       func(v string) bool { return v != "\n" },
	"timestamp.formats":                    func(v string) bool { return v != "" },
	"serialization.last.column.takes.rest": func(v string) bool { return v == "true" },
	"serialization.encoding":               func(v string) bool { return v != "" && v != "UTF-8" && v != "utf-8" },
}

func unreadable(t *schema.Table, what string) error {
	return &dialect.Error{Code: "NOT_SUPPORTED", Message: fmt.Sprintf("vpcq does not read %s yet: table %s.%s", what, t.Database, t.Name)}
}
