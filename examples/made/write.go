package made

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/sync/errgroup"
)

// Summary counts what Write made.
type Summary struct {
	Objects int   // flow logs, without foreign objects
	Records int64 // lines without the headers
	Text    int64 // bytes before compression
	Stored  int64 // bytes on disk
}

// Write makes the bucket in the directory dir, which must be empty or missing,
// on every core.
func Write(dir string, o Options) (Summary, error) {
	plan, err := o.Plan()
	if err != nil {
		return Summary{}, err
	}
	if held, err := os.ReadDir(dir); err == nil && len(held) > 0 {
		return Summary{}, fmt.Errorf("make bucket: %s is not empty: remove it, or name another directory", dir)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Summary{}, fmt.Errorf("make bucket: %w", err)
	}
	var next, records, text, stored atomic.Int64
	var group errgroup.Group
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			w := writer{dir: dir, gzip: gzip.NewWriter(nil)}
			for i := next.Add(1) - 1; i < int64(len(plan)); i = next.Add(1) - 1 {
				if err := w.write(&plan[i]); err != nil {
					return fmt.Errorf("make bucket: %w", err)
				}
			}
			records.Add(w.records)
			text.Add(w.text)
			stored.Add(w.stored)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return Summary{}, err
	}
	count := 0
	for i := range plan {
		if !plan[i].Foreign {
			count++
		}
	}
	return Summary{Objects: count, Records: records.Load(), Text: text.Load(), Stored: stored.Load()}, nil
}

// writer writes objects one after the other, reusing its buffers.
type writer struct {
	dir                   string
	gzip                  *gzip.Writer
	buf                   []byte
	records, text, stored int64
}

func (w *writer) write(o *Object) error {
	name := filepath.Join(w.dir, filepath.FromSlash(o.Key))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	w.buf = o.AppendText(w.buf[:0])
	if o.Foreign {
		return os.WriteFile(name, w.buf, 0o644)
	}
	w.records += int64(bytes.Count(w.buf, []byte{'\n'})) - 1 // without the header
	w.text += int64(len(w.buf))
	return w.store(name)
}

// store compresses the buffer into the file. Its gzip header carries neither
// time nor name, so that the same text gives the same bytes.
func (w *writer) store(name string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w.gzip.Reset(f)
	w.gzip.ModTime = time.Unix(0, 0) // which gzip reads as none
	if _, err := w.gzip.Write(w.buf); err != nil {
		return err
	}
	if err := w.gzip.Close(); err != nil {
		return err
	}
	at, err := f.Seek(0, io.SeekCurrent)
	w.stored += at
	return err
}
