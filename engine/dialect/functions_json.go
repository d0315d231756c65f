package dialect

import "strings"

// jsonFunctions work on JSON, which is kept as text.
var jsonFunctions = []Function{
	{Name: "json_parse", Signatures: []string{"json_parse(varchar) json"}, Doc: "A text as JSON.", Example: "json_parse('[1, 2]')", Want: "[1,2]", render: func(c *callSite) string {
		return c.guard("NOT json_valid("+c.args[0].sql+")", functionArgument, "Cannot convert value to JSON", c.expand("CAST(json($1) AS VARCHAR)"))
	}},
	{Name: "json_format", Signatures: []string{"json_format(json) varchar"}, SQL: "$1", Doc: "JSON as a text.", Example: "json_format(JSON '[1]')", Want: "[1]"},
	{Name: "json_extract_scalar", Signatures: []string{"json_extract_scalar(varchar, varchar) varchar", "json_extract_scalar(json, varchar) varchar"}, Doc: "The scalar at a path, as a text.", Example: `json_extract_scalar('{"a": 1}', '$.a')`, Want: "1", render: jsonScalar},
	{Name: "json_extract", Signatures: []string{"json_extract(varchar, varchar) json", "json_extract(json, varchar) json"}, Doc: "What stands at a path.", Example: `json_extract('{"a": [1]}', '$.a')`, Want: "[1]", render: func(c *callSite) string {
		path, ok := c.jsonPath(1)
		if !ok {
			return "NULL"
		}
		return "CAST(json_extract(CASE WHEN json_valid(" + c.args[0].sql + ") THEN " + c.args[0].sql + " END, " + path + ") AS VARCHAR)"
	}},
	{Name: "is_json_scalar", Signatures: []string{"is_json_scalar(varchar) boolean", "is_json_scalar(json) boolean"}, SQL: "CASE WHEN $1 IS NOT NULL THEN vpcq_json_kind($1) NOT IN ('array', 'object') END", Doc: "Whether the JSON is a number, a text, true, false or null.", Example: "is_json_scalar('[1]')", Want: "false"},
	{Name: "json_array_contains", Signatures: []string{"json_array_contains(varchar, boolean) boolean", "json_array_contains(json, boolean) boolean"}, SQL: "vpcq_json_array_contains_boolean($1, $2)", Doc: "Whether an array of JSON has a value.", Example: "json_array_contains('[true]', true)", Want: "true"},
	{Name: "json_array_contains", Signatures: []string{"json_array_contains(varchar, bigint) boolean", "json_array_contains(json, bigint) boolean"}, SQL: "vpcq_json_array_contains_bigint($1, $2)", Doc: "Whether an array of JSON has a value.", Example: "json_array_contains('[1, 2]', 2)", Want: "true"},
	{Name: "json_array_contains", Signatures: []string{"json_array_contains(varchar, double) boolean", "json_array_contains(json, double) boolean"}, SQL: "vpcq_json_array_contains_double($1, $2)", Doc: "Whether an array of JSON has a value.", Example: "json_array_contains('[1.5]', 1.5e0)", Want: "true"},
	{Name: "json_array_contains", Signatures: []string{"json_array_contains(varchar, varchar) boolean", "json_array_contains(json, varchar) boolean"}, SQL: "vpcq_json_array_contains_varchar($1, $2)", Doc: "Whether an array of JSON has a value.", Example: `json_array_contains('["a"]', 'a')`, Want: "true"},
	{Name: "json_array_get", Signatures: []string{"json_array_get(varchar, bigint) json", "json_array_get(json, bigint) json"}, SQL: "vpcq_json_array_get($1, $2)", Doc: "The element of an array at a position, from 0, or from the end where it is negative.", Example: "json_array_get('[5, 7]', 1)", Want: "7"},
	{Name: "json_array_length", Signatures: []string{"json_array_length(varchar) bigint", "json_array_length(json) bigint"}, SQL: "CASE WHEN json_valid($1) AND json_type($1) = 'ARRAY' THEN CAST(json_array_length($1) AS BIGINT) END", Doc: "The number of elements of an array.", Example: "json_array_length('[1, 2]')", Want: "2"},
}

// jsonPath translates a path of dots and subscripts.
func (c *callSite) jsonPath(i int) (string, bool) {
	path, ok := c.constantText(i, "a JSON path")
	if !ok {
		return "", false
	}
	var b strings.Builder
	rest, ok := strings.CutPrefix(path, "$")
	b.WriteString("$")
	for ok && rest != "" {
		end := strings.IndexAny(rest[1:], ".[") + 1
		if end == 0 {
			end = len(rest)
		}
		if rest[0] == '[' {
			if end = strings.IndexByte(rest, ']') + 1; end == 0 {
				ok = false
				break
			}
		}
		var step string
		if step, ok = jsonStep(rest[:end]); ok {
			b.WriteString(step)
		}
		rest = rest[end:]
	}
	if !ok {
		c.a.refuse(c.node, "the JSON path '%s'", path)
	}
	return duckString(b.String()), ok
}

// jsonStep translates .name, [3] and ["name"].
func jsonStep(step string) (string, bool) {
	if name, ok := strings.CutPrefix(step, "."); ok {
		return `."` + name + `"`, name != "" && !strings.ContainsAny(name, `*"`)
	}
	inside := strings.TrimSuffix(strings.TrimPrefix(step, "["), "]")
	if name := strings.Trim(inside, `"`); len(inside) == len(name)+2 && name != "" {
		return `."` + name + `"`, !strings.ContainsAny(name, `*"`)
	}
	return step, isDigits(inside)
}

func jsonScalar(c *callSite) string {
	path, ok := c.jsonPath(1)
	if !ok {
		return "NULL"
	}
	json := "CASE WHEN json_valid(" + c.args[0].sql + ") THEN " + c.args[0].sql + " END"
	return "CASE WHEN json_type(" + json + ", " + path + ") NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(" + json + ", " + path + ") END"
}
