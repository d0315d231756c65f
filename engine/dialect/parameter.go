package dialect

// parameterTotal counts the ? of a statement.
func parameterTotal(s Statement) int {
	n := 0
	visitAll(s, func(node Node) bool {
		if _, ok := node.(*Parameter); ok {
			n++
		}
		return true
	})
	return n
}

// checkParameters compares the ? of a statement with the values that the session has for them.
func (a *analyzer) checkParameters(s Statement) {
	if want, found := parameterTotal(s), len(a.session.Parameters); want != found {
		a.fail(s, invalidParameterUsage, "Incorrect number of parameters: expected %d but found %d", want, found)
	}
}

// parameter analyses ?, which stands for a constant: it sees no columns.
func (a *analyzer) parameter(p *Parameter) term {
	if p.Index >= len(a.session.Parameters) {
		return nullTerm // checkParameters has failed
	}
	constant := &scope{scalar: "EXECUTE … USING"}
	return a.expression(a.session.Parameters[p.Index], constant)
}

// parameterCount is the number of rows that a ? of LIMIT, OFFSET or FETCH FIRST stands for.
func (a *analyzer) parameterCount(n *RowCount) int64 {
	if n.Parameter.Index >= len(a.session.Parameters) {
		return 0
	}
	count, ok := a.session.Parameters[n.Parameter.Index].(*IntegerLiteral)
	if !ok {
		a.fail(n, typeMismatch, "Non constant parameter value for a number of rows: %s", describe(a.session.Parameters[n.Parameter.Index]))
		return 0
	}
	return count.Value
}
