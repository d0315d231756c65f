package dialect

import "testing"

func TestParseLiterals(t *testing.T) {
	checkPrinted(t, []printed{
		{"SELECT null, true, False, 'it''s', '', ?", "SELECT NULL, TRUE, FALSE, 'it''s', '', ?"},
		{`SELECT U&'\0041\\\+01F600', u&'d!0061' UESCAPE '!'`, `SELECT 'A\😀', 'da'`},
		{"SELECT x'65 68	3f', X''", "SELECT X'65683F', X''"},
		{"SELECT 1, 1_000, 0xFF, 0o17, 0b11, -5, -9223372036854775808", ""},
		{"SELECT 1.5, .5, 1., 1_0.5, -0.5", "SELECT 1.5, .5, 1., 10.5, -0.5"},
		{"SELECT 1e3, 1.5E-3", ""},
		{`SELECT DATE '2024-01-01', timestamp '2024-01-01 00:00:00 UTC', DECIMAL '1.5', "ipaddress" '::1', JSON '[]', REAL '1'`, ""},
		{"SELECT DOUBLE PRECISION '1', double '2'", "SELECT DOUBLE '1', double '2'"},
		{"SELECT INTERVAL '1' DAY, INTERVAL - '1-2' YEAR TO MONTH, INTERVAL + '1' SECOND", "SELECT INTERVAL '1' DAY, INTERVAL -'1-2' YEAR TO MONTH, INTERVAL '1' SECOND"},
		{"SELECT interval, interval '1', interval(1), interval + 1", "SELECT interval, interval '1', interval(1), interval + 1"},
	})
	checkRefused(t, map[string]string{
		"SELECT 9223372036854775808": "1:8",
		"SELECT 'a' 'b'":             "1:12",
		`SELECT U&'\D800'`:           "1:8",
		`SELECT U&'\00g0'`:           "1:8",
		"SELECT U&'x' UESCAPE 'ab'":  "1:8",
		"SELECT 1x":                  "1:8",
		"SELECT $$a$$":               "1:8",
	})
}
