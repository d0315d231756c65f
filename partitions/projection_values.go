package partitions

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/schema"
)

// enumerated is the values of an enum projection.
type enumerated struct{ values []string }

// readEnum reads projection.COLUMN.values. White space belongs to the values.
func readEnum(p properties) (projector, error) {
	list, err := p.required("values")
	return enumerated{strings.Split(list, ",")}, err
}

func (e enumerated) series(c schema.Column, _ schema.Predicate, _ time.Time) (series, error) {
	return listed(c, e.values)
}

// injected is the values of a projection that the statement itself must name.
type injected struct{ table string }

func readInjected(p properties) (projector, error) { return injected{p.table}, nil }

func (i injected) series(c schema.Column, filter schema.Predicate, _ time.Time) (series, error) {
	values, ok := filter.Only(c.Name)
	if !ok {
		return series{}, &fault.Error{
			Code: "CONSTRAINT_VIOLATION",
			Message: fmt.Sprintf("For the injected projected partition column %s, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.",
				c.Name),
			Hint: fmt.Sprintf("add a condition such as %s = '…' AND …", c.Name),
		}
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.String()
	}
	slices.Sort(texts)
	return listed(c, slices.Compact(texts))
}

// listed is a series of values spelt so, each read as the column's type.
func listed(c schema.Column, texts []string) (series, error) {
	values := make([]schema.Value, len(texts))
	for i, text := range texts {
		v, err := valueOf(c, text)
		if err != nil {
			return series{}, err
		}
		values[i] = v
	}
	return series{count: uint64(len(texts)), at: func(i uint64) (string, schema.Value) { return texts[i], values[i] }}, nil
}

// valueOf reads a partition's value as its column's type, as far as projection
// and registered partitions have such columns.
func valueOf(c schema.Column, text string) (schema.Value, error) {
	switch c.Type {
	case schema.String, schema.Varchar:
		return schema.StringValue(text), nil
	case schema.Int, schema.BigInt, schema.TinyInt, schema.SmallInt:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return integerValue(c, n), nil
		}
	case schema.Date:
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return schema.DateValue(day), nil
		}
	default:
		return schema.Value{}, unsupportedColumn(c)
	}
	return schema.Value{}, &fault.Error{
		Code:    "HIVE_INVALID_PARTITION_VALUE",
		Message: fmt.Sprintf("Invalid partition value '%s' for %s partition key: %s", text, strings.ToUpper(c.DDLType()), c.Name),
	}
}

// integerValue is a value of a column of integers.
func integerValue(c schema.Column, n int64) schema.Value {
	if c.Type == schema.Int {
		return schema.Value{Type: schema.Int, Int: n}
	}
	return schema.IntValue(n)
}

func unsupportedColumn(c schema.Column) error {
	return &fault.Error{Code: "NOT_SUPPORTED", Message: fmt.Sprintf("vpcq does not support the projected partition column %s of type %s yet", c.Name, c.DDLType())}
}

// integers is the values of an integer projection: low, low + step, … up to high.
type integers struct {
	low, high int64
	step      uint64
	digits    int
}

// readInteger reads the range, both ends inclusive, and the optional interval
// and number of digits.
func readInteger(p properties) (projector, error) {
	text, err := p.required("range")
	if err != nil {
		return nil, err
	}
	from, to, ok := strings.Cut(text, ",")
	low, errLow := strconv.ParseInt(strings.TrimSpace(from), 10, 64)
	high, errHigh := strconv.ParseInt(strings.TrimSpace(to), 10, 64)
	if !ok || errLow != nil || errHigh != nil || low > high {
		return nil, p.invalid("range", "two integers with a comma between them are expected, the lesser one first")
	}
	step, err := p.count("interval", 1)
	if err != nil {
		return nil, err
	}
	if low == math.MinInt64 && high == math.MaxInt64 && step == 1 {
		return nil, p.invalid("range", "vpcq does not count all integers there are")
	}
	digits, err := p.count("digits", 0)
	if err != nil {
		return nil, err
	}
	return integers{low, high, uint64(step), digits}, nil
}

// count reads a positive number; otherwise is its value where it is not given.
func (p properties) count(name string, otherwise int) (int, error) {
	text, ok := p.value(name)
	if !ok {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32)
	if err != nil || n < 1 {
		return 0, p.invalid(name, "a positive integer is expected")
	}
	return int(n), nil
}

func (n integers) series(c schema.Column, _ schema.Predicate, _ time.Time) (series, error) {
	s := series{
		count: uint64(n.high-n.low)/n.step + 1, // of two's complement: exact for every pair
		at: func(i uint64) (string, schema.Value) {
			v := n.low + int64(i*n.step)
			if c.Type == schema.String || c.Type == schema.Varchar {
				return n.spell(v), schema.StringValue(n.spell(v))
			}
			return n.spell(v), integerValue(c, v)
		},
	}
	switch c.Type {
	case schema.Int, schema.BigInt, schema.TinyInt, schema.SmallInt:
		s.sorted = true
	case schema.String, schema.Varchar:
		s.sorted = n.low >= 0 && len(n.spell(n.low)) == len(n.spell(n.high))
	default:
		return s, unsupportedColumn(c)
	}
	return s, nil
}

// spell writes a value with at least so many digits, as Java's format does: the
// sign counts as one.
func (n integers) spell(v int64) string {
	return fmt.Sprintf("%0*d", n.digits, v)
}
