package engine

import (
	"errors"
	"fmt"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/schema"
)

// advise adds to a refusal the remedy that only the engine knows: which table
// there is, and why a documented column is not in it.
func (e *Engine) advise(err error) error {
	var refused *dialect.Error
	if !errors.As(err, &refused) {
		return err
	}
	switch refused.Code {
	case "TABLE_NOT_FOUND":
		refused.Hint = "the table is " + TableName
		if e.options.Source == nil {
			refused.Hint = "name a source: -s DIRECTORY or -s s3://bucket/prefix; its table is " + TableName
		}
	case "COLUMN_NOT_FOUND":
		if field, ok := documented(refused); ok {
			refused.Hint = fmt.Sprintf("AWS documents the field %s, but no object here has it; vpcq describe lists the columns", field.Name)
		}
	}
	return err
}

// documented is the field of AWS's that a statement was refused for.
func documented(refused *dialect.Error) (schema.Field, bool) {
	if m := unresolved.FindStringSubmatch(refused.Message); m != nil {
		return schema.FieldOfColumn(m[1])
	}
	return schema.Field{}, false
}
