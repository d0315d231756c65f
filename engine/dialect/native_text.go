package dialect

import (
	"fmt"
	"math"
	"net/url"
	"strings"
)

// urlEncode escapes as an HTML form does, with * kept and ~ escaped.
func urlEncode(s string) string {
	return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(s))
}

func urlDecode(s string) (any, error) {
	decoded, err := url.QueryUnescape(s)
	if err != nil {
		return nil, fmt.Errorf("%s: %v", functionArgument, err)
	}
	return decoded, nil
}

// humanReadableSeconds prints seconds in words: 1 day, 3 minutes, 5 seconds.
func humanReadableSeconds(f float64) (any, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, fmt.Errorf("%s: Invalid argument found: %v", functionArgument, f)
	}
	rest := int64(math.Abs(math.Round(f)))
	var parts []string
	for _, unit := range []struct {
		name    string
		seconds int64
	}{{"week", 604800}, {"day", 86400}, {"hour", 3600}, {"minute", 60}, {"second", 1}} {
		n := rest / unit.seconds
		rest %= unit.seconds
		if n == 0 && (unit.seconds > 1 || len(parts) > 0) {
			continue
		}
		plural := "s"
		if n == 1 {
			plural = ""
		}
		parts = append(parts, fmt.Sprintf("%d %s%s", n, unit.name, plural))
	}
	return strings.Join(parts, ", "), nil
}
