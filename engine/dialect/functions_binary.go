package dialect

// binaryFunctions work on bytes.
var binaryFunctions = []Function{
	{Name: "from_base64", Signatures: []string{"from_base64(varchar) varbinary"}, SQL: "from_base64($1)", Doc: "The bytes that a text in base64 stands for.", Example: "from_utf8(from_base64('YWJj'))", Want: "abc"},
	{Name: "from_hex", Signatures: []string{"from_hex(varchar) varbinary"}, SQL: "unhex($1)", Doc: "The bytes that hexadecimal digits stand for.", Example: "from_utf8(from_hex('616263'))", Want: "abc"},
	{Name: "from_utf8", Signatures: []string{"from_utf8(varbinary) varchar"}, SQL: "vpcq_from_utf8($1)", Doc: "The text that bytes in UTF-8 stand for.", Example: "from_utf8(X'616263')", Want: "abc"},
	{Name: "md5", Signatures: []string{"md5(varbinary) varbinary"}, SQL: "unhex(md5($1))", Doc: "The MD5 hash.", Example: "to_hex(md5(to_utf8('a')))", Want: "0CC175B9C0F1B6A831C399E269772661"},
	{Name: "sha1", Signatures: []string{"sha1(varbinary) varbinary"}, SQL: "unhex(sha1($1))", Doc: "The SHA-1 hash.", Example: "to_hex(sha1(to_utf8('a')))", Want: "86F7E437FAA5A7FCE15D1DDCB9EAEAEA377667B8"},
	{Name: "sha256", Signatures: []string{"sha256(varbinary) varbinary"}, SQL: "unhex(sha256($1))", Doc: "The SHA-256 hash.", Example: "to_hex(sha256(to_utf8('a')))", Want: "CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB"},
	{Name: "to_base64", Signatures: []string{"to_base64(varbinary) varchar"}, SQL: "to_base64($1)", Doc: "The bytes in base64.", Example: "to_base64(to_utf8('abc'))", Want: "YWJj"},
	{Name: "to_hex", Signatures: []string{"to_hex(varbinary) varchar"}, SQL: "hex($1)", Doc: "The bytes in hexadecimal digits.", Example: "to_hex(to_utf8('abc'))", Want: "616263"},
	{Name: "to_utf8", Signatures: []string{"to_utf8(varchar) varbinary"}, SQL: "encode($1)", Doc: "The bytes of a text in UTF-8.", Example: "to_hex(to_utf8('a'))", Want: "61"},
}

// ipFunctions work on addresses. (ip_prefix, ip_subnet_min and is_subnet_of
// are of another product; Trino has none of them.)
var ipFunctions = []Function{
	{Name: "contains", Signatures: []string{"contains(varchar, ipaddress) boolean"}, SQL: "vpcq_contains($1, $2)", Doc: "Whether a network contains an address.", Example: "contains('10.0.0.0/8', IPADDRESS '10.1.2.3')", Want: "true"},
}

// urlFunctions work on URLs.
var urlFunctions = []Function{
	{Name: "url_decode", Signatures: []string{"url_decode(varchar) varchar"}, SQL: "vpcq_url_decode($1)", Doc: "The text without its URL escapes.", Example: "url_decode('a%20b')", Want: "a b"},
	{Name: "url_extract_fragment", Signatures: []string{"url_extract_fragment(varchar) varchar"}, SQL: "vpcq_url_extract_fragment($1)", Doc: "What stands after #.", Example: "url_extract_fragment('http://h/p?a=1#f')", Want: "f"},
	{Name: "url_extract_host", Signatures: []string{"url_extract_host(varchar) varchar"}, SQL: "vpcq_url_extract_host($1)", Doc: "The host of a URL.", Example: "url_extract_host('http://h:8080/p')", Want: "h"},
	{Name: "url_extract_parameter", Signatures: []string{"url_extract_parameter(varchar, varchar) varchar"}, SQL: "vpcq_url_extract_parameter($1, $2)", Doc: "The first value of a parameter, NULL without one.", Example: "url_extract_parameter('http://h/p?a=1&b=2', 'b')", Want: "2"},
	{Name: "url_extract_path", Signatures: []string{"url_extract_path(varchar) varchar"}, SQL: "vpcq_url_extract_path($1)", Doc: "The path of a URL.", Example: "url_extract_path('http://h/p?a=1')", Want: "/p"},
	{Name: "url_extract_port", Signatures: []string{"url_extract_port(varchar) bigint"}, SQL: "vpcq_url_extract_port($1)", Doc: "The port of a URL, NULL without one.", Example: "url_extract_port('http://h:8080/p')", Want: "8080"},
	{Name: "url_extract_protocol", Signatures: []string{"url_extract_protocol(varchar) varchar"}, SQL: "vpcq_url_extract_protocol($1)", Doc: "The protocol of a URL.", Example: "url_extract_protocol('http://h/p')", Want: "http"},
	{Name: "url_extract_query", Signatures: []string{"url_extract_query(varchar) varchar"}, SQL: "vpcq_url_extract_query($1)", Doc: "What stands between ? and #.", Example: "url_extract_query('http://h/p?a=1#f')", Want: "a=1"},
	{Name: "url_encode", Signatures: []string{"url_encode(varchar) varchar"}, SQL: "vpcq_url_encode($1)", Doc: "The text escaped for a URL.", Example: "url_encode('a b&c')", Want: "a+b%26c"},
}
