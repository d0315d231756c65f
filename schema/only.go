package schema

// Only returns the values that the column must have one of where p is true; ok
// is false where p does not say so by equality and IN alone.
func (p Predicate) Only(column string) (values []Value, ok bool) {
	switch p.Op {
	case Eq, In:
		return p.Values, p.Column == column
	case And:
		for _, arg := range p.Args {
			if some, has := arg.Only(column); has && (!ok || len(some) < len(values)) {
				values, ok = some, true
			}
		}
		return values, ok
	case Or:
		for _, arg := range p.Args {
			some, has := arg.Only(column)
			if !has {
				return nil, false
			}
			values = append(values[:len(values):len(values)], some...)
		}
		return values, len(p.Args) > 0
	}
	return nil, false
}
