package partitions

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/schema"
)

// ReadValue reads the text that names a partition as a value of its column:
// integers and days as such, of every other type the text itself, which it does
// not look at. What is no integer or day, or more than the column's type holds,
// is InvalidValue.
func ReadValue(c schema.Column, text string) (schema.Value, error) {
	switch {
	case c.Type.IntegerBits() > 0:
		if n, err := strconv.ParseInt(text, 10, c.Type.IntegerBits()); err == nil {
			return integerValue(c, n), nil
		}
	case c.Type == schema.Date:
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return schema.DateValue(day), nil
		}
	default:
		return schema.StringValue(text), nil
	}
	return schema.Value{}, InvalidValue(c, text)
}

// integerValue is a value of a column of integers, as scans yield it.
func integerValue(c schema.Column, n int64) schema.Value {
	if c.Type == schema.Int {
		return schema.Value{Type: schema.Int, Int: n}
	}
	return schema.IntValue(n)
}

// InvalidValue is Trino's error of a text that is no value of the partition
// column's type (HiveUtil.parsePartitionValue).
func InvalidValue(c schema.Column, text string) error {
	return &fault.Error{
		Code:    "HIVE_INVALID_PARTITION_VALUE",
		Message: fmt.Sprintf("Invalid partition value '%s' for %s partition key: %s", text, typeName(c), c.Name),
	}
}

// typeName names the column's type as that error does: in capitals, but for
// varchar(n) and char(n), which HiveUtil has of the type itself.
func typeName(c schema.Column) string {
	switch name := c.DDLType(); {
	case c.Type == schema.Int:
		return "INTEGER"
	case strings.Contains(name, "char"):
		return name
	default:
		return strings.ToUpper(name)
	}
}
