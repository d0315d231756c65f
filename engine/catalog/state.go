package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/schema"
)

// state is what a file declares. Once others see it, it does not change.
type state struct {
	items   []*item
	tail    string // what stands behind the last statement
	byKey   map[key]*item
	changed bool
}

// header begins a file that vpcq makes.
const header = `-- The catalog of vpcq: databases, tables, partitions, views, prepared statements.
-- It is plain text to read, edit, compare and share. A change that vpcq makes
-- keeps what else stands here, comments too.
`

// parse reads a script. Statements that known has are not read again.
func parse(script string, known *state) (*state, error) {
	pieces, tail := hive.Split(script)
	s := &state{tail: tail, byKey: make(map[key]*item, len(pieces))}
	parsed := map[string]*item{}
	if known != nil {
		for _, it := range known.items {
			if !it.rests {
				parsed[it.text] = it
			}
		}
	}
	for _, piece := range pieces {
		it, err := parsed[piece.Text], error(nil)
		if it == nil {
			it, err = newItem(piece.Text)
		}
		if err == nil {
			placed := *it
			placed.lead, placed.line = piece.Lead, piece.Line
			placed.partitions = slices.Clone(placed.partitions) // which check completes
			it, err = &placed, s.check(&placed)
		}
		if err != nil {
			return nil, damage(err, piece.Line)
		}
		s.items = append(s.items, it)
		if it.key.kind != partitionKind {
			s.byKey[it.key] = it
		}
	}
	return s, nil
}

// damage tells of a statement that cannot be read, with its line in the file.
func damage(err error, line int) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Line > 0 {
		return fmt.Errorf("line %d, column %d: %s", line+f.Line-1, f.Column, f.Message)
	} else if f != nil {
		return fmt.Errorf("line %d: %s", line, f.Message)
	}
	return fmt.Errorf("line %d: %w", line, err)
}

// check refuses an item that does not fit those before it.
func (s *state) check(it *item) error {
	k := it.key
	if k.kind == partitionKind {
		t := s.byKey[key{tableKind, k.database, k.name}]
		if t == nil || t.table == nil {
			return fmt.Errorf("there is no table %s.%s above these partitions", k.database, k.name)
		}
		for i, p := range it.partitions {
			spec, err := complete(t.table, p.Spec)
			if err != nil {
				return err
			}
			it.partitions[i].Spec = spec
			if p.Location == "" {
				it.partitions[i].Location = locationOf(t.table, spec)
			}
		}
		return nil
	}
	if before := s.byKey[k]; before != nil {
		return fmt.Errorf("%s is declared on line %d already", strings.Trim(k.database+"."+k.name, "."), before.line)
	}
	if k.kind == tableKind && !s.hasDatabase(k.database) {
		return fmt.Errorf("there is no database %s above; CREATE DATABASE declares it", k.database)
	}
	return nil
}

// String is the script.
func (s *state) String() string {
	var b strings.Builder
	for _, it := range s.items {
		b.WriteString(it.lead)
		b.WriteString(it.text)
		if strings.Contains(it.text[strings.LastIndexByte(it.text, '\n')+1:], "--") {
			b.WriteByte('\n') // not into the comment that the statement ends with
		}
		b.WriteByte(';')
	}
	b.WriteString(strings.TrimRight(s.tail, "\n"))
	b.WriteByte('\n')
	return b.String()
}

// clone is a state to change.
func (s *state) clone() *state {
	c := &state{items: slices.Clone(s.items), tail: s.tail, byKey: make(map[key]*item, len(s.byKey)+1)}
	for k, it := range s.byKey {
		c.byKey[k] = it
	}
	return c
}

// hasDatabase tells whether there is a database.
func (s *state) hasDatabase(name string) bool {
	return name == DefaultDatabase || s.byKey[key{databaseKind, name, ""}] != nil
}

