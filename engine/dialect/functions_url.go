package dialect

// urlFunctions work on URLs.
var urlFunctions = []Function{
	{Name: "url_decode", Signatures: []string{"url_decode(varchar(x)) varchar(x)"}, SQL: "vpcq_url_decode($1)", Doc: "The text without its URL escapes.", Example: "url_decode('a%20b')", Want: "a b"},
	{Name: "url_extract_fragment", Signatures: []string{"url_extract_fragment(varchar(x)) varchar(x)"}, SQL: "vpcq_url_extract_fragment($1)", Doc: "What stands after #.", Example: "url_extract_fragment('http://h/p?a=1#f')", Want: "f"},
	{Name: "url_extract_host", Signatures: []string{"url_extract_host(varchar(x)) varchar(x)"}, SQL: "vpcq_url_extract_host($1)", Doc: "The host of a URL.", Example: "url_extract_host('http://h:8080/p')", Want: "h"},
	{Name: "url_extract_parameter", Signatures: []string{"url_extract_parameter(varchar(x), varchar(y)) varchar(x)"}, SQL: "vpcq_url_extract_parameter($1, $2)", Doc: "The first value of a parameter, NULL without one.", Example: "url_extract_parameter('http://h/p?a=1&b=2', 'b')", Want: "2"},
	{Name: "url_extract_path", Signatures: []string{"url_extract_path(varchar(x)) varchar(x)"}, SQL: "vpcq_url_extract_path($1)", Doc: "The path of a URL.", Example: "url_extract_path('http://h/p?a=1')", Want: "/p"},
	{Name: "url_extract_port", Signatures: []string{"url_extract_port(varchar(x)) bigint"}, SQL: "vpcq_url_extract_port($1)", Doc: "The port of a URL, NULL without one.", Example: "url_extract_port('http://h:8080/p')", Want: "8080"},
	{Name: "url_extract_protocol", Signatures: []string{"url_extract_protocol(varchar(x)) varchar(x)"}, SQL: "vpcq_url_extract_protocol($1)", Doc: "The protocol of a URL.", Example: "url_extract_protocol('http://h/p')", Want: "http"},
	{Name: "url_extract_query", Signatures: []string{"url_extract_query(varchar(x)) varchar(x)"}, SQL: "vpcq_url_extract_query($1)", Doc: "What stands between ? and #.", Example: "url_extract_query('http://h/p?a=1#f')", Want: "a=1"},
	{Name: "url_encode", Signatures: []string{"url_encode(varchar(x)) varchar(u)"}, Doc: "The text escaped for a URL.", Example: "url_encode('a b&c')", Want: "a+b%26c", render: func(c *callSite) string {
		c.limitResult(func(x, _ int64) int64 { return 12 * x }, 0, 0)
		return c.expand("vpcq_url_encode($1)")
	}},
}
