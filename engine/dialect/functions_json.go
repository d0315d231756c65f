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
