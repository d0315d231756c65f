package duckdb

import (
	"errors"
	"testing"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/dialect"
)

func TestNativeTypesAreKnown(t *testing.T) {
	for _, n := range dialect.Natives {
		for _, name := range append([]string{n.Result}, n.Parameters...) {
			if nativeTypes[name].read == nil {
				t.Errorf("%s has the type %s, which does not cross", n.Name, name)
			}
		}
	}
}

func TestNativesRun(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT vpcq_text_of_double(37.7::DOUBLE)", "3.77E1"},
		{"SELECT count(*) FROM range(5000) t(i) WHERE vpcq_to_base(i, 16) = lower(hex(i))", "5000"},
		{"SELECT vpcq_contains('10.0.0.0/8', vpcq_ipaddress_of_text('10.1.2.3'))", "true"},
		{"SELECT count(vpcq_url_extract_port('http://h:' || CASE WHEN i % 2 = 0 THEN i::VARCHAR END)) FROM range(5000) t(i)", "2500"},
		{"SELECT TRY(vpcq_from_base('z', 10)) IS NULL", "true"},
	}
	db := open(t)
	for _, test := range tests {
		check(t, db, jobOf(test.sql, nil), test.want)
	}
}

func TestNativeFaultKeepsItsCode(t *testing.T) {
	_, err := answer(t.Context(), open(t), jobOf("SELECT vpcq_from_base('z' || i, 10) FROM range(1) t(i)", nil))
	var fault *engine.RuntimeError
	if !errors.As(err, &fault) || fault.Error() != "INVALID_FUNCTION_ARGUMENT: Not a valid base-10 number: z0" {
		t.Errorf("got %v", err)
	}
}
