package dialect

import (
	"fmt"
	"time"
)

// timeNatives read, print and move times.
var timeNatives = []Native{
	{Name: "vpcq_wall", Parameters: []string{"TIMESTAMPTZ", "VARCHAR"}, Result: "TIMESTAMP", Call: zoneNative(func(args []any, location *time.Location) int64 {
		return wallOf(args[0].(int64), location)
	})},
	{Name: "vpcq_instant", Parameters: []string{"TIMESTAMP", "VARCHAR"}, Result: "TIMESTAMPTZ", Call: zoneNative(func(args []any, location *time.Location) int64 {
		return instantOf(args[0].(int64), location)
	})},
	{Name: "vpcq_instant_near", Parameters: []string{"TIMESTAMP", "TIMESTAMPTZ", "VARCHAR"}, Result: "TIMESTAMPTZ", Call: zoneNative(func(args []any, location *time.Location) int64 {
		return instantNear(args[0].(int64), args[1].(int64), location)
	})},
	{Name: "vpcq_text_of_timestamp", Parameters: []string{"TIMESTAMP", "BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		return timestampText(args[0].(int64), ' ', int(args[1].(int64))), nil
	}},
	{Name: "vpcq_text_of_date", Parameters: []string{"DATE"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		return string(appendDay(nil, dayValue(args[0].(int32)).time(), false)), nil
	}},
	{Name: "vpcq_text_of_time", Parameters: []string{"TIME", "BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		return timestampText(args[0].(int64), ' ', int(args[1].(int64)))[len("1970-01-01 "):], nil
	}},
	{Name: "vpcq_iso_of_timestamp", Parameters: []string{"TIMESTAMP", "BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		return timestampText(args[0].(int64), 'T', int(args[1].(int64))), nil
	}},
	{Name: "vpcq_text_of_offset", Parameters: []string{"BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return offsetText(args[0].(int64)), nil }},
	{Name: "vpcq_date_of_text", Parameters: []string{"VARCHAR"}, Result: "DATE", Call: func(args []any) (any, error) { return dateOfText(args[0].(string)) }},
	{Name: "vpcq_time_of_text", Parameters: []string{"VARCHAR", "BIGINT"}, Result: "TIME", Call: func(args []any) (any, error) {
		return timeOfText(args[0].(string), int(args[1].(int64)))
	}},
	{Name: "vpcq_timestamp_of_text", Parameters: []string{"VARCHAR", "BIGINT"}, Result: "TIMESTAMP", Call: func(args []any) (any, error) {
		return timestampOfText(args[0].(string), int(args[1].(int64)))
	}},
	{Name: "vpcq_instant_of_text", Parameters: []string{"VARCHAR", "BIGINT", "VARCHAR", "VARCHAR"}, Result: "TIMESTAMPTZ", Call: func(args []any) (any, error) {
		return instantOfText(args[0].(string), int(args[1].(int64)), args[2].(string), args[3].(string))
	}},
	{Name: "vpcq_parse_duration", Parameters: []string{"VARCHAR"}, Result: "BIGINT", Call: func(args []any) (any, error) { return parseDuration(args[0].(string)) }},
	{Name: "vpcq_format_mysql", Parameters: []string{"TIMESTAMP", "VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		return printPattern(mysqlPatterns, args[0].(int64), args[1].(string), zoneShown{})
	}},
	{Name: "vpcq_format_joda", Parameters: []string{"TIMESTAMP", "VARCHAR", "BIGINT", "VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		return printPattern(jodaPatterns, args[0].(int64), args[1].(string), zoneShown{args[2].(int64), args[3].(string)})
	}},
	{Name: "vpcq_parse_mysql", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "TIMESTAMP", Call: func(args []any) (any, error) {
		return parseMySQL(args[0].(string), args[1].(string))
	}},
	{Name: "vpcq_parse_joda", Parameters: []string{"VARCHAR", "VARCHAR", "BIGINT", "VARCHAR", "VARCHAR"}, Result: "TIMESTAMPTZ", Call: func(args []any) (any, error) {
		return inZone(args[4].(string))(parseJoda(args[0].(string), args[1].(string), args[2].(int64), args[3].(string)))
	}},
	{Name: "vpcq_iso_date", Parameters: []string{"VARCHAR"}, Result: "DATE", Call: func(args []any) (any, error) { return parseISODate(args[0].(string)) }},
	{Name: "vpcq_iso_timestamp", Parameters: []string{"VARCHAR", "VARCHAR", "VARCHAR"}, Result: "TIMESTAMPTZ", Call: func(args []any) (any, error) {
		return inZone(args[2].(string))(parseISOTimestamp(args[0].(string), args[1].(string)))
	}},
}

// inZone takes an instant and the zone in which it was written, which must be
// the one that the statement's types have for it.
func inZone(want string) func(instant int64, zone string, err error) (any, error) {
	return func(instant int64, zone string, err error) (any, error) {
		if err == nil && zone != want {
			return nil, fmt.Errorf("%s: vpcq does not support timestamps whose zones differ from row to row yet: found %s, where the others are in %s", notSupported, zone, want)
		}
		return instant, err
	}
}
