// Package loadertest writes objects for tests in the formats that AWS delivers,
// from the text of a flow log: a header line and records.
package loadertest

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	logical "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/vpcq/vpcq/schema"
)

// Parquet returns the Parquet object of a flow log's text, as AWS writes it ("Flow
// log records" in the VPC guide has the types): pages compressed with gzip,
// INT_32 for the protocol, "-" as it is in strings and null in numbers. Each row
// group has up to so many records.
func Parquet(text []byte, group int) ([]byte, error) {
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	format, ok := schema.ParseHeader([]byte(lines[0]))
	if !ok {
		return nil, fmt.Errorf("write Parquet: %q is no header line", lines[0])
	}
	root, err := rootOf(format)
	if err != nil {
		return nil, fmt.Errorf("write Parquet: %w", err)
	}
	var b bytes.Buffer
	w := file.NewParquetWriter(&b, root, file.WithWriterProps(parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Gzip), parquet.WithDataPageSize(1<<10), parquet.WithDictionaryDefault(true))))
	for rows := range slices.Chunk(lines[1:], group) {
		if err := writeGroup(w.AppendRowGroup(), format, rows); err != nil {
			return nil, fmt.Errorf("write Parquet: %w", err)
		}
	}
	err = w.Close()
	return b.Bytes(), err
}

func rootOf(format schema.Format) (*logical.GroupNode, error) {
	var nodes logical.FieldList
	for _, c := range format.Columns {
		var node logical.Node
		switch {
		case c.Name == "protocol" || c.Type == schema.Int:
			node = logical.NewInt32Node(c.Name, parquet.Repetitions.Optional, -1)
		case c.Type == schema.BigInt:
			node = logical.NewInt64Node(c.Name, parquet.Repetitions.Optional, -1)
		default:
			var err error
			if node, err = logical.NewPrimitiveNodeLogical(c.Name, parquet.Repetitions.Optional, logical.StringLogicalType{}, parquet.Types.ByteArray, 0, -1); err != nil {
				return nil, err
			}
		}
		nodes = append(nodes, node)
	}
	return logical.NewGroupNode("schema", parquet.Repetitions.Required, nodes, -1)
}

func writeGroup(g file.SerialRowGroupWriter, format schema.Format, rows []string) error {
	for place, c := range format.Columns {
		column, err := g.NextColumn()
		if err == nil {
			err = writeColumn(column, c, place, rows)
		}
		if err != nil {
			return err
		}
	}
	return g.Close()
}

func writeColumn(w file.ColumnChunkWriter, c schema.Column, place int, rows []string) (err error) {
	var levels []int16
	var numbers []int64
	var texts []parquet.ByteArray
	for _, row := range rows {
		values := strings.Split(row, " ")
		if place >= len(values) {
			return fmt.Errorf("no %s in %q", c.Name, row)
		}
		n, bad := strconv.ParseInt(values[place], 10, 64)
		if c.Type != schema.String && bad != nil {
			levels = append(levels, 0)
			continue
		}
		levels, numbers, texts = append(levels, 1), append(numbers, n), append(texts, parquet.ByteArray(values[place]))
	}
	switch w := w.(type) {
	case *file.Int32ColumnChunkWriter:
		narrow := make([]int32, len(numbers))
		for i, n := range numbers {
			narrow[i] = int32(n)
		}
		_, err = w.WriteBatch(narrow, levels, nil)
	case *file.Int64ColumnChunkWriter:
		_, err = w.WriteBatch(numbers, levels, nil)
	case *file.ByteArrayColumnChunkWriter:
		_, err = w.WriteBatch(texts, levels, nil)
	}
	return err
}
