package partitions

import (
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// templateProperty says where projected partitions lie.
const templateProperty = "storage.location.template"

// template is the prefix of projected partitions: fixed text and columns in turn.
type template struct {
	texts   []string // one more than columns
	columns []string
	escape  bool // whether values are spelt as Hive spells them in folders
}

// newTemplate reads where the table's projected partitions lie: as the property
// says, else in folders named column=value below the location.
func newTemplate(table *schema.Table) (template, error) {
	text, ok := table.Properties.Value(templateProperty)
	if !ok {
		return hiveTemplate(table), nil
	}
	var t template
	for {
		before, rest, found := strings.Cut(text, "${")
		column, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			break
		}
		t.texts, t.columns = append(t.texts, before), append(t.columns, strings.ToLower(column))
		text = after
	}
	t.texts = append(t.texts, strings.TrimRight(text, "/")+"/")
	return t, t.check(table)
}

// check holds that the template names the table's partition columns and no others.
func (t template) check(table *schema.Table) error {
	has := map[string]bool{}
	for _, name := range t.columns {
		has[name] = true
	}
	for _, c := range table.Partitions {
		if !has[c.Name] {
			return invalidProperty("Table %s: the property '%s' lacks the partition column ${%s}", table.Name, templateProperty, c.Name)
		}
		delete(has, c.Name)
	}
	for _, name := range t.columns {
		if has[name] {
			return invalidProperty("Table %s: the property '%s' names ${%s}, which is no partition column", table.Name, templateProperty, name)
		}
	}
	return nil
}

// hiveTemplate is folders named column=value, in the order of the columns.
func hiveTemplate(table *schema.Table) template {
	t := template{texts: []string{strings.TrimRight(table.Location, "/") + "/"}, escape: true}
	for _, c := range table.Partitions {
		t.texts[len(t.texts)-1] += c.Name + "="
		t.columns, t.texts = append(t.columns, c.Name), append(t.texts, "/")
	}
	return t
}

// fill puts the columns' values in.
func (t template) fill(values map[string]string) string {
	var b strings.Builder
	for i, name := range t.columns {
		b.WriteString(t.texts[i])
		if t.escape {
			b.WriteString(escapeFolder(values[name]))
			continue
		}
		b.WriteString(values[name])
	}
	b.WriteString(t.texts[len(t.columns)])
	return b.String()
}

// unsafeInFolders are the characters that Hive does not leave in the name of a
// folder (its FileUtils.escapePathName).
const unsafeInFolders = "\"#%'*/:=?\\{[]^\x7f"

// escapeFolder spells a value as Hive does in the name of a folder.
func escapeFolder(value string) string {
	var b strings.Builder
	for _, c := range []byte(value) {
		if c < ' ' || strings.IndexByte(unsafeInFolders, c) >= 0 {
			b.WriteString("%" + hexByte(c))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func hexByte(c byte) string {
	return string([]byte{"0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15]})
}
