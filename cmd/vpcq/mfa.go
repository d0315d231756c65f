package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"

	"golang.org/x/term"
)

// mfaToken returns the function that asks for the code of a profile's MFA
// device, or nil where there is nobody to ask: it takes a terminal to read from
// and one to ask on.
func mfaToken(ctx context.Context, t terminal) func() (string, error) {
	in, ok := t.in.(*os.File)
	if !ok || !isTerminal(t.in) || !isTerminal(t.err) {
		return nil
	}
	return func() (string, error) {
		fmt.Fprint(t.err, "vpcq: MFA code: ")
		code, err := readUnseen(ctx, in)
		fmt.Fprintln(t.err)
		if err != nil {
			return "", fmt.Errorf("read MFA code: %w", err)
		}
		return strings.TrimSpace(code), nil
	}
}

// readUnseen reads a line that the terminal does not show. Once ctx is done it
// gives the terminal back as it was; the line is then still read from it.
func readUnseen(ctx context.Context, in *os.File) (string, error) {
	fd := int(in.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	type answer struct {
		line []byte
		err  error
	}
	given := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		runtime.KeepAlive(in) // its number must not become another file's meanwhile
		given <- answer{line, err}
	}()
	select {
	case a := <-given:
		return string(a.line), a.err
	case <-ctx.Done():
		if err := term.Restore(fd, before); err != nil {
			return "", err
		}
		return "", ctx.Err()
	}
}
