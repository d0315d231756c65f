package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// Declaration is a table that reads what a Survey found, in Athena as here.
type Declaration struct {
	Table schema.Table
	Notes []string // what the table does not read, or reads wrongly
}

// String is the statement that declares the table.
func (d Declaration) String() string {
	return hive.Print(&hive.CreateTable{IfNotExists: true, Table: d.Table})
}

// Declare gives tables for all flow logs of known format: one for those that
// share a folder, a layout and a format, since Athena reads fields of text by
// their position. Partitions are projected from what the keys spell, so that
// nothing has to be registered: days up to now, and the accounts and regions
// found. location is the s3:// URL of the source's root, for a source that is
// none itself.
func (s *Survey) Declare(location string) ([]Declaration, error) {
	base := s.root
	if location != "" {
		base = location
	}
	base = strings.TrimRight(base, "/") + "/"
	if !strings.HasPrefix(base, "s3://") {
		return nil, fmt.Errorf("declare tables over %s: Athena reads s3:// alone; say where in S3 these objects are", s.root)
	}
	var groups []*declaring
	wrapped := 0
	for _, f := range s.Flows {
		if f.wrapped {
			wrapped++
		} else if f.Known {
			groups = s.group(groups, f, base)
		}
	}
	if groups = apart(groups); wrapped > 0 && len(groups) == 0 {
		return nil, fmt.Errorf("declare tables over %s: %s", s.root, messagesAlone)
	}
	all := make([]Declaration, len(groups))
	names := map[string]int{}
	for i, g := range groups {
		all[i] = Declaration{Table: g.table(), Notes: g.notes(groups)}
		if wrapped > 0 {
			all[i].Notes = append(all[i].Notes, "no table reads some of the objects: "+messagesAlone)
		}
		t := &all[i].Table
		if names[t.Name]++; names[t.Name] > 1 {
			t.Name = fmt.Sprintf("%s_%d", t.Name, names[t.Name])
		}
	}
	return all, nil
}

// messagesAlone says what Athena makes of records in JSON documents.
const messagesAlone = "their records are messages in JSON documents, which Athena has in one column: declare (message string) with ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe', and ask for split_part(message, ' ', 4)"

// declaring is the flow logs that one table reads.
type declaring struct {
	top     string // the folder that the layout's path begins in, or that the objects lie in
	layout  *partitions.Layout
	format  schema.Format
	parquet bool
	bare    bool // objects have no header line
	flows   []SurveyedFlow
}

// group adds a flow log to those with which it shares a table.
func (s *Survey) group(groups []*declaring, f SurveyedFlow, base string) []*declaring {
	p := f.Sample.Partition
	top, layout := base+p.Prefix, p.Layout
	if layout != nil {
		first, _, _ := strings.Cut(layout.Path, "/")
		if i := strings.LastIndex(top, "/"+first+"/"); i >= 0 {
			top = top[:i+1]
		} else {
			layout = nil // the layout begins above what the location names
		}
	}
	parquet := strings.HasSuffix(f.Sample.Key, ".parquet")
	for _, g := range groups {
		if g.top == top && g.layout == layout && g.parquet == parquet && g.bare == f.headless && slices.Equal(g.format.Columns, f.Format.Columns) {
			g.flows = append(g.flows, f)
			return groups
		}
	}
	return append(groups, &declaring{top, layout, f.Format, parquet, f.headless, []SurveyedFlow{f}})
}

// apart splits groups by account, and then by region, as long as they reach flow
// logs of other groups: the accounts and regions of a table are any of those it
// names, together.
func apart(groups []*declaring) []*declaring {
	account := func(p *partitions.Partition) string { return p.Organization + "/" + p.Account }
	region := func(p *partitions.Partition) string { return p.Region }
	for _, of := range []func(*partitions.Partition) string{account, region} {
		var split []*declaring
		for _, g := range groups {
			if !g.overreaches(groups) {
				split = append(split, g)
				continue
			}
			byPlace := map[string]*declaring{}
			for _, f := range g.flows {
				place := of(f.Sample.Partition)
				if byPlace[place] == nil {
					byPlace[place] = &declaring{g.top, g.layout, g.format, g.parquet, g.bare, nil}
					split = append(split, byPlace[place])
				}
				byPlace[place].flows = append(byPlace[place].flows, f)
			}
		}
		groups = split
	}
	return groups
}

// overreaches tells whether the group's accounts and regions meet in a flow log
// of another group, where it has none.
func (g *declaring) overreaches(groups []*declaring) bool {
	for _, other := range groups {
		if other == g || other.top != g.top || other.layout != g.layout {
			continue
		}
		for _, f := range other.flows {
			at := f.Sample.Partition
			has := func(same func(*partitions.Partition) bool) bool {
				return slices.ContainsFunc(g.flows, func(own SurveyedFlow) bool { return same(own.Sample.Partition) })
			}
			if has(func(p *partitions.Partition) bool {
				return p.Organization == at.Organization && p.Account == at.Account
			}) &&
				has(func(p *partitions.Partition) bool { return p.Region == at.Region }) &&
				!has(func(p *partitions.Partition) bool { return p.Account == at.Account && p.Region == at.Region }) {
				return true
			}
		}
	}
	return false
}

