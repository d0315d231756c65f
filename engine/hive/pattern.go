package hive

import (
	"regexp"
	"strings"
)

// Matches tells whether a name fits the pattern of SHOW TABLES or SHOW VIEWS: a
// regular expression over the whole name in any case, in which a bare * stands
// for any characters and | separates alternatives ("SHOW TABLES" in Athena's
// guide). The empty pattern fits all.
func Matches(pattern, name string) bool {
	if pattern == "" {
		return true
	}
	for alternative := range strings.SplitSeq(pattern, "|") {
		if MatchesExpression(bareStars(strings.TrimSpace(alternative)), name) {
			return true
		}
	}
	return false
}

// MatchesExpression tells whether a name fits the pattern of SHOW DATABASES: a
// regular expression over the whole name, in which any characters are .* ("SHOW
// DATABASES" in Athena's guide). The empty pattern fits all, and what is no
// regular expression fits nothing.
func MatchesExpression(pattern, name string) bool {
	re, err := regexp.Compile("(?i)^(?:" + pattern + ")$")
	return pattern == "" || err == nil && re.MatchString(name)
}

// bareStars writes .* for each * that has no . before it.
func bareStars(pattern string) string {
	var b strings.Builder
	for i := range len(pattern) {
		if pattern[i] == '*' && (i == 0 || pattern[i-1] != '.') {
			b.WriteByte('.')
		}
		b.WriteByte(pattern[i])
	}
	return b.String()
}
