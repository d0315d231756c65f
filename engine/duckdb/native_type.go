package duckdb

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// nativeType is a type of DuckDB that natives take and give.
type nativeType struct {
	id           mapping.Type
	width, scale uint8         // of a DECIMAL
	parts        []*nativeType // the element of a LIST; the key and the value of a MAP
}

// simpleTypes are the types that have no parts, by their names.
var simpleTypes = map[string]mapping.Type{
	"NULL":        mapping.TypeSQLNull,
	"BOOLEAN":     mapping.TypeBoolean,
	"TINYINT":     mapping.TypeTinyInt,
	"SMALLINT":    mapping.TypeSmallInt,
	"INTEGER":     mapping.TypeInteger,
	"BIGINT":      mapping.TypeBigInt,
	"HUGEINT":     mapping.TypeHugeInt,
	"FLOAT":       mapping.TypeFloat,
	"DOUBLE":      mapping.TypeDouble,
	"VARCHAR":     mapping.TypeVarchar,
	"BLOB":        mapping.TypeBlob,
	"DATE":        mapping.TypeDate,
	"TIME":        mapping.TypeTime,
	"TIMESTAMP":   mapping.TypeTimestamp,
	"TIMESTAMPTZ": mapping.TypeTimestampTZ,
}

// parseNativeType reads the name of a type as dialect.Native has it.
func parseNativeType(name string) (*nativeType, error) {
	name = strings.TrimSpace(name)
	if id, ok := simpleTypes[name]; ok {
		return &nativeType{id: id}, nil
	}
	if element, ok := strings.CutSuffix(name, "[]"); ok {
		return composite(mapping.TypeList, element)
	}
	kind, rest, _ := strings.Cut(name, "(")
	inner, closed := strings.CutSuffix(rest, ")")
	first, second, two := cutArgument(inner)
	switch {
	case !closed || !two:
	case kind == "MAP":
		return composite(mapping.TypeMap, first, second)
	case kind == "DECIMAL":
		width, err1 := strconv.ParseUint(first, 10, 8)
		scale, err2 := strconv.ParseUint(strings.TrimSpace(second), 10, 8)
		if err1 == nil && err2 == nil && width > 0 && width <= maxPrecision && scale <= width {
			return &nativeType{id: mapping.TypeDecimal, width: uint8(width), scale: uint8(scale)}, nil
		}
	}
	return nil, fmt.Errorf("natives have no type %q", name)
}

func composite(id mapping.Type, parts ...string) (*nativeType, error) {
	t := &nativeType{id: id}
	for _, name := range parts {
		part, err := parseNativeType(name)
		if err != nil {
			return nil, err
		}
		t.parts = append(t.parts, part)
	}
	return t, nil
}

// cutArgument cuts around the first comma that stands in no parentheses.
func cutArgument(s string) (before, after string, found bool) {
	depth := 0
	for i, c := range s {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				return s[:i], s[i+1:], true
			}
		}
	}
	return s, "", false
}

// logical is the type for DuckDB. The caller must destroy it.
func (t *nativeType) logical() mapping.LogicalType {
	if t.id == mapping.TypeDecimal {
		return mapping.CreateDecimalType(t.width, t.scale)
	}
	parts := make([]mapping.LogicalType, len(t.parts))
	for i, p := range t.parts {
		parts[i] = p.logical()
		defer mapping.DestroyLogicalType(&parts[i])
	}
	switch t.id {
	case mapping.TypeList:
		return mapping.CreateListType(parts[0])
	case mapping.TypeMap:
		return mapping.CreateMapType(parts[0], parts[1])
	}
	return mapping.CreateLogicalType(t.id)
}

// storage is the type by which DuckDB stores a value: for DECIMAL the integer
// that its digits need.
func (t *nativeType) storage() mapping.Type {
	switch {
	case t.id != mapping.TypeDecimal:
		return t.id
	case t.width <= 4:
		return mapping.TypeSmallInt
	case t.width <= 9:
		return mapping.TypeInteger
	case t.width <= 18:
		return mapping.TypeBigInt
	}
	return mapping.TypeHugeInt
}

// isText reports whether values are VARCHAR or BLOB.
func (t *nativeType) isText() bool { return t.id == mapping.TypeVarchar || t.id == mapping.TypeBlob }

// ownsMemory reports whether values may need memory beyond the vector's own.
func (t *nativeType) ownsMemory() bool { return t.isText() || len(t.parts) > 0 }
