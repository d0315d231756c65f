package schema

import "fmt"

// Type is the type of a column as Athena's DDL declares it for flow logs.
type Type uint8

// The types that columns of flow logs have.
const (
	String Type = iota // string in DDL, varchar in queries
	Int                // 32-bit signed
	BigInt             // 64-bit signed
	Date               // days, no zone
)

var typeNames = [...]string{String: "string", Int: "int", BigInt: "bigint", Date: "date"}

// String returns the type's name in Hive DDL, such as "bigint".
func (t Type) String() string {
	if int(t) < len(typeNames) {
		return typeNames[t]
	}
	return fmt.Sprintf("Type(%d)", uint8(t))
}

// Column is a named, typed column of a table or of a format. Names are in lower
// case with underscores, as Athena knows them: "account_id".
type Column struct {
	Name string
	Type Type
}
