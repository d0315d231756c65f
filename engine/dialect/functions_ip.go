package dialect

import "strings"

// ipFunctions work on addresses. (ip_prefix, ip_subnet_min and is_subnet_of
// are of another product; Trino has none of them.)
var ipFunctions = []Function{
	{Name: "contains", Signatures: []string{"contains(varchar, ipaddress) boolean"}, render: containsAddress, Doc: "Whether a network contains an address.", Example: "contains('10.0.0.0/8', IPADDRESS '10.1.2.3')", Want: "true"},
}

// containsAddress takes an address that is cast from a text by its text, in one
// call: most conditions on addresses are such, and meet every record.
func containsAddress(c *callSite) string {
	const cast = "vpcq_ipaddress_of_text("
	if sql := c.args[1].sql; strings.HasPrefix(sql, cast) && closesAtEnd(sql) {
		return "vpcq_contains_text(" + c.args[0].sql + ", " + sql[len(cast):]
	}
	return c.expand("vpcq_contains($1, $2)")
}
