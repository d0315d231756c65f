package dialect

// pathRun is the evaluation of a path for one input.
type pathRun struct {
	lax     bool
	input   *jsonValue
	passed  map[string][]pathItem // the variables: one item each, none of a NULL given as JSON
	objects int                   // how many objects keyvalue() has taken apart
}

// pathPlace is where in the path the evaluation is: what last and @ stand for.
type pathPlace struct {
	last    int // -1 outside of brackets
	current *pathItem
}

// evaluate gives the sequence of items that the path yields.
func (p *jsonPath) evaluate(input *jsonValue, passed map[string][]pathItem) ([]pathItem, error) {
	run := &pathRun{lax: p.lax, input: input, passed: passed}
	return run.sequence(p.root, pathPlace{last: -1})
}

func (r *pathRun) sequence(n *pathNode, at pathPlace) ([]pathItem, error) {
	switch n.kind {
	case pathLiteral:
		return []pathItem{n.literal}, nil
	case pathContext:
		return []pathItem{jsonItem(r.input)}, nil
	case pathNamed:
		return r.passed[n.text], nil
	case pathLast:
		if at.last < 0 {
			return nil, pathError("accessing the last array index with no enclosing array")
		}
		return []pathItem{integerItem(at.last)}, nil
	case pathCurrent:
		if at.current == nil {
			return nil, pathError("accessing current filter item with no enclosing filter")
		}
		return []pathItem{*at.current}, nil
	case pathArithmetic:
		return r.arithmetic(n, at)
	}
	base, err := r.sequence(n.base, at)
	if err != nil {
		return nil, err
	}
	switch n.kind {
	case pathArray:
		return r.elements(n, base, at)
	case pathDescendant:
		return descendants(n.text, base, nil), nil
	case pathMethod:
		if n.text == "size" || n.text == "type" {
			return r.apply(n, base)
		}
	}
	if r.lax {
		base = unwrapped(base)
	}
	switch n.kind {
	case pathMember, pathWildcard:
		return r.members(n, base)
	case pathFilter:
		return r.filtered(n, base, at), nil
	}
	return r.apply(n, base)
}

// unwrapped replaces arrays by their elements.
func unwrapped(items []pathItem) []pathItem {
	out := make([]pathItem, 0, len(items))
	for _, item := range items {
		if item.json == nil || item.json.kind != jsonArrayStart {
			out = append(out, item)
			continue
		}
		for _, element := range item.json.items {
			out = append(out, jsonItem(element))
		}
	}
	return out
}

func (r *pathRun) arithmetic(n *pathNode, at pathPlace) ([]pathItem, error) {
	var operands [2]pathItem
	for i, side := range []*pathNode{n.base, n.other} {
		items, err := r.sequence(side, at)
		if err != nil {
			return nil, err
		}
		if r.lax {
			items = unwrapped(items)
		}
		if len(items) != 1 {
			return nil, pathError("arithmetic binary expression requires singleton operands")
		}
		operands[i] = items[0]
	}
	for i := range operands {
		var err error
		if operands[i], err = operands[i].number(); err != nil {
			return nil, err
		}
	}
	result, err := n.compute(operands[0], operands[1])
	return []pathItem{result}, err
}

// members takes the members of objects, one by name or all of them.
func (r *pathRun) members(n *pathNode, base []pathItem) ([]pathItem, error) {
	var out []pathItem
	for _, item := range base {
		if item.json == nil || item.json.kind != jsonObjectStart {
			if !r.lax {
				return nil, wrongItem("OBJECT", item)
			}
			continue
		}
		if n.kind == pathWildcard {
			for _, member := range item.json.items {
				out = append(out, jsonItem(member))
			}
			continue
		}
		if member := item.json.member(n.text); member != nil {
			out = append(out, jsonItem(member))
		} else if !r.lax {
			return nil, pathErrorf("structural error: missing member '%s' in JSON object", n.text)
		}
	}
	return out, nil
}

// descendants collects the members of a name at any depth, outer ones first.
func descendants(name string, items, out []pathItem) []pathItem {
	for _, item := range items {
		if item.json == nil {
			continue
		}
		if member := item.json.member(name); member != nil {
			out = append(out, jsonItem(member))
		}
		for _, child := range item.json.items {
			out = descendants(name, []pathItem{jsonItem(child)}, out)
		}
	}
	return out
}

