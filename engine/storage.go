package engine

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/schema"
)

// recordsOf says how the records of a declared table are read. columns are those
// of records that are needed. What cannot be read as Athena reads it is refused.
func recordsOf(t *schema.Table, columns []string) (*loader.Declared, error) {
	if kind := t.Storage.Kind(); kind != schema.TextStorage {
		return nil, unreadable(t, "tables of "+t.Storage.SerDe)
	}
	for _, p := range t.Storage.SerDeProperties {
		if refused, ok := unreadProperties[p.Name]; ok && refused(p.Value) {
			return nil, unreadable(t, fmt.Sprintf("tables with '%s'='%s'", p.Name, p.Value))
		}
	}
	d := &loader.Declared{Separator: t.Storage.FieldSeparator()}
	for _, c := range t.Columns {
		if c.Type == schema.Date && slices.Contains(columns, c.Name) {
			return nil, unreadable(t, "columns of dates in text ("+c.Name+")")
		}
		d.Format.Columns = append(d.Format.Columns, dialect.Stored(c))
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

// unreadProperties are the properties of LazySimpleSerDe that change what a
// record says, and the values that do.
var unreadProperties = map[string]func(value string) bool{
	schema.EscapeDelim:                     func(v string) bool { return v != "" },
	schema.NullFormat:                      func(v string) bool { return v != `\N` },
	schema.LineDelim:                       func(v string) bool { return v != "\n" },
	"serialization.last.column.takes.rest": func(v string) bool { return v == "true" },
	"serialization.encoding":               func(v string) bool { return v != "" && v != "UTF-8" && v != "utf-8" },
}

func unreadable(t *schema.Table, what string) error {
	return &dialect.Error{Code: "NOT_SUPPORTED", Message: fmt.Sprintf("vpcq does not read %s yet: table %s.%s", what, t.Database, t.Name)}
}
