package dialect

import "testing"

func TestExactArithmetic(t *testing.T) {
	tests := []struct {
		operation, left, right string
		to                     Type
		want                   string
	}{
		{"+", "17014000000000000000000000000000000000", "-7014000000000000000000000000000000000.1", decimalType(38, 1), "9999999999999999999999999999999999999.9"},
		{"-", "1", "0.05", decimalType(38, 2), "0.95"},
		{"+", "99999999999999999999999999999999999999", "1", decimalType(38, 0), "NUMERIC_VALUE_OUT_OF_RANGE: Decimal overflow"},
		{"/", "-0.1", "0.0000000000000000001", decimalType(38, 19), "-1000000000000000000.0000000000000000000"},
		{"/", "2", "3", decimalType(3, 1), "0.7"},
		{"/", "-1", "2", decimalType(3, 0), "-1"},
		{"/", "1", "0.0", decimalType(3, 1), "DIVISION_BY_ZERO: Division by zero"},
		{"%", "99999999999999999999999999999999999997", "3.0000000000000000", decimalType(17, 16), "1.0000000000000000"},
		{"%", "-7", "3.0", decimalType(2, 1), "-1.0"},
		{"%", "7", "0", decimalType(1, 0), "DIVISION_BY_ZERO: Division by zero"},
		{"round", "1234.56", "1", decimalType(7, 2), "1234.60"},
		{"round", "1250.00", "-2", decimalType(7, 2), "1300.00"},
		{"round", "-1250.00", "-2", decimalType(7, 2), "-1300.00"},
		{"round", "9999.00", "-4", decimalType(7, 2), "0.00"}, // Trino's, of 64 bits
		{"round", "99999999999999999.00", "-17", decimalType(20, 2), "100000000000000000.00"},
		{"round", "5", "9223372036854775808", decimalType(38, 0), "5"},
		{"truncate", "-123.99", "1", decimalType(5, 2), "-123.90"},
		{"truncate", "123.99", "-2", decimalType(5, 2), "100.00"},
		{"truncate", "123.99", "-2147483648", decimalType(5, 2), "0.00"},
		{"?", "1", "1", decimalType(5, 2), `INVALID_FUNCTION_ARGUMENT: there is no operation "?" of decimals`},
	}
	for _, test := range tests {
		if got := outcome(exactArithmetic(test.operation, test.left, test.right, test.to)); got != test.want {
			t.Errorf("%s %s %s as %s = %s, want %s", test.left, test.operation, test.right, test.to, got, test.want)
		}
	}
}

func TestRoundInteger(t *testing.T) {
	tests := []struct {
		n, places int64
		want      string
	}{
		{12, 3, "12"},
		{15, -1, "20"},
		{-15, -1, "-20"},
		{4, -1, "0"},
		{499, -3, "0"},
		{9223372036854775807, -1, "NUMERIC_VALUE_OUT_OF_RANGE: numerical overflow: 9223372036854775807"},
		{1, -19, "NUMERIC_VALUE_OUT_OF_RANGE: numerical overflow: 1"},
	}
	for _, test := range tests {
		if got := outcome(roundInteger(test.n, test.places)); got != test.want {
			t.Errorf("round(%d, %d) = %s, want %s", test.n, test.places, got, test.want)
		}
	}
}

// Arithmetic is DuckDB's wherever its 128 bits suffice, which costs a tenth.
func TestDecimalsThatNeedGo(t *testing.T) {
	tests := []struct {
		expression string
		inGo       bool
	}{
		{"DECIMAL '1.5' + DECIMAL '2.25'", false},
		{"CAST(1 AS bigint) / 1024.0", false},
		{"DECIMAL '12345678901234567' * DECIMAL '123456789012345670'", false},
		{"CAST(1 AS decimal(38,0)) + CAST(1 AS decimal(38,1))", true},
		{"CAST(1 AS decimal(20,10)) / CAST(1 AS decimal(20,10))", true},
		{"CAST(1 AS decimal(38,0)) % CAST(1 AS decimal(17,16))", true},
	}
	for _, test := range tests {
		sql := analyzed(t, "SELECT "+test.expression).DuckDB()
		if got := callsNative(sql, "vpcq_decimal"); got != test.inGo {
			t.Errorf("%s in Go: %t, want %t: %s", test.expression, got, test.inGo, sql)
		}
	}
}
