package dialect

// ipFunctions work on addresses. (ip_prefix, ip_subnet_min and is_subnet_of
// are of another product; Trino has none of them.)
var ipFunctions = []Function{
	{Name: "contains", Signatures: []string{"contains(varchar, ipaddress) boolean"}, SQL: "vpcq_contains($1, $2)", Doc: "Whether a network contains an address.", Example: "contains('10.0.0.0/8', IPADDRESS '10.1.2.3')", Want: "true"},
}