// table declares a table over the flow logs.
func (g *declaring) table() schema.Table {
	t := schema.Table{Name: TableName, Location: g.top}
	for i, c := range g.format.Columns {
		if c.Name == "" { // a name that stands twice holds a place
			c.Name = fmt.Sprintf("column_%d", i+1)
		}
		if f, ok := schema.FieldOfColumn(c.Name); ok && f.Of == schema.TransitGateway {
			t.Name = GatewayTableName
		}
		t.Columns = append(t.Columns, c)
	}
	format := schema.StorageFormats[0]
	if g.parquet {
		format, _ = schema.FormatNamed("PARQUET")
	} else if !g.bare {
		t.Properties = t.Properties.With("skip.header.line.count", "1")
	}
	t.Storage = schema.Storage{SerDe: format.SerDe, InputFormat: format.InputFormat, OutputFormat: format.OutputFormat}
	if !g.parquet {
		t.Storage.SerDeProperties = schema.Properties{{Name: schema.FieldDelim, Value: " "}}
	}
	if g.layout != nil {
		g.project(&t)
	}
	return t
}

// project declares the partition columns that the layout's folders spell, and
// the properties that project them ("Partition projection with Amazon Athena").
func (g *declaring) project(t *schema.Table) {
	first, path, _ := strings.Cut(g.layout.Path, "/")
	t.Location += first + "/"
	path = strings.Replace(path, "{year}/{month}/{day}/", "{date}/", 1)
	template := t.Location
	t.Properties = t.Properties.With("projection.enabled", "true")
	for folder := range strings.SplitSeq(strings.TrimSuffix(path, "/"), "/") {
		key, value, isKey := strings.Cut(folder, "=")
		if !isKey {
			key, value = "", folder
		}
		p, projected := g.projections()[value]
		if !projected && !isKey {
			template += folder + "/"
			continue
		}
		if !projected {
			p = projection{kind: "enum", facts: []string{"values", value}}
		}
		if isKey {
			template += key + "="
		} else {
			key = free(p.name, t.Columns)
		}
		template += "${" + key + "}/"
		t.Partitions = append(t.Partitions, schema.Column{Name: key})
		t.Properties = p.declare(t.Properties, key)
	}
	t.Properties = t.Properties.With("storage.location.template", template)
}

// free is a name that no column has.
func free(name string, columns []schema.Column) string {
	for slices.ContainsFunc(columns, func(c schema.Column) bool { return c.Name == name }) {
		name = "aws_" + name
	}
	return name
}

// projection is how the values of a partition column are told: its type, and
// pairs of the further properties' names and values.
type projection struct {
	name  string // of the column, where the layout gives none
	kind  string
	facts []string
}

// declare adds the projection of a column.
func (p projection) declare(properties schema.Properties, column string) schema.Properties {
	at := "projection." + column + "."
	properties = properties.With(at+"type", p.kind)
	for pair := range slices.Chunk(p.facts, 2) {
		properties = properties.With(at+pair[0], pair[1])
	}
	return properties
}

// projections are those of what the folders of layouts tell. Years end now.
func (g *declaring) projections() map[string]projection {
	first := "2015/06/10" // when AWS announced flow logs
	if begun := firstDay(g.flows); begun != "" {
		first = begun
	}
	number := func(bounds string) projection {
		return projection{kind: "integer", facts: []string{"range", bounds, "digits", "2"}}
	}
	hours := number("00,23")
	hours.name = "hour"
	enum := func(name string, of func(*partitions.Partition) string) projection {
		var values []string
		for _, f := range g.flows {
			values = append(values, of(f.Sample.Partition))
		}
		slices.Sort(values)
		return projection{name, "enum", []string{"values", strings.Join(slices.Compact(values), ",")}}
	}
	return map[string]projection{
		"{organization}": enum("organization", func(p *partitions.Partition) string { return p.Organization }),
		"{account}":      enum("account", func(p *partitions.Partition) string { return p.Account }),
		"{region}":       enum("region", func(p *partitions.Partition) string { return p.Region }),
		"{date}":         {"day", "date", []string{"range", first + ",NOW", "format", "yyyy/MM/dd", "interval", "1", "interval.unit", "DAYS"}},
		"{year}":         {"year", "date", []string{"range", first[:4] + ",NOW", "format", "yyyy", "interval", "1", "interval.unit", "YEARS"}},
		"{month}":        number("01,12"),
		"{day}":          number("01,31"),
		"{hour}":         hours,
	}
}

// firstDay is the first day of flow logs, as folders spell it; empty where no key
// tells a day.
func firstDay(flows []SurveyedFlow) string {
	first := ""
	for _, f := range flows {
		if day := f.First.Format("2006/01/02"); f.Days > 0 && (first == "" || day < first) {
			first = day
		}
	}
	return first
}

// notes tell of flow logs that lie in the folders of the table but have another
// format: Athena would read their fields as those of the table.
func (g *declaring) notes(groups []*declaring) []string {
	var notes []string
	for _, other := range groups {
		if other == g || other.top != g.top || other.layout != g.layout {
			continue
		}
		for _, f := range other.flows {
			if slices.ContainsFunc(g.flows, func(own SurveyedFlow) bool { return sameFolders(own, f) }) {
				p := f.Sample.Partition
				notes = append(notes, strings.TrimSpace(fmt.Sprintf("%s %s", p.Account, p.Region))+": flow log "+f.ID+" lies in the same folders with another format, and this table reads its fields by position: leave its days out")
			}
		}
	}
	return notes
}

// sameFolders tells whether objects of two flow logs lie in the same folders. A
// table's days go on to now.
func sameFolders(own, other SurveyedFlow) bool {
	p, q := own.Sample.Partition, other.Sample.Partition
	before := own.Days > 0 && other.Days > 0 && other.Last.Before(own.First)
	return p.Organization == q.Organization && p.Account == q.Account && p.Region == q.Region && !before
}
