package dialect

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// pathItem is one item of the sequences that paths yield: a value of JSON or,
// where json is nil, a value of SQL, whose type says which field holds it.
type pathItem struct {
	json  *jsonValue
	typ   Type
	exact exactNumber // of integers and decimals
	float float64     // of reals and doubles
	text  string      // of texts, dates and times; a char has no padding
	truth bool        // of booleans
}

func jsonItem(v *jsonValue) pathItem { return pathItem{json: v} }

func textItem(text string, t Type) pathItem { return pathItem{typ: t, text: text} }

func integerItem(n int) pathItem {
	return pathItem{typ: integerType, exact: exactNumber{big.NewInt(int64(n)), 0}}
}

// pathError is a fault in the evaluation of a path, which ON ERROR catches.
type pathError string

// Error returns the fault in Trino's words.
func (e pathError) Error() string { return "path evaluation failed: " + string(e) }

func pathErrorf(format string, args ...any) error { return pathError(fmt.Sprintf(format, args...)) }

// wrongItem is the fault of an item that is not of the kind an operation takes.
func wrongItem(expected string, item pathItem) error {
	return pathErrorf("invalid item type. Expected: %s, actual: %s", expected, item.typeName())
}

// typeName names the item's type as Trino's messages do.
func (i pathItem) typeName() string {
	if i.json == nil {
		return i.typ.String()
	}
	return strings.ToUpper(i.json.typeName())
}

// typeName is the type of JSON as type() gives it.
func (v *jsonValue) typeName() string {
	return map[jsonToken]string{
		jsonArrayStart: "array", jsonObjectStart: "object", jsonString: "string", jsonInteger: "number",
		jsonFloat: "number", jsonTrue: "boolean", jsonFalse: "boolean", jsonNull: "null",
	}[v.kind]
}

// isNull reports whether the item is the null of JSON.
func (i pathItem) isNull() bool { return i.json != nil && i.json.kind == jsonNull }

// isScalar reports whether the item is no array and no object, null included.
func (i pathItem) isScalar() bool { return i.json == nil || i.json.isScalar() }

// typed gives the item as a value of SQL; ok is false of arrays, objects and null.
func (i pathItem) typed() (item pathItem, ok bool, err error) {
	if i.json == nil {
		return i, true, nil
	}
	switch i.json.kind {
	case jsonTrue, jsonFalse:
		return pathItem{typ: booleanType, truth: i.json.kind == jsonTrue}, true, nil
	case jsonString:
		return textItem(i.json.text, varcharType), true, nil
	case jsonFloat:
		return pathItem{typ: doubleType, float: i.json.float(64)}, true, nil
	case jsonInteger:
		n, isNumber := new(big.Int).SetString(i.json.text, 10)
		if !isNumber || !n.IsInt64() {
			return i, false, pathErrorf("cannot convert %s to Trino value (value too big)", i.json.text)
		}
		item = pathItem{typ: bigintType, exact: exactNumber{n, 0}}
		if n.Int64() >= math.MinInt32 && n.Int64() <= math.MaxInt32 {
			item.typ = integerType
		}
		return item, true, nil
	}
	return i, false, nil
}

// number gives the item as a number of SQL.
func (i pathItem) number() (pathItem, error) {
	if i.json != nil && i.json.kind != jsonInteger && i.json.kind != jsonFloat {
		return i, wrongItem("NUMBER", i)
	}
	typed, _, err := i.typed()
	if err == nil && !typed.typ.isNumeric() {
		return i, wrongItem("NUMBER", i)
	}
	return typed, err
}

// isFloat reports whether a number is a real or a double.
func (i pathItem) isFloat() bool { return floatBits[i.typ.Kind] != 0 }

// toFloat gives a number as a double, or the nearest real.
func (i pathItem) toFloat(bits int) float64 {
	if !i.isFloat() {
		return i.exact.float(bits)
	}
	if bits == 32 {
		return float64(float32(i.float))
	}
	return i.float
}

// toIndex gives a number as the index of an element.
func (i pathItem) toIndex() (int64, error) {
	if i.json != nil && i.json.kind == jsonFloat { // cut, where other numbers are rounded
		f := math.Trunc(i.json.float(64))
		if f < -1<<63 || f >= 1<<63 {
			return 0, pathErrorf("cannot convert value %s to long", i.json.text)
		}
		return int64(f), nil
	}
	n, err := i.number()
	if err != nil {
		return 0, err
	}
	text := ""
	if n.isFloat() {
		text, err = castFloat(n.float, floatBits[n.typ.Kind], bigintType)
	} else {
		text, err = castExact(n.exact, bigintType)
	}
	if err != nil {
		return 0, pathError("")
	}
	return strconv.ParseInt(text, 10, 64)
}

// toJSON gives the item as JSON; ok is false of dates and times.
func (i pathItem) toJSON() (v *jsonValue, ok bool) {
	if i.json != nil {
		return i.json, true
	}
	raw := &jsonValue{kind: jsonRaw}
	switch {
	case i.typ.Kind == BooleanKind:
		raw.text = strconv.FormatBool(i.truth)
	case i.typ.isText():
		return &jsonValue{kind: jsonString, text: i.padded()}, true
	case i.isFloat():
		raw.text = string(appendNumberJSON(nil, i.float, floatBits[i.typ.Kind]))
	case i.typ.isNumeric():
		raw.text = string(appendJavaDecimal(nil, i.exact))
	default:
		return nil, false
	}
	return raw, true
}

// padded is the text of the item, a char with its padding.
func (i pathItem) padded() string {
	if i.typ.Kind != CharKind {
		return i.text
	}
	return i.text + strings.Repeat(" ", max(0, i.typ.Length-len([]rune(i.text))))
}

// parseItem reads a value of a type from the text that DuckDB prints of it. NULL
// is the null of JSON. JSON, which may be malformed, is given as the type json.
func parseItem(value any, t Type) (pathItem, error) {
	text, ok := value.(string)
	switch {
	case !ok:
		return jsonItem(&jsonValue{kind: jsonNull, text: "null"}), nil
	case t.Kind == JSONKind:
		v, err := parseInput(text)
		return jsonItem(v), err
	case t.Kind == BooleanKind:
		return pathItem{typ: t, truth: text == "true"}, nil
	case floatBits[t.Kind] != 0:
		f, err := strconv.ParseFloat(text, floatBits[t.Kind])
		if math.IsInf(f, 0) {
			err = nil
		}
		return pathItem{typ: t, float: f}, err
	case t.isNumeric():
		d, err := parseExact(text)
		if err == nil {
			d = d.rescale(t.Scale)
		}
		return pathItem{typ: t, exact: d}, err
	}
	return textItem(text, t), nil
}

// parseInput reads JSON as the functions of SQL/JSON do, which need not be all of the text.
func parseInput(text string) (*jsonValue, error) {
	s := &jsonScanner{text: text}
	v, err := s.readTree()
	if err == nil && v == nil {
		err = s.fault()
	}
	return v, err
}

// cast gives the text from which DuckDB's cast reads the item as another type.
func (i pathItem) cast(to Type) (string, error) {
	switch {
	case i.typ.Kind == BooleanKind:
		return castBoolean(i.truth, to)
	case i.typ.isText():
		return castText(i.padded(), to)
	case i.isFloat():
		return castFloat(i.float, floatBits[i.typ.Kind], to)
	case i.typ.isNumeric():
		return castExact(i.exact, to)
	case to.isText():
		return castPrinted(i.text, to)
	}
	return "", worded("Cannot cast %s to %s", i.typ, to)
}
