package hive

import "strings"

// IsDDL tells whether a statement is of Hive's language, by its first words as
// Athena does: of what begins with CREATE TABLE, that without AS. Views and
// prepared statements are of Athena's queries. It reads no more of the text than
// it needs.
func IsDDL(text string) bool {
	words := &scanner{text: text, line: 1, column: 1}
	first, second := words.key(), words.key()
	switch first {
	case "MSCK", "ALTER", "LOAD", "EXPORT", "IMPORT", "LOCK", "UNLOCK", "OPTIMIZE", "VACUUM":
		return true
	case "CREATE":
		return second == "TABLE" && !words.hasQuery() || creates[second]
	case "DROP":
		return second == "TABLE" || creates[second]
	case "SHOW":
		return shows[second]
	case "DESCRIBE", "DESC":
		return second != "INPUT" && second != "OUTPUT"
	}
	return false
}

// creates are the words behind CREATE and DROP that begin statements of Hive's.
var creates = setOf("EXTERNAL", "DATABASE", "SCHEMA", "INDEX", "TEMPORARY")

// shows are the words behind SHOW that do.
var shows = setOf("DATABASES", "SCHEMAS", "TABLES", "VIEWS", "COLUMNS", "PARTITIONS", "TBLPROPERTIES", "CREATE",
	"INDEXES", "LOCKS", "COMPACTIONS", "TRANSACTIONS", "PRINCIPALS")

// key reads a token and gives its key.
func (s *scanner) key() string {
	s.skipSpace()
	return s.next().key
}

// hasQuery tells whether AS stands outside parentheses.
func (s *scanner) hasQuery() bool {
	for open := 0; ; {
		s.skipSpace()
		switch t := s.next(); {
		case t.kind == endOfInput:
			return false
		case t.key == "(":
			open++
		case t.key == ")":
			open--
		case open > 0:
		case t.key == "AS":
			return true
		case endsDeclaration[t.key]:
			return false
		}
	}
}

// endsDeclaration are what stands behind the columns of a declaration without a
// query, or behind all of it.
var endsDeclaration = setOf("STORED", "LOCATION", "TBLPROPERTIES", "PARTITIONED", "ROW", ";")

// statement reads a statement by its first words.
func (p *parser) statement() Statement {
	p.refuse()
	switch {
	case p.take("CREATE"):
		return p.create()
	case p.take("DROP"):
		return p.drop()
	case p.take("ALTER"):
		return p.alter()
	case p.clause("MSCK", "REPAIR", "TABLE"):
		return &RepairTable{p.tableName()}
	case p.take("SHOW"):
		return p.show()
	case p.take("DESCRIBE"), p.take("DESC"):
		return p.describe()
	}
	p.mismatch()
	return nil
}

// icebergRefusal says of what Athena takes that it is not to be had here.
const icebergRefusal = "vpcq does not support Iceberg tables"

func (p *parser) create() Statement {
	if p.is("TABLE") {
		p.refuseManaged()
	}
	if p.oneOf("EXTERNAL", "DATABASE", "SCHEMA") != "EXTERNAL" {
		return p.createDatabase()
	}
	p.need("TABLE")
	return p.createTable()
}

// refuseManaged refuses CREATE TABLE without EXTERNAL, which Athena takes for
// Iceberg tables alone.
func (p *parser) refuseManaged() {
	for i := range p.tokens {
		if p.tokens[i].kind == stringToken && strings.EqualFold(p.tokens[i].value, "iceberg") {
			p.failAt(p.peek(), notSupported, icebergRefusal, "")
		}
		if p.tokens[i].key == "LIKE" {
			p.failAt(p.tokens[i], notSupported, "Queries of this type are not supported: CREATE TABLE LIKE", "SHOW CREATE TABLE gives a declaration to copy")
		}
	}
	p.mismatch("'EXTERNAL'")
}

func (p *parser) drop() Statement {
	if p.oneOf("TABLE", "DATABASE", "SCHEMA") == "TABLE" {
		s := &DropTable{IfExists: p.clause("IF", "EXISTS")}
		s.Name = p.tableName()
		p.take("PURGE") // objects are never deleted, with or without it
		return s
	}
	s := &DropDatabase{IfExists: p.clause("IF", "EXISTS")}
	s.Name = p.database()
	if s.Cascade = p.take("CASCADE"); !s.Cascade {
		p.take("RESTRICT")
	}
	return s
}

func (p *parser) alter() Statement {
	if p.oneOf("TABLE", "DATABASE", "SCHEMA") == "TABLE" {
		return p.alterTable()
	}
	s := &AlterDatabase{Name: p.database()}
	p.need("SET", "DBPROPERTIES")
	s.Properties = p.properties()
	return s
}

func (p *parser) createDatabase() Statement {
	s := &CreateDatabase{IfNotExists: p.clause("IF", "NOT", "EXISTS")}
	s.Name = p.database()
	if p.take("COMMENT") {
		s.Comment = p.str()
	}
	if p.take("LOCATION") {
		s.Location = p.str()
	}
	if p.clause("WITH", "DBPROPERTIES") {
		s.Properties = p.properties()
	}
	return s
}
