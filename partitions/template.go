package partitions

import (
	"slices"
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// templateProperty says where projected partitions lie.
const templateProperty = "storage.location.template"

// template is the prefix of projected partitions: fixed text and columns in turn.
type template struct {
	texts   []string // one more than columns
	columns []int    // numbers of the table's partition columns
	escape  bool     // whether values are spelt as Hive spells them in folders
}

// newTemplate reads where the table's projected partitions lie: as the property
// says, else in folders named column=value below the location.
func newTemplate(table *schema.Table) (template, error) {
	text, ok := table.Properties.Value(templateProperty)
	if !ok {
		return hiveTemplate(table), nil
	}
	whole := text
	var t template
	for {
		before, rest, found := strings.Cut(text, "${")
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			break
		}
		column := slices.IndexFunc(table.Partitions, func(c schema.Column) bool { return strings.EqualFold(c.Name, name) })
		if column < 0 {
			return t, invalidProperty("Table %s: the property '%s' = '%s' names ${%s}, which is no partition column", table.Name, templateProperty, whole, name)
		}
		t.texts, t.columns = append(t.texts, before), append(t.columns, column)
		text = after
	}
	t.texts = append(t.texts, strings.TrimRight(text, "/")+"/")
	for i, c := range table.Partitions {
		if !slices.Contains(t.columns, i) {
			return t, invalidProperty("Table %s: the property '%s' = '%s' lacks the partition column ${%s}", table.Name, templateProperty, whole, c.Name)
		}
	}
	return t, nil
}

// hiveTemplate is folders named column=value, in the order of the columns.
func hiveTemplate(table *schema.Table) template {
	t := template{texts: []string{strings.TrimRight(table.Location, "/") + "/"}, escape: true}
	for i, c := range table.Partitions {
		t.texts[len(t.texts)-1] += c.Name + "="
		t.columns, t.texts = append(t.columns, i), append(t.texts, "/")
	}
	return t
}

// fill puts the columns' values in.
func (t template) fill(values []spelling) string {
	var b strings.Builder
	for i, column := range t.columns {
		b.WriteString(t.texts[i])
		text := values[column].text
		if t.escape {
			text = escapeFolder(text)
		}
		b.WriteString(text)
	}
	b.WriteString(t.texts[len(t.columns)])
	return b.String()
}

// unsafeInFolders are the characters that Hive does not leave in the name of a
// folder (its FileUtils.escapePathName).
const unsafeInFolders = "\"#%'*/:=?\\{[]^\x7f"

// escapeFolder spells a value as Hive does in the name of a folder.
func escapeFolder(value string) string {
	if !strings.ContainsFunc(value, isUnsafe) {
		return value
	}
	var b strings.Builder
	for _, c := range []byte(value) {
		if isUnsafe(rune(c)) {
			b.WriteString("%" + hexByte(c))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func isUnsafe(c rune) bool { return c < ' ' || strings.ContainsRune(unsafeInFolders, c) }

func hexByte(c byte) string {
	return string([]byte{"0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15]})
}
