package dialect

import (
	"fmt"
	"time"
)

// formatFunctions print and parse dates and times by a pattern, MySQL's or Joda's.
var formatFunctions = []Function{
	{Name: "date_format", Signatures: []string{"date_format(timestamp(p), varchar) varchar", "date_format(timestamp(p) with time zone, varchar) varchar"}, Doc: "A time printed by a pattern of MySQL's, such as %Y-%m-%d %H:%i:%s.", Example: "date_format(TIMESTAMP '2024-03-08 10:20:30', '%d/%m/%Y %H:%i')", Want: "08/03/2024 10:20", render: dateFormat, refine: foldDateFormat},
	{Name: "date_parse", Signatures: []string{"date_parse(varchar, varchar) timestamp(3)"}, SQL: "vpcq_parse_mysql($1, $2)", Doc: "A time read by a pattern of MySQL's.", Example: "date_parse('2024/03/08', '%Y/%m/%d')", Want: "2024-03-08 00:00:00.000"},
	{Name: "format_datetime", Signatures: []string{"format_datetime(timestamp(p), varchar) varchar", "format_datetime(timestamp(p) with time zone, varchar) varchar"}, Doc: "A time printed by a pattern of Joda's, such as yyyy-MM-dd HH:mm:ss.", Example: "format_datetime(TIMESTAMP '2024-03-08 10:20:30', 'yyyy/MM/dd')", Want: "2024/03/08", render: formatDateTime},
	{Name: "parse_datetime", Signatures: []string{"parse_datetime(varchar, varchar) timestamp(3) with time zone"}, Doc: "An instant read by a pattern of Joda's, in the zone that the text has, else the session's.", Example: "parse_datetime('2024-03-08 10', 'yyyy-MM-dd HH')", Want: "2024-03-08 10:00:00.000 UTC", render: parseDateTime},
}

// millis writes the wall-clock time that patterns see: rounded to milliseconds.
func (c *callSite) millis(i int) string {
	t := c.args[i]
	if t.typ.Precision > 3 {
		t = c.a.convertTemporal(t.bare(), Type{Kind: t.typ.Kind, Precision: 3, Zone: t.typ.Zone})
	}
	return c.a.wall(t)
}

func dateFormat(c *callSite) string {
	return "vpcq_format_mysql(" + c.millis(0) + ", " + c.args[1].sql + ")"
}

// foldDateFormat prints what the statement fixes, which conditions on partition
// columns of text use.
func foldDateFormat(c *callSite, t *term) {
	m, ok := c.args[0].value.(microValue)
	pattern, isText := c.given[1].text()
	location, known := time.UTC, true
	if c.args[0].typ.Kind == TimestampTZKind {
		location, _, known = loadZone(c.args[0].typ.Zone)
	}
	if !ok || !isText || !known {
		return
	}
	wall := roundMicros(toWall(m, location), 3)
	if text, err := printPattern(mysqlPatterns, wall, pattern, zoneShown{}); err == nil {
		t.value = text
	}
}

// formatDateTime takes what has no zone for a time of the session's.
func formatDateTime(c *callSite) string {
	zone, offset := c.a.zone, "0"
	if t := c.args[0].typ; t.Kind == TimestampTZKind {
		zone, offset = t.Zone, c.a.offsetSeconds(c.args[0])
	}
	return fmt.Sprintf("vpcq_format_joda(%s, %s, CAST(%s AS BIGINT), %s)", c.millis(0), c.args[1].sql, offset, duckString(zone))
}

// parseDateTime finds the zone of a text that the statement fixes; of others it
// must be the session's.
func parseDateTime(c *callSite) string {
	year := int64(c.a.session.Now.In(c.a.session.Zone).Year())
	text, known := c.given[0].text()
	if pattern, ok := c.given[1].text(); ok && known {
		if _, zone, err := parseJoda(text, pattern, year, c.a.zone); err == nil {
			c.result.Zone = zone
		}
	}
	return fmt.Sprintf("vpcq_parse_joda(%s, %s, %d, %s, %s)", c.args[0].sql, c.args[1].sql, year, duckString(c.a.zone), duckString(c.result.Zone))
}
