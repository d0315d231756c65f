package dialect

import (
	"encoding/binary"
	"fmt"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonPathNatives are the functions of SQL/JSON. All that the statement fixes
// comes as text: the path, what is done ON EMPTY and ON ERROR in the words of
// SQL, and the types of the values that follow as a row type.
var jsonPathNatives = []Native{
	// Input, path, ON ERROR, row of what is passed, its values.
	{Name: "vpcq_json_exists", Parameters: repeated("VARCHAR", 5), Result: "BOOLEAN", Nulls: true, Variadic: true, Call: jsonExists},
	// Input, path, the type returned, ON EMPTY, ON ERROR, row, values. The first
	// letter of the result is v before the text of a value; E and R stand for the
	// default values ON EMPTY and ON ERROR.
	{Name: "vpcq_json_value", Parameters: repeated("VARCHAR", 7), Result: "VARCHAR", Nulls: true, Variadic: true, Call: jsonValueOf},
	// Input, path, wrapper, quotes, ON EMPTY, ON ERROR, row, values.
	{Name: "vpcq_json_query", Parameters: repeated("VARCHAR", 8), Result: "VARCHAR", Nulls: true, Variadic: true, Call: jsonQueryOf},
	// ON NULL, row, values.
	{Name: "vpcq_json_array", Parameters: repeated("VARCHAR", 3), Result: "VARCHAR", Nulls: true, Variadic: true, Call: jsonArrayOf},
	// ON NULL, WITH or WITHOUT unique keys, row of the values, keys each with its value.
	{Name: "vpcq_json_object", Parameters: repeated("VARCHAR", 4), Result: "VARCHAR", Nulls: true, Variadic: true, Call: jsonObjectOf},
	// The encoding is the second argument.
	{Name: "vpcq_json_decode", Parameters: []string{"BLOB", "VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return decodeUnits(args[0].([]byte), args[1].(string)), nil }},
	{Name: "vpcq_json_encode", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BLOB", Call: func(args []any) (any, error) { return encodeUnits(args[0].(string), args[1].(string)), nil }},
}

func repeated(name string, n int) []string { return slices.Repeat([]string{name}, n) }

// The codes of the faults of SQL/JSON, by Trino's StandardErrorCode.
const (
	jsonInputError  = "JSON_INPUT_CONVERSION_ERROR"
	jsonOutputError = "JSON_OUTPUT_CONVERSION_ERROR"
	jsonValueError  = "JSON_VALUE_RESULT_ERROR"
	pathFailed      = "PATH_EVALUATION_ERROR"
)

func outputFault(format string, args ...any) error {
	return fmt.Errorf("%s: conversion from JSON failed: %s", jsonOutputError, fmt.Sprintf(format, args...))
}

func valueFault(format string, args ...any) error {
	return fmt.Errorf("%s: cannot extract SQL scalar from JSON: %s", jsonValueError, fmt.Sprintf(format, args...))
}

// runPath evaluates a path. A fault is one that ON ERROR catches; an error is a
// slip of the translation.
func runPath(input, path, row string, values []any) (items []pathItem, fault, err error) {
	compiledPath, err := jsonPaths.get(path)
	if err != nil {
		return nil, nil, err
	}
	types, err := rowOf(row)
	if err != nil {
		return nil, nil, err
	}
	malformed := fmt.Errorf("%s: conversion to JSON failed: ", jsonInputError)
	document, err := parseInput(input)
	if err != nil {
		return nil, malformed, nil
	}
	passed := map[string][]pathItem{}
	for i, t := range types.Args {
		name := types.Names[i]
		if values[i] == nil && t.Kind == JSONKind {
			passed[name] = nil // an empty sequence
			continue
		}
		item, err := parseItem(values[i], t)
		if err != nil && t.Kind == JSONKind {
			return nil, malformed, nil
		}
		if err != nil {
			return nil, nil, err
		}
		passed[name] = []pathItem{item}
	}
	items, fault = compiledPath.evaluate(document, passed)
	if fault != nil {
		fault = fmt.Errorf("%s: %w", pathFailed, fault)
	}
	return items, fault, nil
}

// rowOf reads the row type of values; without any there is no type.
func rowOf(text string) (Type, error) {
	if text == "" {
		return unknownType, nil
	}
	return typeTexts.get(text)
}

func jsonExists(args []any) (any, error) {
	input, ok := args[0].(string)
	if !ok {
		return nil, nil
	}
	items, fault, err := runPath(input, args[1].(string), args[3].(string), args[4:])
	if err != nil || fault == nil {
		return len(items) > 0, err
	}
	switch args[2] {
	case "ERROR":
		return nil, fault
	case "UNKNOWN":
		return nil, nil
	}
	return args[2] == "TRUE", nil
}

func jsonValueOf(args []any) (any, error) {
	input, ok := args[0].(string)
	if !ok {
		return nil, nil
	}
	onEmpty, onError := args[3].(string), args[4].(string)
	items, fault, err := runPath(input, args[1].(string), args[5].(string), args[6:])
	if err != nil {
		return nil, err
	}
	if fault == nil && len(items) == 0 {
		return settle(onEmpty, "E", valueFault("JSON path found no items"))
	}
	text := any(nil)
	if fault == nil {
		text, fault, err = singleValue(items, args[2].(string))
	}
	if fault != nil {
		return settle(onError, "R", fault)
	}
	return text, err
}

// settle does what ON EMPTY or ON ERROR says; mark stands for the default.
func settle(behavior, mark string, fault error) (any, error) {
	switch behavior {
	case "ERROR":
		return nil, fault
	case "DEFAULT":
		return mark, nil
	}
	return nil, nil
}

// singleValue gives the only item as the text of a type, after a v.
func singleValue(items []pathItem, typeText string) (text any, fault, err error) {
	to, err := typeTexts.get(typeText)
	if err != nil {
		return nil, nil, err
	}
	if len(items) > 1 {
		return nil, valueFault("JSON path found multiple items"), nil
	}
	if items[0].isNull() {
		return nil, nil, nil
	}
	typed, ok, err := items[0].typed()
	if err != nil || !ok {
		return nil, valueFault("JSON path found an item that cannot be converted to an SQL value"), nil
	}
	value, err := typed.cast(to)
	if err != nil {
		return nil, valueFault("Cannot cast value of type %s to declared return type of function JSON_VALUE: %s", typed.typ, to), nil
	}
	return "v" + value, nil, nil
}

func jsonQueryOf(args []any) (any, error) {
	input, ok := args[0].(string)
	if !ok {
		return nil, nil
	}
	onEmpty, onError := args[4].(string), args[5].(string)
	items, fault, err := runPath(input, args[1].(string), args[6].(string), args[7:])
	if err != nil {
		return nil, err
	}
	if fault == nil && len(items) == 0 {
		return settleJSON(onEmpty, outputFault("JSON path found no items"))
	}
	var values []*jsonValue
	for _, item := range items {
		v, ok := item.toJSON()
		if !ok {
			fault = outputFault("JSON path returned a scalar SQL value of type %s that cannot be represented as JSON", item.typ)
			break
		}
		values = append(values, v)
	}
	if wrapper := args[2]; wrapper == "UNCONDITIONAL" || wrapper == "CONDITIONAL" && (len(values) != 1 || values[0].isScalar()) {
		values = []*jsonValue{{kind: jsonArrayStart, items: values}}
	}
	if fault == nil && len(values) > 1 {
		fault = outputFault("JSON path found multiple items")
	}
	if fault != nil {
		return settleJSON(onError, fault)
	}
	if args[3] == "OMIT" && values[0].kind == jsonString {
		return values[0].text, nil
	}
	return string(appendJSON(nil, values[0])), nil
}

func settleJSON(behavior string, fault error) (any, error) {
	switch behavior {
	case "EMPTY ARRAY":
		return "[]", nil
	case "EMPTY OBJECT":
		return "{}", nil
	}
	return settle(behavior, "", fault)
}

// constructed gives an argument of JSON_ARRAY or JSON_OBJECT as JSON, or nil
// where it is NULL and NULLs are absent.
func constructed(value any, t Type, nulls string) (*jsonValue, error) {
	if value == nil && nulls == "ABSENT" {
		return nil, nil
	}
	item, err := parseItem(value, t)
	if err != nil {
		return nil, fmt.Errorf("%s: conversion to JSON failed: ", jsonInputError)
	}
	v, ok := item.toJSON()
	if !ok { // a date or time
		v = &jsonValue{kind: jsonString, text: item.text}
	}
	return v, nil
}

func jsonArrayOf(args []any) (any, error) {
	types, err := rowOf(args[1].(string))
	if err != nil {
		return nil, err
	}
	array := &jsonValue{kind: jsonArrayStart}
	for i, t := range types.Args {
		v, err := constructed(args[2+i], t, args[0].(string))
		if err != nil {
			return nil, err
		}
		if v != nil {
			array.items = append(array.items, v)
		}
	}
	return string(appendJSON(nil, array)), nil
}

func jsonObjectOf(args []any) (any, error) {
	types, err := rowOf(args[2].(string))
	if err != nil {
		return nil, err
	}
	object := &jsonValue{kind: jsonObjectStart}
	for i, t := range types.Args {
		key, ok := args[3+2*i].(string)
		if !ok {
			return nil, fmt.Errorf("%s: null value passed for JSON object key to JSON_OBJECT function", functionArgument)
		}
		v, err := constructed(args[4+2*i], t, args[0].(string))
		if err != nil {
			return nil, err
		}
		switch {
		case v == nil:
			continue
		case object.member(key) == nil:
		case args[1] == "WITH":
			return nil, fmt.Errorf("%s: duplicate key passed to JSON_OBJECT function", functionArgument)
		default:
			return nil, fmt.Errorf("%s: cannot construct a JSON object with duplicate key", notSupported)
		}
		object.members, object.items = append(object.members, key), append(object.items, v)
	}
	object.hashMembers()
	return string(appendJSON(nil, object)), nil
}

// hashMembers orders the members of an object as Java's HashMap lists its keys,
// in which Trino collects the members of JSON_OBJECT: by bucket, and within one
// as they came. Source: JsonObjectFunction of Trino, and the source of HashMap.
func (v *jsonValue) hashMembers() {
	buckets := 16
	for len(v.members) > buckets/4*3 {
		buckets *= 2
	}
	order := make([]int, len(v.members))
	bucket := make([]uint32, len(v.members))
	for i, name := range v.members {
		hash := uint32(0)
		for _, unit := range utf16.Encode([]rune(name)) {
			hash = 31*hash + uint32(unit)
		}
		order[i], bucket[i] = i, (hash^hash>>16)&uint32(buckets-1)
	}
	slices.SortStableFunc(order, func(i, j int) int { return int(bucket[i]) - int(bucket[j]) })
	items, members := v.items, v.members
	v.items, v.members = make([]*jsonValue, len(order)), make([]string, len(order))
	for to, from := range order {
		v.items[to], v.members[to] = items[from], members[from]
	}
}

// decodeUnits reads text in UTF-16 or UTF-32, low bytes first. What is malformed
// becomes U+FFFD, as in Java.
func decodeUnits(b []byte, encoding string) string {
	var runes []rune
	if encoding == "UTF32" {
		for ; len(b) >= 4; b = b[4:] {
			runes = append(runes, rune(binary.LittleEndian.Uint32(b)))
		}
	} else {
		var units []uint16
		for ; len(b) >= 2; b = b[2:] {
			units = append(units, binary.LittleEndian.Uint16(b))
		}
		runes = utf16.Decode(units)
	}
	if len(b) > 0 {
		runes = append(runes, utf8.RuneError)
	}
	return string(runes)
}

// encodeUnits writes text in UTF-16 or UTF-32, low bytes first.
func encodeUnits(text, encoding string) []byte {
	var b []byte
	if encoding == "UTF32" {
		for _, r := range text {
			b = binary.LittleEndian.AppendUint32(b, uint32(r))
		}
		return b
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return b
}
