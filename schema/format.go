package schema

// Format is the columns of one object's records, in their order.
type Format struct {
	Columns []Column
}
