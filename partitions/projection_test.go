package partitions

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/schema"
)

// aSaturday is the clock of these tests.
var aSaturday = time.Date(2024, 3, 2, 10, 20, 30, 0, time.UTC)

// projectedTable is a table over s3://b/t with the partition columns "name type,
// …" and the properties "name=value …" of projection, in which _ is a space and ~ is _.
func projectedTable(columns, properties string) *schema.Table {
	t := &schema.Table{Database: "default", Name: "t", Location: "s3://b/t"}
	for c := range strings.SplitSeq(columns, ", ") {
		name, typ, _ := strings.Cut(c, " ")
		t.Partitions = append(t.Partitions, schema.NewColumn(name, typ))
	}
	for property := range strings.FieldsSeq(properties) {
		name, value, _ := strings.Cut(property, "=")
		if name != templateProperty {
			name = "projection." + name
		}
		t.Properties = t.Properties.With(name, strings.NewReplacer("_", " ", "~", "_").Replace(value))
	}
	return t
}

// prefixesOf are the prefixes that the projection gives, below s3://b/t/ where
// they lie there.
func prefixesOf(t testing.TB, table *schema.Table, filter schema.Predicate) (prefixes []string, err error) {
	t.Helper()
	p, err := NewProjection(table)
	if err != nil {
		return nil, err
	}
	for partition, err := range p.Partitions(filter, aSaturday) {
		if err != nil {
			return prefixes, err
		}
		prefixes = append(prefixes, strings.TrimPrefix(partition.Prefix, "s3://b/t/"))
	}
	return prefixes, nil
}

func stringIs(op schema.Op, column string, values ...string) schema.Predicate {
	p := schema.Predicate{Op: op, Column: column}
	for _, v := range values {
		p.Values = append(p.Values, schema.StringValue(v))
	}
	return p
}

func both(args ...schema.Predicate) schema.Predicate {
	return schema.Predicate{Op: schema.And, Args: args}
}

// daily is a projection of days, up to its range.
const daily = "day.type=date day.format=yyyy/MM/dd day.range="

func number64(op schema.Op, column string, n int64) schema.Predicate {
	return schema.Predicate{Op: op, Column: column, Values: []schema.Value{schema.IntValue(n)}}
}

func dayIs(op schema.Op, day string) schema.Predicate {
	return schema.Predicate{Op: op, Column: "day", Values: []schema.Value{schema.DateValue(date(day))}}
}

