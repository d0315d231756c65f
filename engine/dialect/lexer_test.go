package dialect

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestTokenize(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"select a1, _b", "SELECT|word a1|,|word _b"},
		{`"a""b" "" ` + "`c`", `quoted "a""b"|quoted ""|back ` + "`c`"},
		{"'it''s' U&'\\0041' x'6a' u 'x'", `string 'it''s'|unicode U&'\0041'|binary x'6a'|word u|string 'x'`},
		{"1 1_000 0xFF 0o17 0b1_1", "integer 1|integer 1_000|integer 0xFF|integer 0o17|integer 0b1_1"},
		{"1.5 .5 1. 1_0.0_1", "decimal 1.5|decimal .5|decimal 1.|decimal 1_0.0_1"},
		{"1e3 1.5E-3 .5e+1 1.e1", "double 1e3|double 1.5E-3|double .5e+1|double 1.e1"},
		{"1x 1e 1__0 0x 1_0e5", "digit 1x|digit 1e|digit 1__0|digit 0x|digit 1_0e5"},
		{"1.5x t1.1", "decimal 1.5|word x|word t1|decimal .1"},
		{"a<>b!=c<=d>=e||f=>g->h", "word a|<>|word b|<>|word c|<=|word d|>=|word e||||word f|=>|word g|->|word h"},
		{"{- -} {-} ^$|?:", "{-|-}|{-|}|^|$|||?|:"},
		{"a -- b\n/* c */ d--", "word a|word d"},
		{"/* /* */ */", "*|/"},
		{"/* a", "/|*|word a"},
		{"'a", "unrecognized '|word a"},
		{"\"a", "unrecognized \"|word a"},
		{"a @ ! é", "word a|unrecognized @|unrecognized !|unrecognized é"},
		{"\xff", "unrecognized \xff"},
	}
	for _, test := range tests {
		if got := describeTokens(tokenize(test.text)); got != test.want {
			t.Errorf("tokenize(%q):\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// describeTokens writes tokens as their key, or their kind and text.
func describeTokens(tokens []token) string {
	kinds := map[tokenKind]string{
		word: "word", quotedWord: "quoted", backquotedWord: "back", digitWord: "digit", stringToken: "string",
		unicodeStringToken: "unicode", binaryToken: "binary", integerToken: "integer", decimalToken: "decimal",
		doubleToken: "double", unrecognized: "unrecognized",
	}
	var words []string
	for _, tok := range tokens[:len(tokens)-1] {
		if tok.key != "" {
			words = append(words, tok.key)
		} else {
			words = append(words, kinds[tok.kind]+" "+tok.text)
		}
	}
	return strings.Join(words, "|")
}

func TestTokenPlaces(t *testing.T) {
	var got []string
	for _, tok := range tokenize("é 'ü\n' b\r\n\tc ") {
		got = append(got, fmt.Sprintf("%d:%d@%d", tok.pos.Line, tok.pos.Column, tok.pos.Offset))
	}
	want := []string{"1:1@0", "1:3@3", "2:3@9", "3:2@13", "3:4@15"}
	if !slices.Equal(got, want) {
		t.Errorf("places are %v, want %v", got, want)
	}
}

func TestReservedWords(t *testing.T) {
	for _, w := range strings.Fields("start date type action bytes day end_ first last row version") {
		if tok := tokenize(w)[0]; !tok.isName() {
			t.Errorf("%s is no name", w)
		}
	}
	for _, w := range strings.Fields("end End SELECT table values skip natural") {
		if tok := tokenize(w)[0]; tok.isName() {
			t.Errorf("%s is a name", w)
		}
	}
}

func FuzzLexer(f *testing.F) {
	for _, seed := range []string{"select 'a''b', 1.5e3 -- c\n/* d */", "U&'\\0041' X'00' \"q\" `b` 1x", "{- -} 'open"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, tok := range tokenize(text) {
			between := text[end:tok.pos.Offset]
			if blankLength(between) == 0 && between != "" {
				t.Fatalf("text %q is in no token", between)
			}
			end = tok.pos.Offset + len(tok.text)
			if tok.text != text[tok.pos.Offset:end] || tok.kind != endOfInput && tok.text == "" {
				t.Fatalf("token %q at %d is not the text there", tok.text, tok.pos.Offset)
			}
		}
		if end > len(text) {
			t.Fatalf("tokens end at %d of %d", end, len(text))
		}
	})
}
