package engine

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// bigObject is how many stored bytes an object has that might be the last that
// is read, while other cores are idle.
const bigObject = 1 << 20

// bigFirst returns the objects in the order in which they are read: the big
// ones, the biggest first, then the others as they were.
func bigFirst(objects []partitions.Object) []partitions.Object {
	weight := func(o partitions.Object) int64 {
		if o.Size < bigObject {
			return 0
		}
		return o.Size
	}
	return slices.SortedStableFunc(slices.Values(objects), func(a, b partitions.Object) int {
		return cmp.Compare(weight(b), weight(a))
	})
}

// queueOf gives the objects one by one, the big ones first, with the values that their partitions
// and, where columns asks for them, the objects themselves give. base is what
// stands before the keys.
func queueOf(objects []partitions.Object, columns []schema.Column, base string) loader.Queue {
	objects = bigFirst(objects)
	var next atomic.Int64
	var values sync.Map // by partition, which many objects share
	files := slices.ContainsFunc(columns, func(c schema.Column) bool { return slices.Contains(fileColumns, c) })
	return func(ctx context.Context) (loader.Object, error) {
		if err := ctx.Err(); err != nil {
			return loader.Object{}, err
		}
		i := int(next.Add(1)) - 1
		if i >= len(objects) {
			return loader.Object{}, io.EOF
		}
		o := objects[i]
		known, ok := values.Load(o.Partition)
		if !ok {
			known, _ = values.LoadOrStore(o.Partition, o.Partition.Values())
		}
		all := known.(map[string]schema.Value)
		if files {
			own := fileValues(base, o.Object)
			maps.Copy(own, all)
			all = own
		}
		return loader.Object{Object: o.Object, Values: all}, nil
	}
}

// fileValues are the values of the hidden columns. A local file's name may be no
// text, as no key of S3 is: each run of bytes in it that are not UTF-8 is one U+FFFD.
func fileValues(base string, o source.Object) map[string]schema.Value {
	return map[string]schema.Value{
		dialect.FilePath.Name:         schema.StringValue(strings.ToValidUTF8(base+o.Key, "\uFFFD")),
		dialect.FileSize.Name:         schema.IntValue(o.Size),
		dialect.FileModifiedTime.Name: schema.IntValue(o.ModTime.UnixMilli()),
	}
}

// pathBefore is what stands before the keys of a source in "$path".
func pathBefore(src source.Source, key string) string {
	name := src.String()
	if before, ok := strings.CutSuffix(name, key); ok && strings.HasSuffix(before, "/") {
		return before // a source that is this one file
	}
	return strings.TrimSuffix(name, "/") + "/"
}
