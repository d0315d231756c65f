package hive

import "strings"

// simpleTypes are the types that are one word, by their names in DDL. INTEGER is
// what Athena's guide says for queries; Athena takes it in DDL as well.
var simpleTypes = map[string]string{
	"TINYINT": "tinyint", "SMALLINT": "smallint", "INT": "int", "INTEGER": "int", "BIGINT": "bigint", "BOOLEAN": "boolean",
	"FLOAT": "float", "STRING": "string", "BINARY": "binary", "TIMESTAMP": "timestamp", "DATE": "date",
}

// maxTypeDepth bounds types within types.
const maxTypeDepth = 100

// columnType reads a type and gives it as schema.Column has it: in lower case,
// without white space.
func (p *parser) columnType(depth int) string {
	t := p.peek()
	if depth > maxTypeDepth {
		p.failAt(t, syntaxError, "the type is nested too deeply", "")
	}
	if name, ok := simpleTypes[t.key]; ok {
		p.next()
		return name
	}
	switch t.key {
	case "DOUBLE":
		p.next()
		p.take("PRECISION")
		return "double"
	case "DECIMAL":
		return p.decimalType()
	case "VARCHAR", "CHAR":
		p.next()
		p.need("(")
		n := p.integer()
		p.need(")")
		return t.value + "(" + n + ")"
	case "ARRAY":
		return p.typeOf(func() string { return p.columnType(depth + 1) })
	case "MAP":
		return p.typeOf(func() string {
			key := p.columnType(depth + 1)
			p.need(",")
			return key + "," + p.columnType(depth+1)
		})
	case "STRUCT":
		return p.typeOf(func() string { return p.fields(depth + 1) })
	}
	hint := ""
	if t.kind == word {
		hint = hintType(t.key)
	}
	p.failAt(t, syntaxError, "mismatched input '"+t.shown()+"' expecting <type>", hint)
	return ""
}

// hintType names Hive's type for what other dialects call it.
func hintType(name string) string {
	instead := map[string]string{"TEXT": "string", "LONG": "bigint", "REAL": "float", "BOOL": "boolean", "VARBINARY": "binary", "JSON": "string", "NUMERIC": "decimal", "ROW": "struct<name:type>"}
	if h := instead[name]; h != "" {
		return "write " + h
	}
	return ""
}

// typeOf reads the word of a type and what stands in < and > behind it.
func (p *parser) typeOf(inner func() string) string {
	outer := p.next().value
	p.need("<")
	text := outer + "<" + inner() + ">"
	p.need(">")
	return text
}

// fields reads the fields of a struct. Hive keeps no comments on them.
func (p *parser) fields(depth int) string {
	var fields []string
	for {
		name := p.fieldName()
		p.need(":")
		fields = append(fields, name+":"+p.columnType(depth))
		if p.take("COMMENT") {
			p.str()
		}
		if !p.take(",") {
			return strings.Join(fields, ",")
		}
	}
}

// fieldName reads the name of a field. It must be spelt with what DDL prints
// bare, as types are printed without backticks.
func (p *parser) fieldName() string {
	t := p.peek()
	name := p.name()
	if strings.ContainsAny(name, "<>,:()` ") {
		p.failAt(t, notSupported, "a field of a struct cannot be named "+t.text+" here", "")
	}
	return name
}

// decimalType reads decimal(p, s), whose precision is 10 and whose scale is 0
// where none is written.
func (p *parser) decimalType() string {
	p.next()
	precision, scale := "10", "0"
	if p.take("(") {
		precision = p.integer()
		if p.take(",") {
			scale = p.integer()
		}
		p.need(")")
	}
	return "decimal(" + precision + "," + scale + ")"
}

// integer reads digits.
func (p *parser) integer() string {
	t := p.peek()
	if t.kind != numberToken || strings.Contains(t.text, ".") {
		p.mismatch("<integer>")
	}
	p.next()
	if digits := strings.TrimLeft(t.text, "0"); digits != "" {
		return digits
	}
	return "0"
}
