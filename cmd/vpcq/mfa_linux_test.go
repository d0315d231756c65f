package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// newTerminal opens a terminal: what is written to keys is typed. Neither is
// closed: an interrupted question may still be reading, as it may from the
// standard input of a process that ends.
func newTerminal(t *testing.T) (keys, tty *os.File) {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	number, err := unix.IoctlGetInt(int(keys.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Skip(err)
	}
	if err := unix.IoctlSetPointerInt(int(keys.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Skip(err)
	}
	if tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0); err != nil {
		t.Skip(err)
	}
	return keys, tty
}

func echoes(t *testing.T, tty *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

func TestMFATokenIsAskedForOnTerminals(t *testing.T) {
	keys, tty := newTerminal(t)
	for name, there := range map[string]terminal{
		"no terminal to read from": {in: strings.NewReader("123456\n"), err: tty},
		"no terminal to ask on":    {in: tty, err: &bytes.Buffer{}},
	} {
		if mfaToken(t.Context(), there) != nil {
			t.Error(name, "and yet asks")
		}
	}
	ask := mfaToken(t.Context(), terminal{in: tty, err: tty})
	if ask == nil {
		t.Fatal("does not ask")
	}
	if _, err := keys.WriteString("123456\n"); err != nil {
		t.Fatal(err)
	}
	if code, err := ask(); err != nil || code != "123456" {
		t.Errorf("%q, %v", code, err)
	}
	if !echoes(t, tty) {
		t.Error("the terminal stays without echo")
	}
}

func TestInterruptedMFATokenGivesTerminalBack(t *testing.T) {
	keys, tty := newTerminal(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := mfaToken(ctx, terminal{in: tty, err: tty})()
		ended <- err
	}()
	for range 2000 {
		if !echoes(t, tty) {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if echoes(t, tty) {
		t.Error("the terminal shows what is typed")
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if !echoes(t, tty) {
		t.Error("the terminal stays without echo")
	}
	if _, err := keys.WriteString("\n"); err != nil { // for whoever still reads
		t.Error(err)
	}
}
