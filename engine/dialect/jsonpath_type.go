package dialect

import "strings"

// staticType gives the type of what a path yields where the path alone decides
// it, or the unknown type. What cannot work for such types is refused before the
// path runs, as is a variable that is not among the names passed.
func (n *pathNode) staticType(names map[string]bool) (Type, error) {
	var operands [2]Type
	for i, operand := range []*pathNode{n.base, n.other} {
		if operand == nil {
			continue
		}
		var err error
		if operands[i], err = operand.staticType(names); err != nil {
			return unknownType, err
		}
	}
	for _, s := range n.subscripts {
		for _, bound := range []*pathNode{s.from, s.to} {
			if bound == nil {
				continue
			}
			if _, err := bound.staticType(names); err != nil {
				return unknownType, err
			}
		}
	}
	switch n.kind {
	case pathNamed:
		return unknownType, missingVariable(n.text, names)
	case pathLiteral:
		return n.literal.typ, nil
	case pathLast:
		return integerType, nil
	case pathFilter:
		return operands[0], nil
	case pathMethod, pathSign:
		return n.appliedType(operands[0])
	case pathArithmetic:
		return n.arithmeticType(operands[0], operands[1])
	}
	return unknownType, nil
}

func missingVariable(name string, names map[string]bool) error {
	if names[name] {
		return nil
	}
	for other := range names {
		if strings.EqualFold(other, name) {
			return worded(`no value passed for parameter %s. Try quoting "%s" in the PASSING clause to match case`, name, name)
		}
	}
	return worded("no value passed for parameter %s", name)
}

// appliedType is the type of a method's or a sign's result.
func (n *pathNode) appliedType(base Type) (Type, error) {
	known := base.Kind != UnknownKind
	switch n.text {
	case "type":
		return boundedVarchar(27), nil
	case "size":
		return integerType, nil
	case "keyvalue":
		return unknownType, nil
	case "double":
		if known && !base.isNumeric() && !base.isText() {
			return base, worded("cannot perform JSON path double() method with %s argument", base)
		}
		return doubleType, nil
	case "+", "-":
		if known && !base.isNumeric() {
			return base, worded("Invalid operand type (%s) in JSON path arithmetic unary expression", base)
		}
		return base, nil
	}
	if known && !base.isNumeric() {
		return base, worded("cannot perform JSON path %s() method with %s argument", n.text, base)
	}
	if known && n.text != "abs" && base.Kind == DecimalKind {
		return decimalType(base.Precision-base.Scale+min(base.Scale, 1), 0), nil
	}
	return base, nil
}

func (n *pathNode) arithmeticType(left, right Type) (Type, error) {
	if left.Kind == UnknownKind || right.Kind == UnknownKind {
		return unknownType, nil
	}
	if !left.isNumeric() || !right.isNumeric() {
		return left, worded("invalid operand types (%s and %s) in JSON path arithmetic binary expression", left, right)
	}
	common, ok := commonType(left, right)
	if !ok {
		return unknownType, nil
	}
	return common, nil
}
