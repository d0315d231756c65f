package dialect

import "reflect"

// visitAll visits a node and all nodes below it, queries within expressions too, in
// the order of the fields that hold them. It does not go below a node for which
// visit returns false.
func visitAll(n Node, visit func(Node) bool) {
	if visit(n) {
		walkFields(reflect.Indirect(reflect.ValueOf(n)), visit)
	}
}

func walkFields(v reflect.Value, visit func(Node) bool) {
	for i := range v.NumField() {
		walkValue(v.Field(i), visit)
	}
}

func walkValue(v reflect.Value, visit func(Node) bool) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			walkValue(v.Index(i), visit)
		}
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if n, ok := v.Interface().(Node); ok {
			visitAll(n, visit)
		}
	}
}
