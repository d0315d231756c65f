package made

import (
	"cmp"
	"slices"
	"strings"
)

// format is the fields of a flow log in their order.
type format struct {
	fields  []field
	version int // the highest version among the fields
	header  string
}

// formats are the formats by the name that Options.Format knows. The default
// format is the fields of version 2 in AWS's order; v5 has every field up to
// version 5 in alphabetical order, in which the AWS console builds a custom
// format.
var formats = map[string]*format{
	"default": newFormat(fields[:14]),
	"v5": newFormat(slices.SortedFunc(slices.Values(fields), func(a, b field) int {
		return cmp.Compare(a.name, b.name)
	})),
}

func newFormat(fields []field) *format {
	f := &format{fields: fields}
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i] = field.name
		f.version = max(f.version, field.version)
	}
	f.header = strings.Join(names, " ") + "\n"
	return f
}
