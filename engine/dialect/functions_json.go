package dialect

// jsonFunctions work on JSON, which is kept as text. Those that take a varchar,
// too, read it as far as they need to and give NULL where it is no JSON.
var jsonFunctions = []Function{
	{Name: "json_parse", Signatures: []string{"json_parse(varchar) json"}, SQL: "vpcq_json_parse($1)", Doc: "A text as JSON, the members of objects in order.", Example: `json_parse('{"b": 1, "a": 2.50}')`, Want: `{"a":2.5,"b":1}`},
	{Name: "json_format", Signatures: []string{"json_format(json) varchar"}, SQL: "$1", Doc: "JSON as a text.", Example: "json_format(JSON '[1, 2]')", Want: "[1,2]"},
	{Name: "json_extract", Signatures: []string{"json_extract(varchar, varchar) json", "json_extract(json, varchar) json"}, SQL: "vpcq_json_extract($1, $2)", Doc: `What stands at a path such as $.a[0]["b c"].`, Example: `json_extract('{"a": [1]}', '$.a')`, Want: "[1]"},
	{Name: "json_extract_scalar", Signatures: []string{"json_extract_scalar(varchar(x), varchar) varchar(x)", "json_extract_scalar(json, varchar) varchar"}, SQL: "vpcq_json_extract_scalar($1, $2)", Doc: "The scalar at a path as a text; NULL of null, arrays and objects.", Example: `json_extract_scalar('{"a": 1}', '$.a')`, Want: "1"},
	{Name: "json_size", Signatures: []string{"json_size(varchar, varchar) bigint", "json_size(json, varchar) bigint"}, SQL: "vpcq_json_size($1, $2)", Doc: "The number of members or elements of what stands at a path; 0 of a scalar.", Example: `json_size('{"a": [7, 8]}', '$.a')`, Want: "2"},
	{Name: "is_json_scalar", Signatures: []string{"is_json_scalar(varchar) boolean", "is_json_scalar(json) boolean"}, SQL: "vpcq_json_is_scalar($1)", Doc: "Whether the JSON is a number, a text, true, false or null.", Example: "is_json_scalar('[1]')", Want: "false"},
	{Name: "json_array_contains", Signatures: []string{"json_array_contains(varchar, boolean) boolean", "json_array_contains(json, boolean) boolean"}, SQL: "vpcq_json_array_contains_boolean($1, $2)", Doc: "Whether an array of JSON has a value.", Example: "json_array_contains('[true]', true)", Want: "true"},
	{Name: "json_array_contains", Signatures: []string{"json_array_contains(varchar, bigint) boolean", "json_array_contains(json, bigint) boolean"}, SQL: "vpcq_json_array_contains_bigint($1, $2)", Doc: "Whether an array of JSON has a value.", Example: "json_array_contains('[1, 2]', 2)", Want: "true"},
	{Name: "json_array_contains", Signatures: []string{"json_array_contains(varchar, double) boolean", "json_array_contains(json, double) boolean"}, SQL: "vpcq_json_array_contains_double($1, $2)", Doc: "Whether an array of JSON has a value.", Example: "json_array_contains('[1.5]', 1.5e0)", Want: "true"},
	{Name: "json_array_contains", Signatures: []string{"json_array_contains(varchar, varchar) boolean", "json_array_contains(json, varchar) boolean"}, SQL: "vpcq_json_array_contains_varchar($1, $2)", Doc: "Whether an array of JSON has a value.", Example: `json_array_contains('["a"]', 'a')`, Want: "true"},
	{Name: "json_array_get", Signatures: []string{"json_array_get(varchar, bigint) json", "json_array_get(json, bigint) json"}, SQL: "vpcq_json_array_get($1, $2)", Doc: "The element of an array at a position, from 0, or from the end where it is negative.", Example: "json_array_get('[5, 7]', -1)", Want: "7"},
	{Name: "json_array_length", Signatures: []string{"json_array_length(varchar) bigint", "json_array_length(json) bigint"}, SQL: "vpcq_json_array_length($1)", Doc: "The number of elements of an array.", Example: "json_array_length('[1, 2]')", Want: "2"},
}
