package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"golang.org/x/sync/errgroup"

	"github.com/vpcq/vpcq/partitions/source"
)

var (
	_ source.Keeper  = (*Bucket)(nil)
	_ source.Locator = (*Bucket)(nil)
)

const (
	// partSize is how many bytes one request sends; larger objects are sent in
	// parts. S3 takes 10,000 of them.
	partSize = 32 << 20

	// partsAtOnce is how many parts of an object are under way at a time.
	partsAtOnce = 4

	// tidying is how long it may take to give an upload up.
	tidying = 30 * time.Second
)

// Stage implements source.Keeper. The directory is in Options.TempDir.
func (b *Bucket) Stage(ctx context.Context, _ string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(b.opts.TempDir, "vpcq-*")
	if err != nil {
		return "", fmt.Errorf("keep what is to be written to %s: %w; --temp-dir names another directory", b, err)
	}
	return dir, nil
}

// Put implements source.Keeper. The object is there once the whole file has been
// sent. The error is an *Error, or that of reading the file.
func (b *Bucket) Put(ctx context.Context, key, file string) (err error) {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("send %s: %w", b.url(key), err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("send %s: %w", b.url(key), err)
	}
	if info.Size() > b.opts.PartSize {
		return b.putParts(ctx, key, f, info.Size())
	}
	_, err = call(ctx, b, request{"write", key}, func(client *api.Client) (*api.PutObjectOutput, error) {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		return client.PutObject(ctx, &api.PutObjectInput{
			Bucket: &b.where.bucket, Key: b.fullKey(key), Body: f, ContentLength: aws.Int64(info.Size()), RequestPayer: types.RequestPayer(b.payer()),
		})
	})
	return err
}

// fullKey is a key as the bucket has it.
func (b *Bucket) fullKey(key string) *string { return aws.String(b.where.root + key) }

// putParts sends a file in parts. What cannot be sent whole is given up: parts
// alone are no object, but cost the owner of the bucket.
func (b *Bucket) putParts(ctx context.Context, key string, f io.ReaderAt, size int64) error {
	begun, err := call(ctx, b, request{"write", key}, func(client *api.Client) (*api.CreateMultipartUploadOutput, error) {
		return client.CreateMultipartUpload(ctx, &api.CreateMultipartUploadInput{
			Bucket: &b.where.bucket, Key: b.fullKey(key), ChecksumAlgorithm: types.ChecksumAlgorithmCrc32, RequestPayer: types.RequestPayer(b.payer()),
		})
	})
	if err != nil {
		return err
	}
	upload := &upload{b, key, begun.UploadId, make([]types.CompletedPart, (size+b.opts.PartSize-1)/b.opts.PartSize)}
	if err = upload.send(ctx, f, size); err == nil {
		err = upload.complete(ctx)
	}
	if err == nil {
		return nil
	}
	cleaning, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidying)
	defer cancel()
	if left := upload.abort(cleaning); left != nil {
		err = fmt.Errorf("%w; and the parts that were sent are still there: %w", err, left)
	}
	return err
}

// upload is an object on its way in parts.
type upload struct {
	bucket *Bucket
	key    string
	id     *string
	parts  []types.CompletedPart
}

// send sends all parts, several at once.
func (u *upload) send(ctx context.Context, f io.ReaderAt, size int64) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(partsAtOnce)
	for i := range u.parts {
		from := int64(i) * u.bucket.opts.PartSize
		section := io.NewSectionReader(f, from, min(u.bucket.opts.PartSize, size-from))
		group.Go(func() error { return u.sendPart(ctx, i, section) })
	}
	return group.Wait()
}

func (u *upload) sendPart(ctx context.Context, i int, section *io.SectionReader) error {
	number := aws.Int32(int32(i) + 1)
	sent, err := call(ctx, u.bucket, request{"write", u.key}, func(client *api.Client) (*api.UploadPartOutput, error) {
		if _, err := section.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		return client.UploadPart(ctx, &api.UploadPartInput{
			Bucket: &u.bucket.where.bucket, Key: u.bucket.fullKey(u.key), UploadId: u.id, PartNumber: number,
			ChecksumAlgorithm: types.ChecksumAlgorithmCrc32, Body: section, ContentLength: aws.Int64(section.Size()), RequestPayer: types.RequestPayer(u.bucket.payer()),
		})
	})
	if err != nil {
		return err
	}
	u.parts[i] = types.CompletedPart{PartNumber: number, ETag: sent.ETag, ChecksumCRC32: sent.ChecksumCRC32}
	return nil
}

// complete makes the parts an object.
func (u *upload) complete(ctx context.Context) error {
	_, err := call(ctx, u.bucket, request{"write", u.key}, func(client *api.Client) (*api.CompleteMultipartUploadOutput, error) {
		return client.CompleteMultipartUpload(ctx, &api.CompleteMultipartUploadInput{
			Bucket: &u.bucket.where.bucket, Key: u.bucket.fullKey(u.key), UploadId: u.id,
			MultipartUpload: &types.CompletedMultipartUpload{Parts: u.parts}, RequestPayer: types.RequestPayer(u.bucket.payer()),
		})
	})
	return err
}

// abort takes the parts back.
func (u *upload) abort(ctx context.Context) error {
	_, err := call(ctx, u.bucket, request{"remove", u.key}, func(client *api.Client) (*api.AbortMultipartUploadOutput, error) {
		return client.AbortMultipartUpload(ctx, &api.AbortMultipartUploadInput{
			Bucket: &u.bucket.where.bucket, Key: u.bucket.fullKey(u.key), UploadId: u.id, RequestPayer: types.RequestPayer(u.bucket.payer()),
		})
	})
	return err
}

// Remove implements source.Keeper. An object that is not there is removed.
func (b *Bucket) Remove(ctx context.Context, key string) error {
	_, err := call(ctx, b, request{"remove", key}, func(client *api.Client) (*api.DeleteObjectOutput, error) {
		return client.DeleteObject(ctx, &api.DeleteObjectInput{
			Bucket: &b.where.bucket, Key: b.fullKey(key), RequestPayer: types.RequestPayer(b.payer()),
		})
	})
	return err
}

// Locate implements source.Locator.
func (b *Bucket) Locate(_ context.Context, prefix string) (string, error) { return b.url(prefix), nil }
