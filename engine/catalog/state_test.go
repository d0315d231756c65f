package catalog

import (
	"strings"
	"testing"
)

// FuzzParse holds that a file which can be read is kept to the byte, but for the
// semicolon and the line break at its end.
func FuzzParse(f *testing.F) {
	f.Add("-- a\n\nCREATE EXTERNAL TABLE t (a int) PARTITIONED BY (d string) LOCATION 's3://b/';;\nALTER TABLE t ADD PARTITION (d='1');\n")
	f.Add("CREATE VIEW v AS SELECT ';' AS a -- one;\n;\nPREPARE p FROM SELECT 1; /* end */\n")
	f.Add("CREATE DATABASE d;CREATE VIEW d.v AS SELECT '\\' AS a; CREATE DATABASE e COMMENT '\\';'")
	f.Fuzz(func(t *testing.T, script string) {
		s, err := parse(script, nil)
		if err != nil {
			return
		}
		text := s.String()
		plain := func(s string) string { return strings.TrimRight(strings.ReplaceAll(s, "\n;", ";"), "; \t\r\n\v\f") }
		if plain(text) != plain(script) && !strings.Contains(script, "--") && strings.TrimSpace(s.tail) == "" {
			t.Errorf("%q became %q", script, text)
		}
		again, err := parse(text, s)
		if err != nil || again.String() != text || len(again.items) != len(s.items) {
			t.Errorf("%q is read again as %q, %v", text, again, err)
		}
	})
}
