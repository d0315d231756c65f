package duckdb

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine"
)

// A cache that is emptied while it is read gives all rows, or an error that says
// what happened: never a part of them.
func TestCacheEvictedWhileRead(t *testing.T) {
	b := newCachedBucket(t)
	const days, each = 9, 8_000
	for day := range days {
		var text strings.Builder
		text.WriteString("srcaddr bytes start end action\n")
		for i := range each {
			fmt.Fprintf(&text, "10.%d.%d.%d %d 1761955200 1761955260 ACCEPT\n", day, i/256, i%256, i)
		}
		b.put(fmt.Sprintf("%s%d/a.log", cachedDay, 1+day), text.String())
	}
	b.build()
	result, err := b.engine(engine.Options{Cache: b.cache}).Query(t.Context(), "SELECT srcaddr, bytes FROM vpc_flow_logs")
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	rows := int64(0)
	for {
		batch, err := result.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			if !strings.Contains(err.Error(), "another process took a file of it away") {
				t.Errorf("error %v", err)
			}
			return
		}
		if rows == 0 {
			if removed, _, err := b.cache.Prune(0); err != nil || removed != days {
				t.Errorf("removed %d files, error %v", removed, err)
			}
		}
		rows += batch.NumRows()
	}
	if rows != days*each {
		t.Errorf("%d rows, want %d, and no error", rows, days*each)
	}
}

// Damage is found wherever in a file it is.
func TestCacheVerifies(t *testing.T) {
	random := rand.New(rand.NewPCG(25, 26))
	b := newCachedBucket(t)
	b.put(cachedDay+"1/a.log", flows(random, 0, false))
	b.build()
	entries, _, err := b.cache.Entries()
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d entries, error %v", len(entries), err)
	}
	for at := int64(0); at < entries[0].Size; at += 61 {
		bit := byte(1) << random.IntN(8)
		flip := func(data []byte) { data[at] ^= bit }
		if err := rewrite(entries[0].Path(), flip); err != nil {
			t.Fatal(err)
		}
		if entries[0].Verify() == nil {
			t.Errorf("byte %d is damaged, and nobody knows", at)
		}
		if err := rewrite(entries[0].Path(), flip); err != nil {
			t.Fatal(err)
		}
	}
	if err := entries[0].Verify(); err != nil {
		t.Error(err)
	}
}