var projectionTests = []struct {
	columns, properties string
	filter              schema.Predicate
	want                string
}{
	// enum
	{"r string", "r.type=enum r.values=a,b,c", schema.Predicate{}, "r=a/ r=b/ r=c/"},
	{"r string", "r.type=_Enum_ r.values=a", schema.Predicate{}, "r=a/"},
	{"r string", "r.type=enum r.values=b,a", stringIs(schema.Ge, "r", "a"), "r=b/ r=a/"},
	{"r string", "r.type=enum r.values=a,_b,b_", stringIs(schema.Ne, "r", "a"), "r= b/ r=b /"},
	{"r string", "r.type=enum r.values=a,b,c", stringIs(schema.In, "r", "c", "x", "a"), "r=a/ r=c/"},
	{"r string", "r.type=enum r.values=a,b,c", stringIs(schema.Eq, "r", "x"), ""},
	{"r int", "r.type=enum r.values=10,9,-3", number64(schema.Lt, "r", 10), "r=9/ r=-3/"},
	{"r string", "r.type=enum r.values=a/b,c:d,é", schema.Predicate{}, "r=a%2Fb/ r=c%3Ad/ r=é/"},
	{"day date", "day.type=enum day.values=2024-03-01,2024-03-02", dayIs(schema.Gt, "2024-03-01"), "day=2024-03-02/"},
	// integer
	{"n int", "n.type=integer n.range=1,3", schema.Predicate{}, "n=1/ n=2/ n=3/"},
	{"n int", "n.type=integer n.range=_1,_3_ n.interval=_2_", schema.Predicate{}, "n=1/ n=3/"},
	{"n int", "n.type=integer n.range=1,4 n.interval=2", schema.Predicate{}, "n=1/ n=3/"},
	{"n int", "n.type=integer n.range=5,5", schema.Predicate{}, "n=5/"},
	{"n int", "n.type=integer n.range=-2,1", schema.Predicate{}, "n=-2/ n=-1/ n=0/ n=1/"},
	{"n int", "n.type=integer n.range=8,11 n.digits=2", schema.Predicate{}, "n=08/ n=09/ n=10/ n=11/"},
	{"n int", "n.type=integer n.range=8,11 n.digits=2", number64(schema.Gt, "n", 9), "n=10/ n=11/"},
	{"n int", "n.type=integer n.range=-1,0 n.digits=3", schema.Predicate{}, "n=-01/ n=000/"},
	{"n string", "n.type=integer n.range=8,11", stringIs(schema.Gt, "n", "10"), "n=8/ n=9/ n=11/"},
	{"n string", "n.type=integer n.range=8,11 n.digits=2", stringIs(schema.Gt, "n", "10"), "n=11/"},
	{"n string", "n.type=integer n.range=8,11 n.digits=2", stringIs(schema.Eq, "n", "8"), ""},
	{"n string", "n.type=integer n.range=00,23 n.digits=2", stringIs(schema.In, "n", "22", "07"), "n=07/ n=22/"},
	{"n string", "n.type=integer n.range=98,101 n.digits=2", stringIs(schema.Lt, "n", "2"), "n=100/ n=101/"},
	{"n bigint", "n.type=integer n.range=-9223372036854775808,9223372036854775806", number64(schema.Eq, "n", 42), "n=42/"},
	{"n bigint", "n.type=integer n.range=-9223372036854775808,9223372036854775807 n.interval=2", number64(schema.Eq, "n", 43), ""},
	{"n bigint", "n.type=integer n.range=0,9000000000000", both(number64(schema.Ge, "n", 8999999999998), number64(schema.Lt, "n", 8999999999999)), "n=8999999999998/"},
	{"n int", "n.type=integer n.range=1,3", number64(schema.Gt, "n", 3), ""},
	{"n int", "n.type=integer n.range=1,9", schema.Predicate{Op: schema.Or, Args: []schema.Predicate{number64(schema.Eq, "n", 2), number64(schema.Eq, "n", 7)}}, "n=2/ n=7/"},
	{"n int", "n.type=integer n.range=1,9", schema.Predicate{Op: schema.Not, Args: []schema.Predicate{number64(schema.Gt, "n", 2)}}, "n=1/ n=2/"},
	{"n int", "n.type=integer n.range=1,3", schema.Predicate{Op: schema.IsNull, Column: "n"}, ""},
	// date
	{"day string", daily + "2024/02/28,2024/03/01", schema.Predicate{}, "day=2024%2F02%2F28/ day=2024%2F02%2F29/ day=2024%2F03%2F01/"},
	{"day string", daily + "2024/03/01,NOW", schema.Predicate{}, "day=2024%2F03%2F01/ day=2024%2F03%2F02/"},
	{"day string", daily + "NOW-2DAYS,NOW", schema.Predicate{}, "day=2024%2F02%2F29/ day=2024%2F03%2F01/ day=2024%2F03%2F02/"},
	{"day string", daily + "_now_-_1_day_,_now_+_1_days", schema.Predicate{}, "day=2024%2F03%2F01/ day=2024%2F03%2F02/ day=2024%2F03%2F03/"},
	{"day string", daily + "2024/03/05,NOW", schema.Predicate{}, ""},
	{"day string", daily + "NOW-1WEEK,NOW day.interval=3", schema.Predicate{}, "day=2024%2F02%2F24/ day=2024%2F02%2F27/ day=2024%2F03%2F01/"},
	{"day string", daily + "2024/01/01,NOW", stringIs(schema.Ge, "day", "2024/03/01"), "day=2024%2F03%2F01/ day=2024%2F03%2F02/"},
	{"day string", daily + "2000/01/01,NOW", both(stringIs(schema.Ge, "day", "2003/12/31"), stringIs(schema.Le, "day", "2004/01/01")), "day=2003%2F12%2F31/ day=2004%2F01%2F01/"},
	{"day string", daily + "2024/01/01,NOW", stringIs(schema.Eq, "day", "2023/12/31"), ""},
	{"day string", daily + "2024/01/01,NOW", stringIs(schema.Eq, "day", "2024-03-01"), ""},
	{"day string", "day.type=date day.format=dd.MM.yyyy day.range=28.02.2024,01.03.2024", stringIs(schema.Gt, "day", "28.02.2024"), "day=29.02.2024/"},
	{"day date", "day.type=date day.format=yyyy-MM-dd day.range=2024-01-01,NOW", dayIs(schema.Ge, "2024-03-01"), "day=2024-03-01/ day=2024-03-02/"},
	{"day date", "day.type=date day.format=yyyyMMdd day.range=20000101,NOW", dayIs(schema.Eq, "2024-03-01"), "day=20240301/"},
	{"m string", "m.type=date m.format=yyyy-MM m.range=2023-11,NOW", schema.Predicate{}, "m=2023-11/ m=2023-12/ m=2024-01/ m=2024-02/ m=2024-03/"},
	{"m string", "m.type=date m.format=yyyy-MM m.range=NOW-1MONTH,NOW", schema.Predicate{}, "m=2024-02/ m=2024-03/"},
	{"m string", "m.type=date m.format=MMM-yyyy m.range=NOW-1MONTH,NOW", schema.Predicate{}, "m=Feb-2024/ m=Mar-2024/"},
	{"y string", "y.type=date y.format=yyyy y.range=NOW-2YEARS,NOW y.interval=1 y.interval.unit=YEARS", schema.Predicate{}, "y=2022/ y=2023/ y=2024/"},
	{"m string", "m.type=date m.format=yyyy-MM m.range=2024-01,2024-02 m.interval=1 m.interval.unit=DAYS", schema.Predicate{}, "m=2024-01/ m=2024-02/"},
	{"h string", "h.type=date h.format=yyyy-MM-dd-HH h.range=2024-03-02-09,NOW h.interval=1 h.interval.unit=HOURS", schema.Predicate{}, "h=2024-03-02-09/ h=2024-03-02-10/"},
	{"h string", "h.type=date h.format=yyyy-MM-dd'T'HH':00' h.range=NOW-1HOUR,NOW h.interval=1 h.interval.unit=hour", schema.Predicate{}, "h=2024-03-02T09%3A00/ h=2024-03-02T10%3A00/"},
	{"h string", "h.type=date h.format=uuuuMMddHHmm h.range=NOW-30MINUTES,NOW h.interval=15 h.interval.unit=MINUTES", schema.Predicate{}, "h=202403020950/ h=202403021005/ h=202403021020/"},
	{"day string", "day.type=date day.format=yyyy/M/d day.range=2024/2/29,2024/3/1", schema.Predicate{}, "day=2024%2F2%2F29/ day=2024%2F3%2F1/"},
	{"day string", "day.type=date day.format=yyyy/M/d day.range=2024/2/9,2024/2/11", stringIs(schema.Ge, "day", "2024/2/2"), "day=2024%2F2%2F9/"},
	{"day string", "day.type=date day.format=yy_MM_dd day.range=99_12_31,99_12_31", schema.Predicate{}, "day=99 12 31/"},
	// NOW is cut to what the format tells, so that the bounds' own days belong to the range
	{"day string", daily + "NOW-1DAY,2024/03/02", schema.Predicate{}, "day=2024%2F03%2F01/ day=2024%2F03%2F02/"},
	{"h string", "h.type=date h.format=yyyyMMddHH h.range=NOW-1HOUR,2024030210 h.interval=1 h.interval.unit=HOURS", schema.Predicate{}, "h=2024030209/ h=2024030210/"},
	// an interval finer than the format gives each of its values once, however many steps there are
	{"m string", "m.type=date m.format=yyyy-MM m.range=NOW-1MONTH,NOW m.interval=1 m.interval.unit=MILLIS", schema.Predicate{}, "m=2024-02/ m=2024-03/"},
	{"y string", "y.type=date y.format=yyyy y.range=NOW-2YEARS,NOW y.interval=60 y.interval.unit=SECONDS", schema.Predicate{}, "y=2022/ y=2023/ y=2024/"},
	{"y string", "y.type=date y.format=yyyy y.range=NOW-2YEARS,NOW y.interval=7 y.interval.unit=SECONDS", schema.Predicate{}, "y=2022/ y=2023/"}, // no step meets 2024-01-01
	{"m string", "m.type=date m.format=yyyy-MM m.range=NOW-4MONTHS,NOW m.interval=45 m.interval.unit=DAYS", schema.Predicate{}, "m=2023-11/ m=2023-12/ m=2024-01/"},
	{"day string", daily + "2024/02/12,2024/03/01 day.interval=1 day.interval.unit=WEEKS", schema.Predicate{}, "day=2024%2F02%2F12/ day=2024%2F02%2F19/ day=2024%2F02%2F26/"},
	{"day string", daily + "2023/12/28,NOW day.interval=1 day.interval.unit=MONTHS", schema.Predicate{}, "day=2023%2F12%2F28/ day=2024%2F01%2F28/ day=2024%2F02%2F28/"},
	// all years that formats write
	{"day string", daily + "0001/01/01,9999/12/31", stringIs(schema.In, "day", "0001/01/01", "1600/02/29", "9999/12/31"), "day=0001%2F01%2F01/ day=1600%2F02%2F29/ day=9999%2F12%2F31/"},
	{"day int", "day.type=date day.format=yyyyMMdd day.range=20000101,NOW", number64(schema.Ge, "day", 20240301), "day=20240301/ day=20240302/"},
	{"day int", "day.type=date day.format=ddMMyyyy day.range=01012024,NOW", number64(schema.Eq, "day", 1032024), "day=01032024/"},
	{"day string", "day.type=date day.format=d/M/yyyy'_um_'HH''mm day.range=1/3/2024_um_10'00,NOW day.interval=1 day.interval.unit=DAYS", schema.Predicate{}, "day=1%2F3%2F2024 um 10%2700/ day=2%2F3%2F2024 um 10%2700/"},
	{"day string", "day.type=date day.format='year='yyyy'/month='MM'/day='dd/yyyyMMdd day.range=NOW-1DAY,NOW storage.location.template=s3://b/t/${day}/", schema.Predicate{}, "year=2024/month=03/day=01/20240301/ year=2024/month=03/day=02/20240302/"},
	{"s string", "s.type=date s.format=HH:mm:ss.SSS_dd_MMMM_uu s.range=10:20:29.500_02_March_24,NOW s.interval=250 s.interval.unit=millis", schema.Predicate{}, "s=10%3A20%3A29.500 02 March 24/ s=10%3A20%3A29.750 02 March 24/ s=10%3A20%3A30.000 02 March 24/"},
	// values that do not sort are found among very many all the same
	{"n string", "n.type=integer n.range=-9000000000000,9000000000000", stringIs(schema.In, "n", "77", "-3", "08", "8999999999999"), "n=-3/ n=77/ n=8999999999999/"},
	{"n string", "n.type=integer n.range=-9000000000000,9000000000000 n.digits=5", stringIs(schema.Eq, "n", "-0042"), "n=-0042/"},
	{"n bigint", "n.type=integer n.range=0,9000000000000", schema.Predicate{Op: schema.Or, Args: []schema.Predicate{number64(schema.Lt, "n", 1), number64(schema.Gt, "n", 8999999999999)}}, "n=0/ n=9000000000000/"},
	{"day string", "day.type=date day.format=dd-MM-yyyy day.range=01-01-0001,NOW", stringIs(schema.Eq, "day", "29-02-2024"), "day=29-02-2024/"},
	// records without a value
	{"r string", "r.type=enum r.values=a," + strings.ReplaceAll(schema.NullKey, "_", "~") + " storage.location.template=s3://b/t/${r}/", schema.Predicate{Op: schema.IsNull, Column: "r"}, schema.NullKey + "/"},
	{"r int", "r.type=enum r.values=7," + strings.ReplaceAll(schema.NullKey, "_", "~"), number64(schema.Gt, "r", 0), "r=7/"},
	// injected
	{"id string", "id.type=injected", stringIs(schema.Eq, "id", "x"), "id=x/"},
	{"id string", "id.type=injected", stringIs(schema.In, "id", "y", "x", "y"), "id=x/ id=y/"},
	{"id string", "id.type=injected", both(stringIs(schema.Ge, "id", "a"), stringIs(schema.In, "id", "b", "0")), "id=b/"},
	// several columns, and templates
	{"r string, n int", "r.type=enum r.values=a,b n.type=integer n.range=1,2", schema.Predicate{}, "r=a/n=1/ r=a/n=2/ r=b/n=1/ r=b/n=2/"},
	{"r string, n int", "r.type=enum r.values=a,b n.type=integer n.range=1,2", both(stringIs(schema.Eq, "r", "b"), number64(schema.Ge, "n", 2)), "r=b/n=2/"},
	{"r string, n int", "r.type=enum r.values=a,b n.type=integer n.range=1,2", schema.Predicate{Op: schema.Or, Args: []schema.Predicate{
		both(stringIs(schema.Eq, "r", "a"), number64(schema.Eq, "n", 1)), both(stringIs(schema.Eq, "r", "b"), number64(schema.Eq, "n", 2))}}, "r=a/n=1/ r=b/n=2/"},
	{"r string, day string", "r.type=enum r.values=a " + daily + "NOW,NOW storage.location.template=s3://b/AWSLogs/${r}/${day}", schema.Predicate{}, "s3://b/AWSLogs/a/2024/03/02/"},
	{"r string, day string", "r.type=enum r.values=a " + daily + "NOW,NOW storage.location.template=s3://b/${day}/x${R}y/${day}/", schema.Predicate{}, "s3://b/2024/03/02/xay/2024/03/02/"},
	{"r string", "R.Type=enum r.VALUES=a", schema.Predicate{}, "r=a/"},
}

