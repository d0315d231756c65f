package hive

import "github.com/vpcq/vpcq/schema"

// alterTable reads what follows ALTER TABLE.
func (p *parser) alterTable() Statement {
	table := p.tableName()
	switch {
	case p.take("ADD"):
		if p.take("COLUMNS") {
			return p.addColumns(table, nil, false)
		}
		return p.addPartitions(table)
	case p.clause("REPLACE", "COLUMNS"):
		return p.addColumns(table, nil, true)
	case p.take("DROP"):
		return p.dropPartitions(table)
	case p.take("CHANGE"):
		return p.changeColumn(table)
	case p.take("SET"):
		return p.setOf(table, nil)
	case p.is("PARTITION"):
		return p.alterPartition(table, p.partition())
	}
	p.mismatch("'PARTITION'")
	return nil
}

// alterPartition reads what is done with one partition.
func (p *parser) alterPartition(table Name, spec PartitionSpec) Statement {
	switch {
	case p.clause("RENAME", "TO"):
		return &RenamePartition{Table: table, From: spec, To: p.partition()}
	case p.take("SET"):
		return p.setOf(table, spec)
	case p.clause("ADD", "COLUMNS"):
		return p.addColumns(table, spec, false)
	case p.clause("REPLACE", "COLUMNS"):
		return p.addColumns(table, spec, true)
	}
	p.mismatch()
	return nil
}

// setOf reads what follows SET.
func (p *parser) setOf(table Name, spec PartitionSpec) Statement {
	if p.take("LOCATION") {
		return &SetLocation{Table: table, Partition: spec, Location: p.str()}
	}
	if spec == nil && p.take("TBLPROPERTIES") {
		return &SetProperties{Table: table, Properties: p.properties()}
	}
	p.mismatch()
	return nil
}

func (p *parser) addColumns(table Name, spec PartitionSpec, replace bool) Statement {
	s := &AddColumns{Table: table, Partition: spec, Replace: replace}
	p.list(func() { s.Columns = append(s.Columns, p.column()) })
	p.cascade()
	return s
}

// cascade passes over CASCADE or RESTRICT behind a change of columns: partitions
// have no columns of their own here.
func (p *parser) cascade() {
	if !p.take("CASCADE") {
		p.take("RESTRICT")
	}
}

func (p *parser) changeColumn(table Name) Statement {
	s := &ChangeColumn{Table: table}
	if p.is("COLUMN") {
		p.next()
	}
	s.Old = p.name()
	s.Column = p.column()
	if p.take("FIRST") {
		s.First = true
	} else if p.take("AFTER") {
		s.After = p.name()
	}
	p.cascade()
	return s
}

func (p *parser) addPartitions(table Name) Statement {
	s := &AddPartitions{Table: table, IfNotExists: p.clause("IF", "NOT", "EXISTS")}
	for {
		add := NewPartition{Spec: p.partition()}
		if p.take("LOCATION") {
			add.Location = p.str()
		}
		s.Partitions = append(s.Partitions, add)
		if !p.is("PARTITION") {
			p.take("PARTITION") // notes that it would do here
			return s
		}
	}
}

func (p *parser) dropPartitions(table Name) Statement {
	s := &DropPartitions{Table: table, IfExists: p.clause("IF", "EXISTS")}
	s.Specs = append(s.Specs, p.partition())
	for p.take(",") {
		s.Specs = append(s.Specs, p.partition())
	}
	return s
}

// partition reads PARTITION (key = value, …).
func (p *parser) partition() PartitionSpec {
	p.need("PARTITION")
	var spec PartitionSpec
	p.list(func() {
		at := p.peek()
		key := p.name()
		if _, ok := schema.Properties(spec).Value(key); ok {
			p.failAt(at, failed, "SemanticException: the partition key "+key+" stands twice", "")
		}
		p.need("=")
		spec = append(spec, schema.Property{Name: key, Value: p.partitionValue()})
	})
	return spec
}

// partitionValue reads a string, a number, or DATE '…'.
func (p *parser) partitionValue() string {
	p.take("DATE")
	sign := ""
	if p.take("-") {
		sign = "-"
	}
	t := p.peek()
	if t.kind != numberToken && (t.kind != stringToken || sign != "") {
		p.mismatch("STRING", "<integer>")
	}
	p.next()
	return sign + t.value
}