// put adds an item behind the others, or in the place of old.
func (s *state) put(old, it *item) {
	s.changed = true
	if it.key.kind != partitionKind {
		s.byKey[it.key] = it
	}
	if i := slices.Index(s.items, old); old != nil && i >= 0 {
		it.lead = old.lead
		s.items[i] = it
		return
	}
	it.lead = "\n\n"
	if len(s.items) == 0 {
		it.lead, s.tail = s.lead(), ""
	}
	s.items = append(s.items, it)
}

// lead is what stands before the first item of a file.
func (s *state) lead() string {
	if strings.TrimSpace(s.tail) == "" {
		return header + "\n"
	}
	return strings.TrimRight(s.tail, "\n") + "\n\n"
}

// insert adds an item behind another.
func (s *state) insert(behind, it *item) {
	s.changed = true
	it.lead = "\n"
	s.items = slices.Insert(s.items, slices.Index(s.items, behind)+1, it)
}

// remove takes an item out. The comment right above it goes with it; what stands
// further above stays.
func (s *state) remove(it *item) {
	s.changed = true
	i := slices.Index(s.items, it)
	s.items = slices.Delete(s.items, i, i+1)
	if it.key.kind != partitionKind {
		delete(s.byKey, it.key)
	}
	kept := ""
	if blank := strings.LastIndex(it.lead, "\n\n"); blank >= 0 {
		kept = it.lead[:blank]
	}
	switch {
	case strings.TrimSpace(kept) == "":
	case i < len(s.items):
		next := *s.items[i]
		next.lead = kept + "\n\n" + strings.TrimLeft(next.lead, "\n")
		s.replace(s.items[i], &next)
	default:
		s.tail = kept + "\n" + strings.TrimLeft(s.tail, "\n")
	}
}

// replace puts an equal item with another lead in the place of old.
func (s *state) replace(old, it *item) {
	s.items[slices.Index(s.items, old)] = it
	if it.key.kind != partitionKind {
		s.byKey[it.key] = it
	}
}

// partitionItems are the statements that register partitions of a table.
func (s *state) partitionItems(database, table string) []*item {
	var all []*item
	for _, it := range s.items {
		if it.key == (key{partitionKind, database, table}) {
			all = append(all, it)
		}
	}
	return all
}

// complete puts a spec into the order of the table's partition columns, of which
// it must name each.
func complete(t *schema.Table, spec hive.PartitionSpec) (hive.PartitionSpec, error) {
	if len(t.Partitions) == 0 {
		return nil, refuse("SemanticException table is not partitioned but partition spec exists: " + specText(spec))
	}
	ordered := make(hive.PartitionSpec, 0, len(t.Partitions))
	for _, c := range t.Partitions {
		value, ok := schema.Properties(spec).Value(c.Name)
		if !ok {
			return nil, refuse(fmt.Sprintf("SemanticException partition spec %s doesn't contain all (%d) partition columns", specText(spec), len(t.Partitions)))
		}
		ordered = append(ordered, schema.Property{Name: c.Name, Value: value})
	}
	if len(spec) > len(ordered) {
		return nil, refuse("SemanticException [Error 10096]: partition spec " + specText(spec) + " names a column that is no partition column")
	}
	return ordered, nil
}

// specText is a spec as Hive's messages have it: {k=v, l=w}.
func specText(spec hive.PartitionSpec) string {
	items := make([]string, len(spec))
	for i, p := range spec {
		items[i] = p.Name + "=" + p.Value
	}
	return "{" + strings.Join(items, ", ") + "}"
}

// locationOf is where a partition's objects are unless its statement tells.
func locationOf(t *schema.Table, spec hive.PartitionSpec) string {
	return strings.TrimRight(t.Location, "/") + "/" + hive.PartitionName(spec) + "/"
}

// refuse is the error of a statement that Hive refuses.
func refuse(message string) error { return &fault.Error{Code: "FAILED", Message: message} }

// taskError is the error of a statement that fails as it runs.
func taskError(message string) error {
	return refuse("Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. " + message)
}