func TestProjection(t *testing.T) {
	for _, test := range projectionTests {
		got, err := prefixesOf(t, projectedTable(test.columns, test.properties), test.filter)
		if err != nil || strings.Join(got, " ") != test.want {
			t.Errorf("%s, %s, %v: got %q, %v, want %q", test.columns, test.properties, test.filter, strings.Join(got, " "), err, test.want)
		}
	}
}

func TestProjectionRefuses(t *testing.T) {
	const lacks = "INVALID_TABLE_PROPERTY: Table t lacks the property 'projection."
	const invalid = "INVALID_TABLE_PROPERTY: Table t has an invalid property 'projection."
	tests := []struct{ columns, properties, want string }{
		{"a string, b string", "", "HIVE_METASTORE_ERROR: Table default.t is configured for partition projection, but the following partition columns are missing projection configuration: [a, b] (table default.t)"},
		{"a string", "a.type=list", invalid + "a.type' = 'list': one of ENUM"},
		{"a string", "a.type=enum", lacks + "a.values'"},
		{"a smallint", "a.type=enum a.values=1,32768", "HIVE_INVALID_PARTITION_VALUE: Invalid partition value '32768' for SMALLINT partition key: a"},
		{"a int", "a.type=enum a.values=1,x", "HIVE_INVALID_PARTITION_VALUE: Invalid partition value 'x' for INTEGER partition key: a"},
		{"a double", "a.type=enum a.values=1", "NOT_SUPPORTED: vpcq does not support the projected partition column a of type double yet"},
		{"a int", "a.type=integer", lacks + "a.range'"},
		{"a int", "a.type=integer a.range=1", invalid + "a.range' = '1'"},
		{"a int", "a.type=integer a.range=1,2,3", invalid + "a.range' = '1,2,3'"},
		{"a int", "a.type=integer a.range=3,1", invalid + "a.range' = '3,1'"},
		{"a bigint", "a.type=integer a.range=-9223372036854775808,9223372036854775807", invalid + "a.range'"},
		{"a int", "a.type=integer a.range=1-3", "INVALID_TABLE_PROPERTY: For input string: \"1-3\""},
		{"a int", "a.type=integer a.range=1,3 a.interval=0", invalid + "a.interval' = '0': a positive integer"},
		{"a int", "a.type=integer a.range=1,3 a.digits=x", invalid + "a.digits' = 'x'"},
		{"a boolean", "a.type=integer a.range=1,3", "NOT_SUPPORTED: "},
		{"a string", "a.type=date a.range=NOW,NOW", lacks + "a.format'"},
		{"a string", "a.type=date a.format=yyyy", lacks + "a.range'"},
		{"a string", "a.type=date a.format=yyyy/MM/dd a.range=2024-03-01,NOW", invalid + "a.range' = '2024-03-01,NOW'"},
		{"a string", "a.type=date a.format=yyyy/MM/dd a.range=2024/02/30,NOW", invalid + "a.range'"},
		{"a string", "a.type=date a.format=yyyy/MM/dd a.range=NOW-3FORTNIGHTS,NOW", invalid + "a.range'"},
		{"a string", "a.type=date a.format=yyyy/MM/dd a.range=NOW", invalid + "a.range' = 'NOW'"},
		{"a string", "a.type=date a.format=YYYY/ww a.range=NOW,NOW", invalid + "a.format' = 'YYYY/ww': vpcq does not support \"YYYY\""},
		{"a string", "a.type=date a.format='x a.range=NOW,NOW", invalid + "a.format'"},
		{"a string", "a.type=date a.format=-- a.range=NOW,NOW", invalid + "a.format' = '--': it does not tell the year"},
		{"a string", "a.type=date a.format=yyyy-MM-dd-HH a.range=NOW,NOW", lacks + "a.interval.unit'"},
		{"a string", "a.type=date a.format=yyyy-MM-dd-HH a.range=NOW,NOW a.interval.unit=HOURS", lacks + "a.interval'"},
		{"a string", "a.type=date a.format=yyyy a.range=NOW,NOW a.interval.unit=FORTNIGHTS", invalid + "a.interval.unit' = 'FORTNIGHTS'"},
		{"a timestamp", "a.type=date a.format=yyyyMMdd a.range=NOW,NOW", "NOT_SUPPORTED: "},
		{"a int", "a.type=date a.format=yyyy-MM-dd a.range=NOW,NOW", invalid + "a.format' = 'yyyy-MM-dd': a column of type int needs digits alone"},
		{"a int", "a.type=date a.format=yyyyMMddHH a.range=NOW,NOW a.interval=1 a.interval.unit=HOURS", invalid + "a.format' = 'yyyyMMddHH': it has more digits"},
		{"a date", "a.type=date a.format=yyyyMMddHH a.range=NOW,NOW a.interval=1 a.interval.unit=HOURS", invalid + "a.format' = 'yyyyMMddHH': a column of type date has no time"},
		{"a string", "a.type=date a.format=MM-dd a.range=01-01,01-02", invalid + "a.format' = 'MM-dd': it does not tell the year"},
		{"a string", "a.type=date a.format=yyyy-dd a.range=NOW,NOW", invalid + "a.format' = 'yyyy-dd': it does not tell the month"},
		{"a string", "a.type=date a.format=yyyyMd a.range=NOW,NOW", invalid + "a.format' = 'yyyyMd': it does not tell where 'M' ends"},
		{"a string", "a.type=date a.format=yyyy-MM-dd a.range=2023-01-31,NOW a.interval.unit=MONTHS", invalid + "a.range' = '2023-01-31,NOW': it begins on a day that not every month has"},
		{"a string", "a.type=date a.format=yyyy-MM-dd a.range=NOW,NOW+9000YEARS", invalid + "a.range' = 'NOW,NOW+9000YEARS': it leaves the years 1 to 9999"},
		{"a string", "a.type=date a.format=yyyy-MM-dd a.range=NOW,NOW+99999999999YEARS", invalid + "a.range' = 'NOW,NOW+99999999999YEARS': vpcq counts no more"},
		{"a string", "a.type=date a.format=yy-MM-dd a.range=NOW-50YEARS,NOW", invalid + "a.range' = 'NOW-50YEARS,NOW': the format does not tell its years"},
		{"a string", "a.type=date a.format=yyyy-MM-dd a.range=0000-01-01,NOW", invalid + "a.range'"},
		{"a string", "a.type=date a.format=yyyy-MM-dd/yyyy a.range=2024-03-01/2023,NOW", invalid + "a.range'"},
		{"a int", "a.type=integer a.range=NOW,3", "INVALID_TABLE_PROPERTY: For input string: \"NOW\""},
		{"a int", "a.type=integer a.range=1,3 a.digits=101", invalid + "a.digits' = '101'"},
		{"a int", "a.type=integer a.range=0,2147483648", "HIVE_INVALID_PARTITION_VALUE: Invalid partition value '2147483648' for INTEGER partition key: a"},
		{"a tinyint", "a.type=integer a.range=-129,0", "HIVE_INVALID_PARTITION_VALUE: Invalid partition value '-129' for TINYINT partition key: a"},
		{"a string", "a.type=enum a.values=x,,y", invalid + "a.values' = 'x,,y': a value is empty"},
		{"a string", "a.type=enum a.values=x,y,x", invalid + "a.values' = 'x,y,x': 'x' stands twice"},
		{"a int", "a.type=injected", "NOT_SUPPORTED: "},
		{"a string", "a.type=injected", "CONSTRAINT_VIOLATION: For the injected projected partition column a, the WHERE clause must contain only static equality conditions"},
		{"a string, b string", "a.type=enum a.values=x b.type=enum b.values=y storage.location.template=s3://b/${a}/", "INVALID_TABLE_PROPERTY: Table t: the property 'storage.location.template' = 's3://b/${a}/' lacks the partition column ${b}"},
		{"a string", "a.type=enum a.values=x storage.location.template=s3://b/${a}/${c}/", "INVALID_TABLE_PROPERTY: Table t: the property 'storage.location.template' = 's3://b/${a}/${c}/' names ${c}"},
		{"a bigint", "a.type=integer a.range=0,1000000", "HIVE_EXCEEDED_PARTITION_LIMIT: Query over table 't' can potentially read more than 1000000 partitions"},
	}
	for _, test := range tests {
		_, err := prefixesOf(t, projectedTable(test.columns, test.properties), schema.Predicate{})
		var f *fault.Error
		if !errors.As(err, &f) || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s, %s: got %v, want %s", test.columns, test.properties, err, test.want)
		}
	}
}

