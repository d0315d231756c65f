package schema

import (
	"fmt"
	"math"
	"strings"
)

// Type is the type of a column as Athena's DDL declares it. Records of flow logs
// need the first four; a table may declare any.
type Type uint8

// The types of columns ("Data types in Amazon Athena").
const (
	String    Type = iota // string in DDL, varchar in queries
	Int                   // 32-bit signed
	BigInt                // 64-bit signed
	Date                  // days, no zone
	TinyInt               // 8-bit signed
	SmallInt              // 16-bit signed
	Boolean               // true or false
	Float                 // 32-bit floating point, real in queries
	Double                // 64-bit floating point
	Decimal               // exact; Column.Declared has precision and scale
	Timestamp             // milliseconds, no zone
	Binary                // bytes, varbinary in queries
	Varchar               // a string of at most the length in Column.Declared
	Char                  // a string padded to the length in Column.Declared
	Complex               // array, map, struct: Column.Declared says of what
)

var typeNames = [...]string{
	String: "string", Int: "int", BigInt: "bigint", Date: "date", TinyInt: "tinyint", SmallInt: "smallint",
	Boolean: "boolean", Float: "float", Double: "double", Decimal: "decimal", Timestamp: "timestamp",
	Binary: "binary", Varchar: "varchar", Char: "char", Complex: "complex",
}

// String returns the type's name in Hive DDL, such as "bigint"; of a type with
// parameters, the name without them.
func (t Type) String() string {
	if int(t) < len(typeNames) {
		return typeNames[t]
	}
	return fmt.Sprintf("Type(%d)", uint8(t))
}

// IntegerBits is how many bits an integer of this type has; 0 for a type that is
// none of integers.
func (t Type) IntegerBits() int {
	switch t {
	case TinyInt:
		return 8
	case SmallInt:
		return 16
	case Int:
		return 32
	case BigInt:
		return 64
	}
	return 0
}

// Fits reports whether a value of this type can be the integer n, which every
// integer can be of a type that is none of integers.
func (t Type) Fits(n int64) bool {
	bits := t.IntegerBits()
	return bits == 0 || n >= math.MinInt64>>(64-bits) && n <= math.MaxInt64>>(64-bits)
}

// Column is a named, typed column of a table or of a format. Names are in lower
// case with underscores, as Athena knows them: "account_id".
type Column struct {
	Name     string
	Type     Type
	Declared string // the whole type where Type does not say all: "decimal(11,5)", "array<string>"; else empty
	Comment  string // of the declaration; may be empty
}

// NewColumn returns the column that DDL declares with a type, written as
// DDLType writes it. It is Complex where no scalar type has that name.
func NewColumn(name, ddlType string) Column {
	word, parameters, _ := strings.Cut(ddlType, "(")
	if word == "integer" { // Athena's word in some statements; Hive prints it as int
		word = "int"
	}
	c := Column{Name: name, Type: Complex, Declared: ddlType}
	for t, known := range typeNames[:Complex] {
		if known == word {
			c.Type = Type(t)
		}
	}
	if c.Type != Complex && parameters == "" {
		c.Declared = ""
	}
	return c
}

// DDLType returns the column's type in Hive DDL: in lower case, with its
// parameters, without white space, as SHOW CREATE TABLE prints it.
func (c Column) DDLType() string {
	if c.Declared != "" {
		return c.Declared
	}
	return c.Type.String()
}
