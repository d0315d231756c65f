package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/vpcq/vpcq/engine"
)

// progress draws one line on a terminal while a statement reads: compressed
// bytes done of bytes planned, the rate and the time left.
type progress struct {
	out  io.Writer
	stop chan struct{}
	done chan struct{}
}

// progressInterval is how often the line is drawn; the first comes after one
// interval, so that quick answers draw nothing.
const progressInterval = 500 * time.Millisecond

// startProgress draws on w until stopped; on anything but a terminal it draws nothing.
func startProgress(w io.Writer, quiet bool, result *engine.Result) *progress {
	p := &progress{out: w, stop: make(chan struct{}), done: make(chan struct{})}
	if quiet || !isTerminal(w) || os.Getenv("TERM") == "dumb" || os.Getenv("CI") != "" {
		close(p.done)
		return p
	}
	go p.draw(result)
	return p
}

func (p *progress) draw(result *engine.Result) {
	defer close(p.done)
	began := time.Now()
	tick := time.NewTicker(progressInterval)
	defer tick.Stop()
	drawn := false
	for {
		select {
		case <-p.stop:
			if drawn {
				fmt.Fprint(p.out, "\r\x1b[K")
			}
			return
		case <-tick.C:
			read, planned := result.Progress()
			fmt.Fprint(p.out, "\r\x1b[K"+progressLine(read, planned, time.Since(began)))
			drawn = true
		}
	}
}

// finish removes the line.
func (p *progress) finish() {
	select {
	case <-p.stop:
	default:
		close(p.stop)
	}
	<-p.done
}

// progressLine words how far a scan has come.
func progressLine(read, planned int64, elapsed time.Duration) string {
	if planned == 0 {
		return fmt.Sprintf("%.0f s", elapsed.Seconds())
	}
	rate := float64(read) / max(elapsed.Seconds(), 0.001)
	line := fmt.Sprintf("%3d%%  %s of %s  %s/s", 100*read/planned, size(read), size(planned), size(int64(rate)))
	if rate > 0 && read < planned {
		left := time.Duration(float64(planned-read) / rate * float64(time.Second))
		line += "  " + left.Round(time.Second).String() + " left"
	}
	return line
}

// size words a number of bytes for people.
func size(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB"}
	f, i := float64(n), 0
	for f >= 1000 && i < len(units)-1 {
		f, i = f/1000, i+1
	}
	if i == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", f, units[i])
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// terminalWidth is the width of the terminal that w is, in cells; 0 where it is none.
func terminalWidth(w any) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