// The examples of the table of projectors give what it says.
func TestProjectorExamples(t *testing.T) {
	for _, kind := range projectors {
		if kind.doc == "" {
			t.Errorf("%s has no doc", kind.name)
		}
		if kind.example == "" {
			continue
		}
		properties := "c.type=" + kind.name
		for property := range strings.FieldsSeq(kind.example) {
			properties += " c." + property
		}
		properties += " storage.location.template=s3://b/t/${c}/"
		got, err := prefixesOf(t, projectedTable("c string", properties), schema.Predicate{})
		for i := range got {
			got[i] = strings.TrimSuffix(got[i], "/")
		}
		if want := strings.Fields(kind.want); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %q, %v, want %q", kind.name, got, err, want)
		}
	}
}

func TestIsProjected(t *testing.T) {
	for value, want := range map[string]bool{"true": true, "TRUE": true, "false": false, "": false} {
		if got := IsProjected(projectedTable("a string", "enabled="+value)); got != want {
			t.Errorf("%q: got %v, want %v", value, got, want)
		}
	}
	if IsProjected(&schema.Table{}) {
		t.Error("a table without properties is projected")
	}
}

// What a condition leaves of a projection is what it leaves of all of it.
func TestProjectionIsSound(t *testing.T) {
	tables := []*schema.Table{
		projectedTable("r string, day string", "r.type=enum r.values=b,a,c day.type=date day.format=yyyy/MM/dd day.range=NOW-9DAYS,NOW"),
		projectedTable("r int, day date", "r.type=integer r.range=-2,7 r.interval=3 day.type=date day.format=dd-MM-yyyy day.range=NOW-9DAYS,NOW"),
		projectedTable("r string, day int", "r.type=integer r.range=-12,12 r.interval=4 day.type=date day.format=ddMMyyyy day.range=NOW-9DAYS,NOW"),
		projectedTable("r string, day string", "r.type=enum r.values=b,~~HIVE~DEFAULT~PARTITION~~,a day.type=date day.format=yyyy-MM day.range=NOW-4MONTHS,NOW day.interval=11 day.interval.unit=DAYS"),
		projectedTable("r string, day string", "r.type=integer r.range=7,12 day.type=date day.format=d_MMM_yyyy day.range=NOW-9DAYS,NOW"),
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		table := tables[r.IntN(len(tables))]
		p, err := NewProjection(table)
		if err != nil {
			t.Fatal(err)
		}
		filter := randomCondition(r, p, 3)
		var want, got []string
		for partition, err := range p.Partitions(schema.Predicate{}, aSaturday) {
			if err != nil {
				t.Fatal(err)
			}
			domain := func(c string) schema.Domain {
				if v, ok := partition.Keys[c]; ok {
					return schema.Exactly(v)
				}
				return schema.AlwaysNull
			}
			if filter.CanMatch(domain) {
				want = append(want, partition.Prefix)
			}
		}
		for partition, err := range p.Partitions(filter, aSaturday) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, partition.Prefix)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v: got %q, want %q", filter, got, want)
		}
	}
}

