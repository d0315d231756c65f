package engine

import (
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/schema"
)

// presumedRelations are the tables before anything has been read.
func presumedRelations(partitionColumns []schema.Column) relations {
	return relations{
		TableName:        presumedRelation(TableName, partitionColumns),
		GatewayTableName: presumedRelation(GatewayTableName, partitionColumns),
	}
}

// presumedRelation is a table before anything has been read: every field AWS
// documents, and any other name may turn out to be a column. It serves to find
// the conditions that prune.
func presumedRelation(name string, partitionColumns []schema.Column) *dialect.Relation {
	r := &dialect.Relation{Name: name, Open: true, Synonyms: olderNames(), Hidden: fileColumns}
	for _, field := range schema.Fields {
		r.Columns = append(r.Columns, field.Column())
	}
	r.Columns = appendMissing(r.Columns, partitionColumns)
	return r
}

// foundRelation is a table as the objects have it.
func foundRelation(name string, columns, partitionColumns []schema.Column) *dialect.Relation {
	return &dialect.Relation{
		Name: name, Columns: appendMissing(append([]schema.Column(nil), columns...), partitionColumns), Synonyms: olderNames(),
		Hidden: fileColumns,
	}
}

// olderNames are the names that AWS's published statements had for columns until
// 2021, such as sourceaddress, by the columns' names of today.
func olderNames() map[string]string {
	older := map[string]string{}
	for _, f := range schema.Fields {
		if name := f.Column().Name; f.Old != "" && f.Old != name {
			older[name] = f.Old
		}
	}
	return older
}

// appendMissing appends those of more that columns does not name.
func appendMissing(columns, more []schema.Column) []schema.Column {
	has := make(map[string]bool, len(columns))
	for _, c := range columns {
		has[c.Name] = true
	}
	for _, c := range more {
		if !has[c.Name] {
			columns = append(columns, c)
			has[c.Name] = true
		}
	}
	return columns
}
