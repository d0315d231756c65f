package dialect

import (
	"slices"
	"strings"
)

// RefusedFunctions is functions of Trino's that vpcq does not have, and why.
type RefusedFunctions struct {
	Names []string // a name that ends in * is the beginning of several
	Why   string   // a clause
}

// Refused is what statements are told of functions that exist in Athena but not here.
var Refused = []RefusedFunctions{
	{[]string{"st_*", "bing_tile*", "geometry_*", "great_circle_distance", "line_interpolate_*", "simplify_geometry", "to_spherical_geography", "to_geometry", "from_geojson_geometry", "to_geojson_geometry", "spatial_partitions", "convex_hull_agg", "line_locate_point", "spatial_partitioning", "to_encoded_polyline", "from_encoded_polyline"}, "geospatial functions have no use in flow logs"},
	{[]string{"classify", "features", "learn_*", "regress", "evaluate_classifier_predictions"}, "machine learning is not part of vpcq"},
	{[]string{"char2hexint", "index", "to_char", "to_date", "to_timestamp"}, "Teradata's functions are not part of vpcq"},
	{[]string{"approx_set", "empty_approx_set", "merge", "make_set_digest", "merge_set_digest", "intersection_cardinality", "jaccard_index", "hash_counts", "theta_sketch_*"}, "sketches have a binary form that only Trino's own code writes; count(DISTINCT x) is exact"},
	{[]string{"tdigest_agg", "qdigest_agg", "value_at_quantile", "values_at_quantiles", "quantile_at_value", "trimmed_mean"}, "digests have a binary form that only Trino's own code writes; approx_percentile looks at every value"},
	{[]string{"color", "rgb", "render", "bar"}, "colors are for terminals, and no type of Athena's tables"},
	{[]string{"objectid", "objectid_timestamp", "timestamp_objectid"}, "identifiers of MongoDB are none of flow logs"},
	{[]string{"exclude_columns"}, "name the columns wanted instead"},
	{[]string{"version", "current_groups"}, "what Athena gives is its own affair"},
	{[]string{"from_iso8601_timestamp_nanos"}, "from_iso8601_timestamp reads the same texts, to the millisecond; CAST(… AS timestamp(9) with time zone) reads nanoseconds"},
	{[]string{"approx_most_frequent", "numeric_histogram"}, "its approximation hangs on the order in which Trino's workers meet the rows"},
}

// RefusedFunction finds the entry of Refused for a name in lower case, or nil.
func RefusedFunction(name string) *RefusedFunctions {
	at := slices.IndexFunc(Refused, func(r RefusedFunctions) bool {
		return slices.ContainsFunc(r.Names, func(n string) bool {
			prefix, many := strings.CutSuffix(n, "*")
			return n == name || many && strings.HasPrefix(name, prefix)
		})
	})
	if at < 0 {
		return nil
	}
	return &Refused[at]
}
