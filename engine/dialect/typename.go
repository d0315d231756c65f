package dialect

import (
	"strconv"
	"strings"
)

// namedTypes are the types that have a name and nothing else, with Trino's second names.
var namedTypes = map[string]Type{
	"boolean": booleanType, "tinyint": tinyintType, "smallint": smallintType, "integer": integerType, "int": integerType,
	"bigint": bigintType, "real": realType, "double": doubleType, "varbinary": varbinaryType, "date": dateType,
	"json": jsonType, "ipaddress": ipAddressType, "ipprefix": ipPrefixType, "uuid": uuidType, "varchar": varcharType,
	"unknown": unknownType,
}

// resolveType returns the type that a name stands for; n is where a fault is reported.
func (a *analyzer) resolveType(name TypeName, n Node) Type {
	switch t := name.(type) {
	case *GenericType:
		return a.genericType(t, n)
	case *RowType:
		out := Type{Kind: RowKind}
		for _, f := range t.Fields {
			fieldName := ""
			if f.Name != nil {
				fieldName = f.Name.Value
				if !f.Name.Delimited {
					fieldName = strings.ToLower(fieldName)
				}
			}
			out.Names = append(out.Names, fieldName)
			out.Args = append(out.Args, a.resolveType(f.Type, n))
		}
		return out
	case *DateTimeType:
		return a.dateTimeType(t, n)
	case *IntervalType:
		if t.From == "YEAR" && t.To == "MONTH" {
			return monthIntervalType
		}
		if t.From == "DAY" && t.To == "SECOND" {
			return dayIntervalType
		}
	}
	a.fail(n, typeNotFound, "Unknown type")
	return unknownType
}

func (a *analyzer) genericType(t *GenericType, n Node) Type {
	name := strings.ToLower(t.Name.Value)
	numbers, types := []int{}, []Type{}
	for _, arg := range t.Args {
		if arg.Type != nil {
			types = append(types, a.resolveType(arg.Type, n))
			continue
		}
		number, err := strconv.Atoi(arg.Number)
		if err != nil {
			a.fail(n, invalidArgument, "Invalid type parameter: %s", arg.Number)
		}
		numbers = append(numbers, number)
	}
	named, known := namedTypes[name]
	switch {
	case len(t.Args) == 0 && known:
		return named
	case name == "array" && len(types) == 1:
		return arrayType(types[0])
	case name == "map" && len(types) == 2:
		return mapType(types[0], types[1])
	case name == "varchar" && len(numbers) == 1:
		return boundedVarchar(numbers[0])
	case name == "char" && len(numbers) <= 1:
		return a.charOf(append(numbers, 1)[0], n)
	case name == "decimal" && len(types) == 0 && len(numbers) <= 2:
		return a.decimalOf(numbers, n)
	}
	a.fail(n, typeMismatch, "Unknown type: %s", t.Name.Value)
	return unknownType
}

// charOf is char(n).
func (a *analyzer) charOf(length int, n Node) Type {
	if length > longestChar {
		a.fail(n, typeMismatch, "Unknown type: char(%d)", length)
		return charType(1)
	}
	return charType(length)
}

// decimalOf is decimal, which has 38 digits, decimal(p) or decimal(p, s).
func (a *analyzer) decimalOf(numbers []int, n Node) Type {
	numbers = append(numbers, []int{maxPrecision, 0}[len(numbers):]...)
	precision, scale := numbers[0], numbers[1]
	if precision < 1 || precision > maxPrecision {
		a.fail(n, invalidArgument, "DECIMAL precision must be in range [1, 38]: %d", precision)
		return decimalType(1, 0)
	}
	if scale < 0 || scale > precision {
		a.fail(n, invalidArgument, "DECIMAL scale must be in range [0, precision (%d)]: %d", precision, scale)
		return decimalType(1, 0)
	}
	return decimalType(precision, scale)
}

func (a *analyzer) dateTimeType(t *DateTimeType, n Node) Type {
	precision := 3
	if t.Precision != nil {
		var err error
		if precision, err = strconv.Atoi(t.Precision.Number); err != nil || precision > 12 {
			a.fail(n, invalidArgument, "TIMESTAMP precision must be in range [0, 12]: %s", t.Precision.Number)
		}
	}
	if precision > maxFraction && !t.Timestamp {
		a.refuse(n, "times with more than %d digits of a second", maxFraction)
	}
	switch {
	case t.Timestamp && t.WithTimeZone:
		return timestampTZType(precision, a.zone)
	case t.Timestamp:
		return timestampType(precision)
	case t.WithTimeZone:
		a.refuse(n, "time with time zone")
	}
	return timeType(precision)
}
