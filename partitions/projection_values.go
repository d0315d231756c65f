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
// What Athena makes of an empty value, or of one that stands twice, is not told.
func readEnum(p properties) (projector, error) {
	list, err := p.required("values")
	values := strings.Split(list, ",")
	for i, value := range values {
		switch {
		case err != nil:
		case value == "":
			err = p.invalid("values", "a value is empty")
		case slices.Contains(values[:i], value):
			err = p.invalid("values", "'"+value+"' stands twice")
		}
	}
	return enumerated{values}, err
}

func (e enumerated) series(c schema.Column, _ schema.Predicate, _ time.Time) (series, error) {
	return listed(c, e.values)
}

// injected is the values of a projection that the statement itself must name.
type injected struct{ table string }

func readInjected(p properties) (projector, error) { return injected{p.table}, nil }

// maxInjected is how many values Athena takes ("Injected type").
const maxInjected = 1000

func (i injected) series(c schema.Column, filter schema.Predicate, _ time.Time) (series, error) {
	if c.Type != schema.String && c.Type != schema.Varchar { // "Only columns of string type are supported"
		return series{}, unsupportedColumn(c)
	}
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
	if texts = slices.Compact(texts); len(texts) > maxInjected {
		return series{}, &fault.Error{
			Code:    "CONSTRAINT_VIOLATION",
			Message: fmt.Sprintf("For the injected projected partition column %s, the WHERE clause names %d values; the limit is %d.", c.Name, len(texts), maxInjected),
			Hint:    "split the query into several",
		}
	}
	return listed(c, texts)
}

// listed is a series of values spelt so, each read as the column's type.
func listed(c schema.Column, texts []string) (series, error) {
	switch {
	case c.Type == schema.String, c.Type == schema.Varchar, c.Type == schema.Date, c.Type.IntegerBits() > 0:
	default:
		return series{}, unsupportedColumn(c)
	}
	values := make([]spelling, len(texts))
	for i, text := range texts {
		values[i] = spelling{text: text, null: text == schema.NullKey}
		if values[i].null {
			continue
		}
		var err error
		if values[i].value, err = ReadValue(c, text); err != nil {
			return series{}, err
		}
	}
	return series{count: uint64(len(texts)), at: func(i uint64) spelling { return values[i] }}, nil
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

// maxDigits is how many digits are written at most: Athena's limit is not told,
// and account numbers have twelve.
const maxDigits = 100

// readInteger reads the range, both ends inclusive, and the optional interval
// and number of digits.
func readInteger(p properties) (projector, error) {
	low, high, err := p.readIntegers()
	if err != nil {
		return nil, err
	}
	step, err := p.count("interval", 1)
	if err != nil {
		return nil, err
	}
	if low == math.MinInt64 && high == math.MaxInt64 && step == 1 {
		return nil, p.invalid("range", "vpcq does not count all integers there are")
	}
	digits, err := p.count("digits", 0)
	if err == nil && digits > maxDigits {
		err = p.invalid("digits", fmt.Sprintf("vpcq writes no more than %d digits", maxDigits))
	}
	return integers{low, high, uint64(step), digits}, err
}

// readIntegers reads the ends of a range. What is no integer is told before
// their number, in Java's words: so does Athena of '0-10'.
func (p properties) readIntegers() (low, high int64, err error) {
	text, err := p.required("range")
	if err != nil {
		return 0, 0, err
	}
	var ends []int64
	for end := range strings.SplitSeq(text, ",") {
		end = strings.TrimSpace(end)
		n, err := strconv.ParseInt(end, 10, 64)
		if err != nil {
			return 0, 0, &fault.Error{Code: "INVALID_TABLE_PROPERTY", Message: fmt.Sprintf("For input string: \"%s\"", end),
				Hint: "write " + p.prefix + "range as two integers with a comma between them, such as '0,10'"}
		}
		ends = append(ends, n)
	}
	if len(ends) != 2 || ends[0] > ends[1] {
		return 0, 0, p.invalid("range", "two integers with a comma between them are expected, the lesser one first")
	}
	return ends[0], ends[1], nil
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
	isText := c.Type == schema.String || c.Type == schema.Varchar
	if !isText && c.Type.IntegerBits() == 0 {
		return series{}, unsupportedColumn(c)
	}
	count := uint64(n.high-n.low)/n.step + 1 // of two's complement: exact for every pair
	number := func(i uint64) int64 { return n.low + int64(i*n.step) }
	for _, end := range []int64{n.low, number(count - 1)} {
		if !c.Type.Fits(end) {
			return series{}, InvalidValue(c, n.spell(end))
		}
	}
	s := series{count: count}
	if isText {
		s.at = func(i uint64) spelling {
			text := n.spell(number(i))
			return spelling{text: text, value: schema.StringValue(text)}
		}
		s.domain = func(lo, hi uint64) schema.Domain { return n.textDomain(number(lo), number(hi)) }
		return s, nil
	}
	s.at = func(i uint64) spelling { return spelling{text: n.spell(number(i)), value: integerValue(c, number(i))} }
	s.domain = func(lo, hi uint64) schema.Domain {
		return between(schema.IntValue(number(lo)), schema.IntValue(number(hi)))
	}
	return s, nil
}

// textDomain is what is known of the spellings of the integers low to high: those
// of one length are in order, or, with a minus sign, in the reverse.
func (n integers) textDomain(low, high int64) schema.Domain {
	first, last := n.spell(low), n.spell(high)
	switch {
	case len(first) != len(last), low < 0 != (high < 0):
		return schema.Domain{}
	case low < 0:
		first, last = last, first
	}
	return between(schema.StringValue(first), schema.StringValue(last))
}

// spell writes a value with at least so many digits, as Java's format does: the
// sign counts as one.
func (n integers) spell(v int64) string {
	return fmt.Sprintf("%0*d", n.digits, v)
}
