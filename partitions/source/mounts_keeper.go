package source

import (
	"context"
	"fmt"
)

var (
	_ Keeper  = (*Mounts)(nil)
	_ Locator = (*Mounts)(nil)
)

// keeper returns what a URL is written to, and its key there.
func (m *Mounts) keeper(ctx context.Context, url string) (Keeper, string, error) {
	src, key, err := m.At(ctx, url)
	if err != nil {
		return nil, "", err
	}
	k, ok := src.(Keeper)
	if !ok {
		return nil, "", fmt.Errorf("write %s: %s cannot be written to: mount a directory there", url, src)
	}
	return k, key, nil
}

// Stage implements Keeper.
func (m *Mounts) Stage(ctx context.Context, prefix string) (string, error) {
	k, below, err := m.keeper(ctx, prefix)
	if err != nil {
		return "", err
	}
	return k.Stage(ctx, below)
}

// Put implements Keeper.
func (m *Mounts) Put(ctx context.Context, key, file string) error {
	k, below, err := m.keeper(ctx, key)
	if err != nil {
		return err
	}
	return k.Put(ctx, below, file)
}

// Remove implements Keeper.
func (m *Mounts) Remove(ctx context.Context, key string) error {
	k, below, err := m.keeper(ctx, key)
	if err != nil {
		return err
	}
	return k.Remove(ctx, below)
}

// Locate implements Locator.
func (m *Mounts) Locate(ctx context.Context, prefix string) (string, error) {
	src, below, err := m.At(ctx, prefix)
	if err != nil {
		return "", err
	}
	if l, ok := src.(Locator); ok {
		return l.Locate(ctx, below)
	}
	return src.String() + "/" + below, nil
}