// elements takes the elements of arrays; in lax mode anything else is an array of itself.
func (r *pathRun) elements(n *pathNode, base []pathItem, at pathPlace) ([]pathItem, error) {
	var out []pathItem
	for _, item := range base {
		elements := []pathItem{item}
		if item.json != nil && item.json.kind == jsonArrayStart {
			elements = unwrapped(elements)
		} else if !r.lax {
			return nil, wrongItem("ARRAY", item)
		}
		if len(n.subscripts) == 0 {
			out = append(out, elements...)
			continue
		}
		if len(elements) == 0 {
			if !r.lax {
				return nil, pathError("structural error: invalid array subscript for empty array")
			}
			continue
		}
		inside := pathPlace{last: len(elements) - 1, current: at.current}
		for _, s := range n.subscripts {
			from, to, err := r.bounds(s, inside)
			if err != nil {
				return nil, err
			}
			size := int64(len(elements))
			if !r.lax && (from < 0 || from >= size || to < 0 || to >= size || from > to) {
				return nil, pathErrorf("structural error: invalid array subscript: [%d, %d] for array of size %d", from, to, size)
			}
			for i := max(from, 0); i <= to && i < size; i++ {
				out = append(out, elements[i])
			}
		}
	}
	return out, nil
}

// bounds evaluates a subscript.
func (r *pathRun) bounds(s pathSubscript, at pathPlace) (from, to int64, err error) {
	if from, err = r.index(s.from, "from", at); err != nil || s.to == nil {
		return from, from, err
	}
	to, err = r.index(s.to, "to", at)
	return from, to, err
}

func (r *pathRun) index(n *pathNode, which string, at pathPlace) (int64, error) {
	items, err := r.sequence(n, at)
	if err != nil {
		return 0, err
	}
	if len(items) != 1 {
		return 0, pathErrorf("array subscript '%s' value must be singleton numeric", which)
	}
	return items[0].toIndex()
}

// filtered keeps the items of which the predicate is true.
func (r *pathRun) filtered(n *pathNode, base []pathItem, at pathPlace) []pathItem {
	var out []pathItem
	for _, item := range base {
		if r.truth(n.other, pathPlace{last: at.last, current: &item}) == pathTrue {
			out = append(out, item)
		}
	}
	return out
}

// apply applies a sign or a method to each item.
func (r *pathRun) apply(n *pathNode, base []pathItem) ([]pathItem, error) {
	var out []pathItem
	for _, item := range base {
		if n.text == "keyvalue" {
			if item.json == nil || item.json.kind != jsonObjectStart {
				return nil, wrongItem("OBJECT", item)
			}
			out = append(out, r.keyValues(item.json)...)
			continue
		}
		result, err := r.applyTo(n, item)
		if err != nil {
			return nil, err
		}
		out = append(out, result)
	}
	return out, nil
}

func (r *pathRun) applyTo(n *pathNode, item pathItem) (pathItem, error) {
	switch n.text {
	case "double":
		return item.double()
	case "size":
		if item.json != nil && item.json.kind == jsonArrayStart {
			return integerItem(len(item.json.items)), nil
		}
		if !r.lax {
			return item, wrongItem("ARRAY", item)
		}
		return integerItem(1), nil
	case "type":
		return textItem(item.describedType(), boundedVarchar(27)), nil
	}
	number, err := item.number()
	if err != nil {
		return item, err
	}
	switch n.text {
	case "abs":
		return number.absolute()
	case "ceiling", "floor":
		return number.whole(n.text == "ceiling")
	case "-":
		return number.negated()
	}
	return number, nil
}

// describedType is what type() gives.
func (i pathItem) describedType() string {
	switch {
	case i.json != nil:
		return i.json.typeName()
	case i.typ.isNumeric():
		return "number"
	case i.typ.isText():
		return "string"
	case i.typ.Kind == TimeKind:
		return "time without time zone"
	case i.typ.Kind == TimestampKind:
		return "timestamp without time zone"
	}
	return i.typ.String()
}

// keyValues takes an object apart into objects of name, value and its number.
func (r *pathRun) keyValues(object *jsonValue) []pathItem {
	id, _ := integerItem(r.objects).toJSON()
	r.objects++
	var out []pathItem
	for i, name := range object.members {
		out = append(out, jsonItem(&jsonValue{
			kind: jsonObjectStart, members: []string{"name", "value", "id"},
			items: []*jsonValue{{kind: jsonString, text: name}, object.items[i], {kind: jsonInteger, text: id.text}},
		}))
	}
	return out
}