// randomCondition compares columns with values that they have, or nearly.
func randomCondition(r *rand.Rand, p *Projection, depth int) schema.Predicate {
	if depth > 0 && r.IntN(2) == 0 {
		op := []schema.Op{schema.And, schema.Or, schema.Not}[r.IntN(3)]
		args := []schema.Predicate{randomCondition(r, p, depth-1)}
		if op != schema.Not {
			args = append(args, randomCondition(r, p, depth-1))
		}
		return schema.Predicate{Op: op, Args: args}
	}
	c := p.columns[r.IntN(len(p.columns))]
	s, _ := c.series(c.Column, schema.Predicate{}, aSaturday)
	value := func() schema.Value {
		v := s.at(r.Uint64N(s.count)).value
		if v.Type == schema.String {
			v.Text = v.Text[:r.IntN(len(v.Text)+1)] + []string{"", "0", "z"}[r.IntN(3)]
		}
		v.Int += int64(r.IntN(3) - 1)
		return v
	}
	op := []schema.Op{schema.Eq, schema.Ne, schema.Lt, schema.Le, schema.Gt, schema.Ge, schema.In, schema.IsNull, schema.Unknown}[r.IntN(9)]
	return schema.Predicate{Op: op, Column: c.Name, Values: []schema.Value{value(), value()}}
}

func FuzzProjection(f *testing.F) {
	for _, kind := range projectors {
		f.Add("c", kind.name, kind.example, "yyyy/MM/dd", "NOW-1DAY,NOW")
	}
	f.Add("c", "integer", "1", "HH''mm", "-3,3")
	f.Fuzz(func(t *testing.T, column, kind, interval, format, bounds string) {
		table := &schema.Table{Name: "t", Location: "s3://b/t", Partitions: []schema.Column{schema.NewColumn(column, "string")}}
		for name, value := range map[string]string{"type": kind, "interval": interval, "interval.unit": "DAYS", "format": format, "range": bounds, "values": bounds} {
			table.Properties = table.Properties.With(fmt.Sprintf("projection.%s.%s", column, name), value)
		}
		p, err := NewProjection(table)
		if err != nil {
			return
		}
		n := 0
		for partition, err := range p.Partitions(schema.Predicate{}, aSaturday) {
			if err == nil && !strings.HasPrefix(partition.Prefix, "s3://b/t/"+column+"=") {
				t.Fatalf("prefix %q", partition.Prefix)
			}
			if n++; n == 100 {
				break
			}
		}
	})
}
