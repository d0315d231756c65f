package dialect

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// fixed prints a number, given by its digits, with decimal places as Java's
// Formatter does: halves away from zero, perhaps with commas between thousands.
func fixed(digits string, places int64, commas bool) (any, error) {
	switch strings.ToLower(digits) {
	case "nan":
		return "NaN", nil
	case "inf":
		return "Infinity", nil
	case "-inf":
		return "-Infinity", nil
	}
	value, ok := new(big.Rat).SetString(digits)
	if !ok {
		return nil, fmt.Errorf("%s: not a number: %s", functionArgument, digits)
	}
	text := value.FloatString(int(places)) // which rounds halves away from zero
	if !commas {
		return text, nil
	}
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	whole, fraction, dotted := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dotted {
		whole += "." + fraction
	}
	return sign + whole, nil
}

// formatNumber prints a number in three digits and a letter for its thousands:
// 123K, 1.5M. Halves round to even, as Java's DecimalFormat rounds.
func formatNumber(f float64) (any, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return fmt.Sprint(f), nil
	}
	unit, scaled := 0, math.Abs(f)
	for ; scaled >= 1000 && unit < len(thousands)-1; unit++ {
		scaled /= 1000
	}
	places := 2
	if scaled >= 100 {
		places = 0
	} else if scaled >= 10 {
		places = 1
	}
	factor := math.Pow(10, float64(places))
	text := fmt.Sprintf("%.*f", places, math.RoundToEven(scaled*factor)/factor)
	if places > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if f < 0 && text != "0" {
		text = "-" + text
	}
	return text + thousands[unit], nil
}

var thousands = []string{"", "K", "M", "B", "T", "Q"}
