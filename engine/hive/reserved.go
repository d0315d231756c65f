package hive

// reserved are the words that are never names unless they stand in backticks:
// Hive's keywords less those it still takes as identifiers while
// hive.support.sql11.reserved.keywords is off (its IdentifiersParser.g, 1.2).
var reserved = setOf(
	"AND", "CASE", "CAST", "CHAR", "COLUMN", "CONF", "CROSS", "CURRENT", "DATABASE", "DISTINCT", "ELSE", "END",
	"EXCHANGE", "EXTENDED", "FOLLOWING", "FROM", "FUNCTION", "HAVING", "IF", "INTERVAL", "JOIN", "LESS", "MACRO",
	"MAP", "MORE", "NOT", "ON", "OR", "OVER", "PARTIALSCAN", "PRECEDING", "PRESERVE", "REDUCE", "SELECT",
	"TABLESAMPLE", "THEN", "TRANSFORM", "UNBOUNDED", "UNIQUEJOIN", "UTC_TMESTAMP", "VARCHAR", "WHEN", "WHERE",
	"WINDOW",
)

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
