package schema

import (
	"fmt"
	"strings"
)

// Format is the columns of one object's records, in their order. A column
// without a name holds a place in the record and cannot be asked for.
type Format struct {
	Columns []Column
}

// Index returns the place of the column with that name, or -1.
func (f Format) Index(column string) int {
	for i, c := range f.Columns {
		if c.Name == column && column != "" {
			return i
		}
	}
	return -1
}

// String returns the format as a log format: "${version} ${account-id}".
func (f Format) String() string {
	var b strings.Builder
	for i, c := range f.Columns {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("${" + strings.ReplaceAll(c.Name, "_", "-") + "}")
	}
	return b.String()
}

// ParseHeader returns the format that line, an object's first, announces; ok is
// false where line is a record (objects from Firehose and from CloudWatch
// exports have no header) or anything else. The end of the line may be left on.
//
// A header is names with exactly one space between them. It has at least two
// names of Fields (hyphens or underscores), or is nothing but one; the others may
// be unknown, and become String columns. A name is letters, digits, hyphens and underscores, starts
// with a letter, and is not all capitals. A record meets this only if two
// values that people choose (tags, ECS names) are spelt like fields while it has
// no number, address, ARN, ACCEPT, OK or "-" in it.
//
// Where a name comes twice, the first is the column and the others only hold
// their places.
func ParseHeader(line []byte) (f Format, ok bool) {
	text := strings.TrimRight(string(line), "\r\n")
	known := 0
	names := strings.Split(text, " ")
	for _, name := range names {
		if !isName(name) {
			return Format{}, false
		}
		if _, ok := FieldOfColumn(columnName(name)); ok {
			known++
		}
	}
	if known < 2 && known < len(names) {
		return Format{}, false
	}
	return formatOf(names), true
}

// isName reports whether s is spelt as the name of a field could be.
func isName(s string) bool {
	lower := false
	for i, r := range []byte(s) {
		switch {
		case 'a' <= r && r <= 'z':
			lower = true
		case 'A' <= r && r <= 'Z':
		case '0' <= r && r <= '9', r == '-', r == '_':
			if i == 0 {
				return false
			}
		default:
			return false
		}
	}
	return lower
}

// formatOf returns the format with the columns of the named fields.
func formatOf(names []string) Format {
	f := Format{Columns: make([]Column, len(names))}
	seen := make(map[string]bool, len(names))
	for i, name := range names {
		column := Column{Name: columnName(name), Type: String}
		if field, ok := FieldOfColumn(column.Name); ok {
			column = field.Column()
		}
		if !seen[column.Name] {
			f.Columns[i] = column
		}
		seen[column.Name] = true
	}
	return f
}

// ParseLogFormat returns the format that s spells, either as a flow log's
// definition does, "${version} ${account-id}", or as a header line does,
// "version account-id". A name that is not one of Fields becomes a String column,
// unless it is one of Fields in another spelling. Errors name the bad token and
// its place, counted in bytes from 1.
func ParseLogFormat(s string) (Format, error) {
	var names []string
	for place := 0; place < len(s); {
		end := strings.IndexAny(s[place:], " \t\r\n")
		if end < 0 {
			end = len(s) - place
		}
		if end > 0 {
			name, err := tokenName(s[place:place+end], names)
			if err != nil {
				return Format{}, fmt.Errorf("parse log format: position %d: %w", place+1, err)
			}
			names = append(names, name)
		}
		place += end + 1
	}
	if len(names) == 0 {
		return Format{}, fmt.Errorf("parse log format: no fields: write it as '${version} ${account-id} …'")
	}
	return formatOf(names), nil
}

// tokenName returns the field that a token of a log format names; before is the fields named so far.
func tokenName(token string, before []string) (string, error) {
	name := token
	if strings.HasPrefix(token, "${") {
		if !strings.HasSuffix(token, "}") || strings.Count(token, "$") > 1 {
			return "", fmt.Errorf("%q: want one field in ${…}, and spaces between fields", token)
		}
		name = token[2 : len(token)-1]
	}
	if !isName(name) {
		return "", fmt.Errorf("%q is no name of a field: want letters, digits and hyphens", token)
	}
	if field, ok := misspelt(name); ok {
		return "", fmt.Errorf("%q is no field of flow logs: is ${%s} meant?", token, field.Name)
	}
	for i, b := range before {
		if columnName(b) == columnName(name) {
			return "", fmt.Errorf("%q: field %d is %s already", token, i+1, b)
		}
	}
	return name, nil
}

// misspelt returns the field that name spells in a way of its own: as a column
// ("account_id"), in capitals, or as the older DDLs do ("sourceaddress").
func misspelt(name string) (f Field, ok bool) {
	if _, ok := FieldNamed(name); ok {
		return Field{}, false
	}
	want := strings.Map(letters, name)
	for _, f := range Fields {
		if strings.Map(letters, f.Name) == want || f.Old == want {
			return f, true
		}
	}
	return Field{}, false
}

// letters keeps lower-case letters and digits, for comparing names loosely.
func letters(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r - 'A' + 'a'
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return r
	}
	return -1
}
