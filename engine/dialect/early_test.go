package dialect

import "testing"

// A statement reads all records unless something in it may be done earlier.
func TestReadsAll(t *testing.T) {
	for sql, want := range map[string]bool{
		"SELECT * FROM flows":                                                        true,
		"SELECT * FROM flows LIMIT ALL":                                              true,
		"SELECT * FROM flows OFFSET 5":                                               true,
		"SELECT * FROM flows LIMIT 5":                                                false,
		"SELECT * FROM flows FETCH FIRST ROW ONLY":                                   false,
		"SELECT * FROM flows ORDER BY bytes DESC LIMIT 5":                            true,
		"SELECT * FROM flows ORDER BY bytes FETCH FIRST 5 ROWS WITH TIES":            true,
		"SELECT sum(bytes) FROM flows LIMIT 5":                                       true,
		"SELECT srcaddr FROM flows GROUP BY 1 LIMIT 5":                               true,
		"SELECT DISTINCT srcaddr FROM flows LIMIT 5":                                 true,
		"SELECT row_number() OVER () FROM flows LIMIT 5":                             false,
		"SELECT srcaddr FROM flows UNION SELECT dstaddr FROM flows":                  true,
		"SELECT srcaddr FROM flows UNION ALL SELECT dstaddr FROM flows LIMIT 5":      false,
		"SELECT count(*) FROM (SELECT * FROM flows LIMIT 5)":                         false,
		"SELECT * FROM (SELECT * FROM flows ORDER BY bytes LIMIT 5)":                 true,
		"WITH f AS (SELECT * FROM flows) SELECT * FROM f LIMIT 5":                    false,
		"WITH f AS (SELECT * FROM flows) SELECT max(bytes) FROM f":                   true,
		"SELECT * FROM flows WHERE EXISTS (SELECT 1 FROM flows)":                     false,
		"SELECT * FROM flows WHERE bytes > (SELECT avg(bytes) FROM flows)":           true,
		"SELECT * FROM flows WHERE bytes > (SELECT bytes FROM flows)":                false,
		"SELECT * FROM flows WHERE bytes > (SELECT bytes FROM flows UNION SELECT 1)": false,
		"SELECT * FROM flows WHERE bytes IN (SELECT bytes FROM flows)":               true,
	} {
		if got := analyzed(t, sql).ReadsAll; got != want {
			t.Errorf("%s: reads all: %v", sql, got)
		}
	}
}
