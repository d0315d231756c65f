package partitions

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
)

// closed is a source of which some prefixes cannot be listed.
type closed struct {
	*memory
	prefixes []string
}

func (c closed) wrong(prefix string) error {
	if slices.Contains(c.prefixes, prefix) {
		return fmt.Errorf("list %s: %w", prefix, source.ErrUnreadable)
	}
	return nil
}

func (c closed) Children(ctx context.Context, prefix string) iter.Seq2[source.Entry, error] {
	if err := c.wrong(prefix); err != nil {
		return func(yield func(source.Entry, error) bool) { yield(source.Entry{}, err) }
	}
	return c.memory.Children(ctx, prefix)
}

func (c closed) Objects(ctx context.Context, prefix string) iter.Seq2[source.Object, error] {
	return func(yield func(source.Object, error) bool) {
		told := ""
		for o, err := range c.memory.Objects(ctx, prefix) {
			at := slices.IndexFunc(c.prefixes, func(p string) bool { return strings.HasPrefix(o.Key, p) })
			if at >= 0 && c.prefixes[at] != told {
				told = c.prefixes[at]
				o, err = source.Object{}, c.wrong(told)
			} else if at >= 0 {
				continue
			}
			if !yield(o, err) {
				return
			}
		}
	}
}

// What cannot be listed is told once and left out, at every level; without anybody
// to tell, it ends the discovery.
func TestUnlisted(t *testing.T) {
	const logs = "AWSLogs/111122223333/vpcflowlogs/"
	all := []string{logs + "eu-west-1/2025/11/01/a", logs + "us-east-1/2025/11/01/b", logs + "us-east-1/2025/11/02/05/c", logs + "us-east-1/2025/11/02/06/d", logs + "us-east-1/2025/12/01/e"}
	for _, prefix := range []string{"AWSLogs/", logs, logs + "us-east-1/", logs + "us-east-1/2025/", logs + "us-east-1/2025/11/", logs + "us-east-1/2025/11/02/", logs + "us-east-1/2025/11/02/05/"} {
		src := closed{newMemory(all...), []string{prefix}}
		if _, err := Discover(src, Options{}).All(t.Context()); !errors.Is(err, source.ErrUnreadable) {
			t.Errorf("%s: %v", prefix, err)
		}
		var mu sync.Mutex
		var told []string
		d := Discover(src, Options{Unlisted: func(err error) {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, err.Error())
		}})
		objects, err := d.All(t.Context())
		var got []string
		for _, o := range objects {
			got = append(got, o.Key)
		}
		want := slices.DeleteFunc(slices.Clone(all), func(key string) bool { return strings.HasPrefix(key, prefix) })
		if err != nil || !slices.Equal(got, want) || len(told) != 1 || !strings.HasPrefix(told[0], "list "+prefix+":") || d.Report().Unlisted != 1 {
			t.Errorf("%s: %q, %v, told %q, %d unlisted, want %q", prefix, got, err, told, d.Report().Unlisted, want)
		}
		if _, err := d.Explain(t.Context()); err != nil || len(told) != 1 {
			t.Errorf("%s: explained: %v, told %q", prefix, err, told)
		}
	}
	root := closed{newMemory(all...), []string{""}}
	if _, err := Discover(root, Options{Unlisted: func(error) {}}).All(t.Context()); !errors.Is(err, source.ErrUnreadable) {
		t.Errorf("the root: %v", err)
	}
}
