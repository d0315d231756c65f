package enginetest

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"strconv"
	"strings"

	"github.com/vpcq/vpcq/engine/loader/loadertest"
)

// storages are the ways in which a page's text becomes the bytes of an object.
// A line of the part stored names one after the key, or one of
// loadertest.Deliveries; its number is the argument.
var storages = []struct {
	name  string
	doc   string
	store func(text []byte, n int) ([]byte, error)
}{
	{"escaped", `\t, \r, \xff and \u00fc in the text stand for what they do in Go`, unescape},
	{"members", "a gzip member for each line", eachLine},
	{"cut", "gzip data without its last n bytes", func(text []byte, n int) ([]byte, error) {
		data, err := compress(text)
		return data[:max(0, len(data)-n)], err
	}},
	{"crc", "gzip data whose checksum is wrong", func(text []byte, _ int) ([]byte, error) {
		data, err := compress(text)
		data[len(data)-8] ^= 1
		return data, err
	}},
	{"parquet", "a Parquet object of a flow log's text, with up to n records in a row group; 0: 1000", func(text []byte, n int) ([]byte, error) {
		return loadertest.Parquet(text, cmp.Or(n, 1000))
	}},
	{"parquet-cut", "a Parquet object without its last n bytes", func(text []byte, n int) ([]byte, error) {
		data, err := loadertest.Parquet(text, 1000)
		return data[:max(0, len(data)-n)], err
	}},
	{"parquet-spoilt", "a Parquet object whose byte n, and nine more, are others", func(text []byte, n int) ([]byte, error) {
		data, err := loadertest.Parquet(text, 1000)
		for i := n; i < min(n+10, len(data)); i++ {
			data[i] ^= 0xff
		}
		return data, err
	}},
	{"plain", "the text itself, whatever the key says", func(text []byte, _ int) ([]byte, error) { return text, nil }},
}

// store turns the texts of a page into stored objects.
func (p *page) store() error {
	how := map[string]string{}
	for line := range strings.Lines(p.parts["stored"]) {
		if key, storage, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			if _, has := p.bucket[key]; !has {
				return fmt.Errorf("store object %s: the page has no such key", key)
			}
			how[key] = storage
		}
	}
	for key, text := range p.bucket {
		data, err := stored(key, how[key], text)
		if err != nil {
			return fmt.Errorf("store object %s: %w", key, err)
		}
		p.bucket[key] = data
	}
	return nil
}

func stored(key, how string, text []byte) ([]byte, error) {
	if how == "" {
		if strings.HasSuffix(key, ".gz") {
			return compress(text)
		}
		return text, nil
	}
	name, argument, _ := strings.Cut(how, " ")
	n, _ := strconv.Atoi(argument)
	for _, s := range storages {
		if s.name == name {
			return s.store(text, n)
		}
	}
	for _, d := range loadertest.Deliveries {
		if d.Name == name {
			return d.Write(text)
		}
	}
	return nil, fmt.Errorf("no storage %q", name)
}

func compress(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

func eachLine(text []byte, _ int) ([]byte, error) {
	var all []byte
	for line := range bytes.Lines(text) {
		member, err := compress(line)
		if err != nil {
			return nil, err
		}
		all = append(all, member...)
	}
	return all, nil
}

func unescape(text []byte, _ int) ([]byte, error) {
	var all strings.Builder
	for line := range strings.Lines(string(text)) {
		plain, err := strconv.Unquote(`"` + strings.TrimSuffix(line, "\n") + `"`)
		if err != nil {
			return nil, err
		}
		all.WriteString(plain + "\n")
	}
	return []byte(all.String()), nil
}
