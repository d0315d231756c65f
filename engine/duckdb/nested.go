package duckdb

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
)

// newListColumn is for LIST, and for MAP, which DuckDB keeps as a list of
// structs of a key and a value.
func newListColumn(logical mapping.LogicalType, id mapping.Type) (*column, error) {
	if id == mapping.TypeMap {
		return newMapColumn(logical)
	}
	element, err := newPart(mapping.ListTypeChildType(logical))
	if err != nil {
		return nil, fmt.Errorf("list: %w", err)
	}
	return &column{dataType: arrow.ListOf(element.dataType), children: []*column{element}, values: (*column).lists}, nil
}

func newMapColumn(logical mapping.LogicalType) (*column, error) {
	key, err := newPart(mapping.MapTypeKeyType(logical))
	if err != nil {
		return nil, fmt.Errorf("map: %w", err)
	}
	value, err := newPart(mapping.MapTypeValueType(logical))
	if err != nil {
		return nil, fmt.Errorf("map: %w", err)
	}
	t := arrow.MapOf(key.dataType, value.dataType)
	entry := &column{dataType: t.Elem(), children: []*column{key, value}, values: (*column).structs}
	return &column{dataType: t, children: []*column{entry}, values: (*column).lists}, nil
}

func newStructColumn(logical mapping.LogicalType) (*column, error) {
	c := &column{values: (*column).structs}
	var fields []arrow.Field
	for i := range mapping.StructTypeChildCount(logical) {
		name := mapping.StructTypeChildName(logical, i)
		child, err := newPart(mapping.StructTypeChildType(logical, i))
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", name, err)
		}
		c.children = append(c.children, child)
		fields = append(fields, arrow.Field{Name: name, Type: child.dataType, Nullable: true})
	}
	c.dataType = arrow.StructOf(fields...)
	return c, nil
}

// newPart is newColumn for the type of a part, which it destroys.
func newPart(logical mapping.LogicalType) (*column, error) {
	defer mapping.DestroyLogicalType(&logical)
	return newColumn(logical)
}

// listEntry is where the elements of one of DuckDB's lists lie in the child vector.
type listEntry struct{ offset, length uint64 }

func (c *column) lists(v mapping.Vector, rows selection) (contents, error) {
	offsets, elements, err := c.elements(v, rows)
	if err != nil {
		return contents{}, err
	}
	child, err := c.children[0].read(mapping.ListVectorGetChild(v), elements)
	if err != nil {
		return contents{}, err
	}
	return contents{buffers: buffers(offsets), children: []arrow.ArrayData{child}}, nil
}

// elements gives Arrow's offsets of the lists, and the elements in their order.
// DuckDB's lists may overlap, leave gaps, and lie in any order; mostly they do not.
func (c *column) elements(v mapping.Vector, rows selection) ([]byte, selection, error) {
	in, valid := valuesOf[listEntry](v, rows), validityOf(v, rows)
	offsets := c.buffer.grow(4 * (rows.n + 1))
	binary.NativeEndian.PutUint32(offsets, 0)
	c.numbers = c.numbers[:0]
	inOrder := true
	for i := range rows.n {
		if row := rows.at(i); isValid(valid, row) {
			inOrder = inOrder && (in[row].length == 0 || int(in[row].offset) == len(c.numbers))
			for k := range in[row].length {
				c.numbers = append(c.numbers, int(in[row].offset+k))
			}
		}
		if len(c.numbers) > math.MaxInt32 {
			return nil, selection{}, &engine.RuntimeError{Code: exceededMemory, Message: "2,048 rows of one column hold more than 2,147,483,647 elements"}
		}
		binary.NativeEndian.PutUint32(offsets[4*(i+1):], uint32(len(c.numbers)))
	}
	if inOrder {
		return offsets, first(len(c.numbers)), nil
	}
	return offsets, selection{n: len(c.numbers), numbers: c.numbers, reach: int(mapping.ListVectorGetSize(v))}, nil
}

func (c *column) structs(v mapping.Vector, rows selection) (contents, error) {
	var out contents
	for i, child := range c.children {
		data, err := child.read(mapping.StructVectorGetChild(v, mapping.IdxT(i)), rows)
		if err != nil {
			return contents{}, err
		}
		out.children = append(out.children, data)
	}
	return out, nil
}
