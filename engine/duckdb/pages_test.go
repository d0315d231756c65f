package duckdb

import (
	"testing"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/enginetest"
)

// TestPages runs the pages of data that every back end runs.
func TestPages(t *testing.T) {
	enginetest.Run(t, func(t *testing.T) engine.Backend { return open(t) }, "../testdata/*.txtar")
}
