package engine

import (
	"context"
	"slices"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// The tables that stand for the whole source without a declaration: each object
// belongs to the one of them that its format is of.
const (
	TableName        = "vpc_flow_logs"
	GatewayTableName = "tgw_flow_logs" // of Transit Gateways, which AWS delivers to the same folders
)

// relations are the tables that stand for the source, by their names.
type relations map[string]*dialect.Relation

// tableOf names the table that objects of a format belong to: that of Transit
// Gateways if a field of theirs alone is in it.
func tableOf(format schema.Format) string {
	for _, c := range format.Columns {
		if f, ok := schema.FieldOfColumn(c.Name); ok && f.Of == schema.TransitGateway {
			return GatewayTableName
		}
	}
	return TableName
}

// isSourceTable reports whether a name is that of a table that stands for the source.
func isSourceTable(name string) bool { return name == TableName || name == GatewayTableName }

// sourceTables names the tables that the source has objects for, as some of them
// show; the one of VPC flow logs is always there.
func (e *Engine) sourceTables(ctx context.Context, database string) []string {
	if !e.standsForSource(database, TableName) {
		return nil
	}
	lenient := e.lenient()
	lenient.options.Warn = func(string) {}
	objects, err := lenient.someObjects(ctx, objectsToProbe)
	if err != nil {
		return []string{TableName}
	}
	flows, err := lenient.flowLogs(ctx, partitions.Sample(objects))
	if err == nil && slices.ContainsFunc(flows, func(f FlowLog) bool { return f.Known && tableOf(f.Format) == GatewayTableName }) {
		return []string{GatewayTableName, TableName}
	}
	return []string{TableName}
}

// divide leaves out of the scans the objects of flow logs that belong to the
// other table. An object whose name tells no flow log is looked at when it is read.
func divide(scans []*Scanned, flows []FlowLog) {
	table := map[origin]string{}
	for _, f := range flows {
		if f.Known && f.ID != "" {
			table[originOf(f.Sample)] = tableOf(f.Format)
		}
	}
	for _, s := range scans {
		if s.table == nil {
			s.leave(func(o partitions.Object) bool {
				of, known := table[originOf(o)]
				return known && of != s.of
			})
		}
	}
}

// leave leaves objects to the other table.
func (s *Scanned) leave(others func(partitions.Object) bool) {
	if !slices.ContainsFunc(s.Objects, others) {
		return // as most sources have but one kind
	}
	var kept []partitions.Object
	for _, o := range s.Objects {
		if others(o) {
			s.left++
			s.Report.Objects--
			s.Report.Bytes -= o.Size
			continue
		}
		kept = append(kept, o)
	}
	s.Objects = kept
}

// takes returns what tells a scan of the source whether objects of a format are
// its table's, and counts those that are not.
func (r *Result) takes(s *Scanned) func(schema.Format) bool {
	return func(format schema.Format) bool {
		own := tableOf(format) == s.of
		if !own && s.of == TableName {
			r.left.Add(1)
		}
		return own
	}
}

// leftNote says how many objects that a question to one table met belong to the other.
func (r *Result) leftNote() []string {
	left := r.left.Load()
	for _, s := range r.plan.Scans {
		if s.table == nil && s.of == TableName {
			left += int64(s.left)
		}
	}
	if left == 0 {
		return nil
	}
	return []string{Count(left, "object") + " of Transit Gateway flow logs left to the table " + GatewayTableName}
}
