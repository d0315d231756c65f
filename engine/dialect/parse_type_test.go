package dialect

import "testing"

func TestParseTypes(t *testing.T) {
	checkPrinted(t, []printed{
		{`SELECT CAST(a AS varchar(10)), CAST(a AS decimal(10, 2)), CAST(a AS char(5)), CAST(a AS "my type")`, ""},
		{"SELECT CAST(a AS ARRAY<bigint>), CAST(a AS bigint ARRAY), CAST(a AS array(array(bigint))), CAST(a AS int ARRAY[3])", "SELECT CAST(a AS ARRAY(bigint)), CAST(a AS ARRAY(bigint)), CAST(a AS array(array(bigint))), CAST(a AS ARRAY(int))"},
		{"SELECT CAST(a AS MAP<varchar, ARRAY<int> >)", "SELECT CAST(a AS MAP(varchar, ARRAY(int)))"},
		{`SELECT CAST(a AS ROW(x bigint, "y z" ROW(varchar(5), b date), double, t timestamp))`, `SELECT CAST(a AS ROW(x bigint, "y z" ROW(varchar(5), b date), double, t TIMESTAMP))`},
		{"SELECT CAST(a AS timestamp(6) with time zone), CAST(a AS time without time zone), CAST(a AS time(3))", "SELECT CAST(a AS TIMESTAMP(6) WITH TIME ZONE), CAST(a AS TIME), CAST(a AS TIME(3))"},
		{"SELECT CAST(a AS double precision), CAST(a AS interval day to second), CAST(a AS interval)", "SELECT CAST(a AS double), CAST(a AS INTERVAL DAY TO SECOND), CAST(a AS interval)"},
		{"SELECT CAST(a AS ROW(array array(bigint), map map(int, int), interval varchar))", ""},
	})
	checkRefused(t, map[string]string{
		"SELECT CAST(a AS 1)":            "1:18",
		"SELECT CAST(a AS ROW())":        "1:22",
		"SELECT CAST(a AS array<int)":    "1:27",
		"SELECT CAST(a AS varchar('x'))": "1:26",
	})
}
