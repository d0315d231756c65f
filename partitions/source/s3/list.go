package s3

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/vpcq/vpcq/partitions/source"
)

// Children lists what lies directly below prefix, one request per thousand entries.
func (b *Bucket) Children(ctx context.Context, prefix string) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		last := ""
		for page, err := range b.pages(ctx, prefix, "/") {
			if err != nil {
				yield(source.Entry{}, err)
				return
			}
			for _, entry := range page {
				// A page that ends within a folder may be followed by one that
				// tells the folder again.
				if entry.Prefix != "" && entry.Prefix == last {
					continue
				}
				last = cmp.Or(entry.Prefix, last)
				if !yield(entry, nil) {
					return
				}
			}
		}
	}
}

// Objects lists every object below prefix, one request per thousand objects.
func (b *Bucket) Objects(ctx context.Context, prefix string) iter.Seq2[source.Object, error] {
	return func(yield func(source.Object, error) bool) {
		for page, err := range b.pages(ctx, prefix, "") {
			if err != nil {
				yield(source.Object{}, err)
				return
			}
			for _, entry := range page {
				if !yield(entry.Object, nil) {
					return
				}
			}
		}
	}
}

// First returns the first object below prefix, by a request for no more.
func (b *Bucket) First(ctx context.Context, prefix string) (object source.Object, ok bool, err error) {
	// Two, since the first key may be the marker of the root folder itself.
	out, err := b.listPage(ctx, &api.ListObjectsV2Input{Prefix: optional(b.where.root + prefix), MaxKeys: aws.Int32(2)})
	if err != nil {
		return source.Object{}, false, err
	}
	page, err := b.entries(out)
	if err != nil || len(page) == 0 {
		return source.Object{}, false, err
	}
	return page[0].Object, true, nil
}

// pages sends one ListObjectsV2 after the other and gives each answer's entries
// in the order of their keys.
func (b *Bucket) pages(ctx context.Context, prefix, delimiter string) iter.Seq2[[]source.Entry, error] {
	return func(yield func([]source.Entry, error) bool) {
		var token *string
		for {
			out, err := b.listPage(ctx, &api.ListObjectsV2Input{
				Prefix: optional(b.where.root + prefix), Delimiter: optional(delimiter), ContinuationToken: token,
			})
			var page []source.Entry
			if err == nil {
				page, err = b.entries(out)
			}
			if err == nil && aws.ToBool(out.IsTruncated) && aws.ToString(out.NextContinuationToken) == aws.ToString(token) {
				err = b.explain(ctx, request{"list", prefix}, errNoWayOn)
			}
			if !yield(page, err) || err != nil || !aws.ToBool(out.IsTruncated) {
				return
			}
			token = out.NextContinuationToken
		}
	}
}

// errNoWayOn would otherwise be a listing without end, or one that loses keys.
var errNoWayOn = fmt.Errorf("the server says that the listing goes on, and not where")

// listPage sends one request, of which it fills in what all have in common.
func (b *Bucket) listPage(ctx context.Context, in *api.ListObjectsV2Input) (*api.ListObjectsV2Output, error) {
	in.Bucket = aws.String(b.where.bucket)
	in.EncodingType = types.EncodingTypeUrl // else a key may hold what XML cannot
	in.RequestPayer = types.RequestPayer(b.payer())
	below := strings.TrimPrefix(aws.ToString(in.Prefix), b.where.root)
	return call(ctx, b, request{"list", below}, func(c *api.Client) (*api.ListObjectsV2Output, error) {
		return c.ListObjectsV2(ctx, in)
	})
}

// entries merges the objects and the folders of one answer, which tells them
// apart, into the order of the keys.
func (b *Bucket) entries(out *api.ListObjectsV2Output) ([]source.Entry, error) {
	encoded := out.EncodingType == types.EncodingTypeUrl
	page := make([]source.Entry, 0, len(out.Contents)+len(out.CommonPrefixes))
	for _, p := range out.CommonPrefixes {
		key, err := b.relative(aws.ToString(p.Prefix), encoded)
		if err != nil {
			return nil, err
		}
		page = append(page, source.Entry{Prefix: key})
	}
	for _, o := range out.Contents {
		key, err := b.relative(aws.ToString(o.Key), encoded)
		if err != nil {
			return nil, err
		}
		if key == "" {
			continue // the marker of the root folder itself
		}
		page = append(page, source.Entry{Object: source.Object{
			Key:     key,
			Size:    aws.ToInt64(o.Size),
			ModTime: aws.ToTime(o.LastModified),
			ETag:    unquote(aws.ToString(o.ETag)),
		}})
	}
	slices.SortStableFunc(page, func(x, y source.Entry) int {
		return strings.Compare(x.Prefix+x.Object.Key, y.Prefix+y.Object.Key)
	})
	return page, nil
}

// relative gives a key as it is told by a listing below the root. In a listing
// with encoding-type=url a plus is a space; a server that did not take the
// parameter up does not repeat it in its answer.
func (b *Bucket) relative(key string, encoded bool) (string, error) {
	if encoded {
		plain, err := url.QueryUnescape(key)
		if err != nil {
			return "", &Error{Op: "list", URL: b.String(), Kind: ErrEndpoint, Err: fmt.Errorf("decode key %q: %w", key, err),
				Remedy: "the server says encoding-type=url and writes something else"}
		}
		key = plain
	}
	below, ok := strings.CutPrefix(key, b.where.root)
	if !ok {
		return "", &Error{Op: "list", URL: b.String(), Kind: ErrEndpoint, Err: fmt.Errorf("the server listed %q", key),
			Remedy: "the server does not heed the prefix of a listing"}
	}
	return below, nil
}

// optional leaves an empty parameter out of the request.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// unquote takes the quotes off an ETag. A weak one, W/"…", stays as it is.
func unquote(etag string) string {
	return strings.TrimSuffix(strings.TrimPrefix(etag, `"`), `"`)
}
