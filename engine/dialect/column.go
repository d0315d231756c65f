package dialect

import "github.com/vpcq/vpcq/schema"

// ColumnType is the type that a table's column has in queries.
func ColumnType(t schema.Type) Type {
	switch t {
	case schema.Int:
		return integerType
	case schema.BigInt:
		return bigintType
	case schema.Date:
		return dateType
	}
	return varcharType
}
