package engine

import (
	"fmt"
	"testing"

	"github.com/vpcq/vpcq/engine/dialect"
)

// TestWriteProperties runs the example of every property.
func TestWriteProperties(t *testing.T) {
	for _, p := range writeProperties {
		if p.doc == "" || p.of == 0 {
			t.Errorf("%s has no doc or no statement", p.name)
		}
		sql := fmt.Sprintf("UNLOAD (SELECT 1) TO 's3://b/' WITH (%s = %s)", p.name, p.example)
		statement, err := dialect.Parse(sql)
		if err != nil {
			t.Fatal(err)
		}
		given := statement.(*dialect.Unload).Properties
		for _, of := range []writeStatement{createStatement, unloadStatement} {
			list := given
			switch p.name {
			case "compression_level":
				list = append(list, also(map[writeStatement]string{createStatement: "write_compression", unloadStatement: "compression"}[of], "zstd"))
			case "field_delimiter":
				list = append(list, also("format", "textfile"))
			}
			_, err := readWriteOptions(statement, of, list)
			if has := p.of&of != 0; has != (err == nil) {
				t.Errorf("%s of %d: %v", sql, of, err)
			}
		}
	}
}

// also is a property that another needs.
func also(name, value string) *dialect.Property {
	return &dialect.Property{Name: &dialect.Identifier{Value: name}, Value: &dialect.StringLiteral{Value: value}}
}
