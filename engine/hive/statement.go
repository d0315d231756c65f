package hive

import "github.com/vpcq/vpcq/schema"

// Statement is one parsed statement of Hive's language: a pointer to one of the
// types of this file.
type Statement interface{ write(p *printer) }

// Name names a table or a view.
type Name struct {
	Database string // empty where none is written
	Table    string
}

// PartitionSpec names a partition by the values of its keys, in the order
// written. Values are text, whatever the type of the key: 2021 and '2021' are
// the same.
type PartitionSpec []schema.Property

// NewPartition is a partition to be registered.
type NewPartition struct {
	Spec     PartitionSpec
	Location string // empty where the table's location tells it
}

// CreateTable is CREATE EXTERNAL TABLE.
type CreateTable struct {
	IfNotExists bool
	Table       schema.Table // Database is empty where none is written
}

// DropTable is DROP TABLE.
type DropTable struct {
	Name     Name
	IfExists bool
}

// AddPartitions is ALTER TABLE … ADD PARTITION.
type AddPartitions struct {
	Table       Name
	IfNotExists bool
	Partitions  []NewPartition
}

// DropPartitions is ALTER TABLE … DROP PARTITION.
type DropPartitions struct {
	Table    Name
	IfExists bool
	Specs    []PartitionSpec
}

// RenamePartition is ALTER TABLE … PARTITION … RENAME TO PARTITION ….
type RenamePartition struct {
	Table    Name
	From, To PartitionSpec
}

// AddColumns is ALTER TABLE … ADD COLUMNS, or REPLACE COLUMNS.
type AddColumns struct {
	Table     Name
	Partition PartitionSpec // nil where the whole table is meant
	Replace   bool
	Columns   []schema.Column
}

// ChangeColumn is ALTER TABLE … CHANGE COLUMN.
type ChangeColumn struct {
	Table  Name
	Old    string
	Column schema.Column
	First  bool
	After  string // empty where the column keeps its place, or is First
}

// SetLocation is ALTER TABLE … SET LOCATION.
type SetLocation struct {
	Table     Name
	Partition PartitionSpec // nil where the whole table is meant
	Location  string
}

// SetProperties is ALTER TABLE … SET TBLPROPERTIES.
type SetProperties struct {
	Table      Name
	Properties schema.Properties
}

// RepairTable is MSCK REPAIR TABLE.
type RepairTable struct{ Table Name }

// CreateDatabase is CREATE DATABASE, or CREATE SCHEMA.
type CreateDatabase struct {
	Name        string
	IfNotExists bool
	Comment     string
	Location    string
	Properties  schema.Properties
}

// DropDatabase is DROP DATABASE, or DROP SCHEMA.
type DropDatabase struct {
	Name     string
	IfExists bool
	Cascade  bool
}

// AlterDatabase is ALTER DATABASE … SET DBPROPERTIES.
type AlterDatabase struct {
	Name       string
	Properties schema.Properties
}

// ShowDatabases is SHOW DATABASES, or SHOW SCHEMAS.
type ShowDatabases struct{ Pattern string } // empty for all: see MatchesExpression

// ShowTables is SHOW TABLES, or SHOW VIEWS.
type ShowTables struct {
	Views    bool
	Database string // empty for the current one
	Pattern  string // empty for all: see Matches
}

// ShowColumns is SHOW COLUMNS.
type ShowColumns struct{ Table Name }

// ShowPartitions is SHOW PARTITIONS.
type ShowPartitions struct {
	Table Name
	Spec  PartitionSpec // nil for all
}

// ShowProperties is SHOW TBLPROPERTIES.
type ShowProperties struct {
	Table Name
	Name  string // of one property; empty for all
}

// ShowCreate is SHOW CREATE TABLE, or SHOW CREATE VIEW.
type ShowCreate struct {
	View bool
	Name Name
}

// Detail is how much DESCRIBE tells.
type Detail uint8

// The details.
const (
	Columns   Detail = iota // names, types and comments
	Extended                // what the metastore has, on one line
	Formatted               // what the metastore has, in a table
)

// Describe is DESCRIBE of a table or a view.
type Describe struct {
	Detail    Detail
	Table     Name
	Partition PartitionSpec // nil where the whole table is meant
	Column    []string      // a column and the fields in it; nil for all columns
}
