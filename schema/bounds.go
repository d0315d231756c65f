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

// Hull returns bounds of the values that the column may have where p is true.
// Null is always set: Hull says nothing of nulls.
func (p Predicate) Hull(column string) Domain {
	switch p.Op {
	case And:
		d := Anything
		for _, arg := range p.Args {
			d = d.and(arg.Hull(column))
		}
		return d
	case Or:
		if len(p.Args) == 0 {
			return Anything
		}
		d := p.Args[0].Hull(column)
		for _, arg := range p.Args[1:] {
			d = d.or(arg.Hull(column))
		}
		return d
	}
	if p.Column != column {
		return Anything
	}
	return p.bounds()
}

// bounds is the Hull of a condition on one column.
func (p Predicate) bounds() Domain {
	d := Anything
	switch p.Op {
	case Eq:
		d.Low, d.High = &p.Values[0], &p.Values[0]
	case Lt, Le:
		d.High = &p.Values[0]
	case Gt, Ge:
		d.Low = &p.Values[0]
	case In:
		for i := range p.Values {
			one := Domain{Low: &p.Values[i], High: &p.Values[i], Null: true}
			if i == 0 {
				d = one
			} else {
				d = d.or(one)
			}
		}
	}
	return d
}

// and is bounds of the values in both, which are compared only where they can be.
func (d Domain) and(e Domain) Domain {
	d.Low = narrower(d.Low, e.Low, 1)
	d.High = narrower(d.High, e.High, -1)
	return d
}

// or is bounds of the values in either.
func (d Domain) or(e Domain) Domain {
	d.Low = wider(d.Low, e.Low, -1)
	d.High = wider(d.High, e.High, 1)
	return d
}

// narrower returns the bound that lies further to the side, +1 or -1; nil is none.
func narrower(a, b *Value, side int) *Value {
	if a == nil || b == nil {
		if a == nil {
			return b
		}
		return a
	}
	if order, ok := b.Compare(*a); ok && order*side > 0 {
		return b
	}
	return a
}

// wider returns the bound that lies further to the side; nil is none, and so are
// bounds that cannot be compared.
func wider(a, b *Value, side int) *Value {
	if a == nil || b == nil {
		return nil
	}
	order, ok := b.Compare(*a)
	if !ok {
		return nil
	}
	if order*side > 0 {
		return b
	}
	return a
}
