package hive

import "github.com/vpcq/vpcq/schema"

// delimiter is a clause of ROW FORMAT DELIMITED and the property it stands for.
// Values are kept as written: a character, or the number of one.
type delimiter struct {
	words    []string
	property string
}

// delimiters stand in this order.
var delimiters = []delimiter{
	{[]string{"FIELDS", "TERMINATED", "BY"}, schema.FieldDelim},
	{[]string{"ESCAPED", "BY"}, schema.EscapeDelim},
	{[]string{"COLLECTION", "ITEMS", "TERMINATED", "BY"}, schema.CollectionDelim},
	{[]string{"MAP", "KEYS", "TERMINATED", "BY"}, schema.MapKeyDelim},
	{[]string{"LINES", "TERMINATED", "BY"}, schema.LineDelim},
	{[]string{"NULL", "DEFINED", "AS"}, schema.NullFormat},
}

// storage reads ROW FORMAT and STORED AS.
func (p *parser) storage(s *schema.Storage) {
	written := ""
	if p.clause("ROW", "FORMAT") {
		if p.oneOf("DELIMITED", "SERDE") == "SERDE" {
			written = p.str()
		} else {
			p.delimited(s)
		}
		p.serDeProperties(s)
	}
	p.storedAs(s)
	p.serDeProperties(s)
	if written != "" {
		s.SerDe = written
	}
	settle(s)
}

// delimited reads what follows ROW FORMAT DELIMITED.
func (p *parser) delimited(s *schema.Storage) {
	for _, d := range delimiters {
		if !p.clause(d.words...) {
			continue
		}
		at := p.peek()
		value := p.str()
		if d.property == schema.LineDelim && value != "\n" && value != "10" {
			p.failAt(at, failed, "SemanticException [Error 10012]: LINES TERMINATED BY only supports newline '\\n' right now", "")
		}
		s.SerDeProperties = s.SerDeProperties.With(d.property, value)
	}
}

// serDeProperties reads WITH SERDEPROPERTIES. It belongs behind ROW FORMAT
// SERDE; Athena's guide has it behind STORED AS too.
func (p *parser) serDeProperties(s *schema.Storage) {
	if !p.clause("WITH", "SERDEPROPERTIES") {
		return
	}
	for _, property := range p.properties() {
		s.SerDeProperties = s.SerDeProperties.With(property.Name, property.Value)
	}
}

// storedAs reads STORED AS, and gives a table the classes that come of it.
func (p *parser) storedAs(s *schema.Storage) {
	format := schema.StorageFormats[0]
	if p.clause("STORED", "AS") {
		t := p.peek()
		named, ok := schema.FormatNamed(t.value)
		switch {
		case p.take("INPUTFORMAT"):
			format.InputFormat = p.str()
			p.need("OUTPUTFORMAT")
			format.OutputFormat = p.str()
		case t.kind == word && ok:
			p.next()
			format = named
		default:
			p.failAt(t, failed, "SemanticException Unrecognized file format in STORED AS clause: '"+t.shown()+"'", "write one of "+formatNames())
		}
	}
	s.SerDe, s.InputFormat, s.OutputFormat = format.SerDe, format.InputFormat, format.OutputFormat
}

// formatNames lists the words that STORED AS takes.
func formatNames() string {
	text := ""
	for _, f := range schema.StorageFormats {
		text += f.Name + ", "
	}
	return text + "or INPUTFORMAT '…' OUTPUTFORMAT '…'"
}

// settle leaves out serialization.format where it says what Hive adds by
// itself, and sorts the others, so that a table is one value however it was written.
func settle(s *schema.Storage) {
	format, _ := s.SerDeProperties.Value(schema.RowFormatDelim)
	field, delimited := s.SerDeProperties.Value(schema.FieldDelim)
	var kept schema.Properties
	for _, property := range s.SerDeProperties {
		if property.Name != schema.RowFormatDelim || format != "1" && (!delimited || format != field) {
			kept = append(kept, property)
		}
	}
	s.SerDeProperties = kept.Sorted()
}
