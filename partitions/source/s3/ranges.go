package s3

import (
	"context"
	"io"
	"strings"

	"github.com/vpcq/vpcq/partitions/source"
)

// ReadRange implements source.Ranger, with one request unless its answer breaks
// off. It asks for the version with the ETag that the listing told. The error is
// an *Error, or ctx's own.
func (b *Bucket) ReadRange(ctx context.Context, o source.Object, p []byte, offset int64) error {
	if len(p) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	r := &body{bucket: b, ctx: ctx, cancel: cancel, key: o.Key, size: o.Size, offset: offset, since: offset, until: offset + int64(len(p))}
	if r.etag = o.ETag; r.etag != "" && !strings.HasPrefix(r.etag, "W/") {
		r.etag = `"` + r.etag + `"`
	}
	defer r.Close()
	if err := r.ask(); err != nil {
		return err
	}
	_, err := io.ReadFull(r, p)
	return err
}
