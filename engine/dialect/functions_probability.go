package dialect

// probabilityFunctions compute with distributions and vectors.
var probabilityFunctions = []Function{
	{Name: "beta_cdf", Signatures: []string{"beta_cdf(double, double, double) double"}, SQL: "vpcq_beta_cdf($1, $2, $3)", Doc: "The probability that a number of the beta distribution of two parameters is at most the third argument.", Example: "beta_cdf(1, 1, 0.25)", Want: "0.25"},
	{Name: "inverse_beta_cdf", Signatures: []string{"inverse_beta_cdf(double, double, double) double"}, SQL: "vpcq_inverse_beta_cdf($1, $2, $3)", Doc: "The number that a number of the beta distribution of two parameters is at most, with a probability.", Example: "inverse_beta_cdf(1, 1, 0.5)", Want: "0.5"},
	{Name: "normal_cdf", Signatures: []string{"normal_cdf(double, double, double) double"}, SQL: "vpcq_normal_cdf($1, $2, $3)", Doc: "The probability that a number of the normal distribution of a mean and a deviation is at most the third argument.", Example: "normal_cdf(10, 9, 10)", Want: "0.5"},
	{Name: "inverse_normal_cdf", Signatures: []string{"inverse_normal_cdf(double, double, double) double"}, SQL: "vpcq_inverse_normal_cdf($1, $2, $3)", Doc: "The number that a number of the normal distribution is at most, with a probability.", Example: "inverse_normal_cdf(10, 9, 0.5)", Want: "10.0"},
	{Name: "wilson_interval_lower", Signatures: []string{"wilson_interval_lower(bigint, bigint, double) double"}, SQL: "vpcq_wilson_interval_lower($1, $2, $3)", Doc: "The lower bound of Wilson's score interval of successes among trials.", Example: "wilson_interval_lower(1, 2, 0)", Want: "0.5"},
	{Name: "wilson_interval_upper", Signatures: []string{"wilson_interval_upper(bigint, bigint, double) double"}, SQL: "vpcq_wilson_interval_upper($1, $2, $3)", Doc: "The upper bound of Wilson's score interval of successes among trials.", Example: "wilson_interval_upper(1, 2, 0)", Want: "0.5"},
	{Name: "cosine_similarity", Signatures: []string{"cosine_similarity(map(varchar, double), map(varchar, double)) double"}, SQL: "vpcq_cosine_similarity($1, $2)", Doc: "The cosine of the angle between two sparse vectors.", Example: "cosine_similarity(MAP(ARRAY['a'], ARRAY[2e0]), MAP(ARRAY['a'], ARRAY[3e0]))", Want: "1.0"},
	{Name: "width_bucket", Signatures: []string{"width_bucket(double, array(double)) bigint"}, SQL: "vpcq_width_bucket_of_bins($1, $2)", Doc: "The number of bins, given by their lower bounds in order, that begin at or below a number.", Example: "width_bucket(3e0, ARRAY[0e0, 2e0, 4e0])", Want: "2"},
	{Name: "random", Signatures: everyInteger("random(%[1]s) %[1]s"), Doc: "A random whole number from 0 up to a bound.", render: randomBelow},
	{Name: "rand", Signatures: everyInteger("rand(%[1]s) %[1]s"), Doc: "A random whole number from 0 up to a bound.", render: randomBelow},
	{Name: "random", Signatures: everyInteger("random(%[1]s, %[1]s) %[1]s"), Doc: "A random whole number from one up to another.", render: randomBetween},
	{Name: "rand", Signatures: everyInteger("rand(%[1]s, %[1]s) %[1]s"), Doc: "A random whole number from one up to another.", render: randomBetween},
}

// everyInteger writes one signature for each type of integers.
func everyInteger(pattern string) []string {
	numbers := everyNumber(pattern)
	return numbers[:len(numbers)-2]
}

func randomBelow(c *callSite) string {
	return c.guard(c.args[0].sql+" <= 0", functionArgument, "bound must be positive", c.randomFrom("0", c.args[0].sql))
}

func randomBetween(c *callSite) string {
	return c.guard(c.args[0].sql+" >= "+c.args[1].sql, functionArgument, "start value must be less than stop value", c.randomFrom(c.args[0].sql, c.args[1].sql))
}

// randomFrom writes a random whole number of a half-open range, whose width
// need not fit in 64 bits.
func (c *callSite) randomFrom(low, high string) string {
	low, high = "CAST("+low+" AS HUGEINT)", "CAST("+high+" AS HUGEINT)"
	return duckCast("least("+high+" - 1, "+low+" + CAST(floor(random() * CAST("+high+" - "+low+" AS DOUBLE)) AS HUGEINT))", c.result)
}
