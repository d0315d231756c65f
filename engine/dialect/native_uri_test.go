package dialect

import "testing"

func TestURI(t *testing.T) {
	tests := []struct {
		text               string
		scheme, host, path string
		port               any
	}{
		{"http://my-host.com:80/p", "http", "my-host.com", "/p", int64(80)},
		{"http://u:p@h", "http", "h", "", nil},
		{"http://h:", "http", "h", "", nil},
		{"http://h.:1", "http", "h.", "", int64(1)},
		{"http://10.0.0.255:1", "http", "10.0.0.255", "", int64(1)},
		{"http://[::1]:80/", "http", "[::1]", "/", int64(80)},
		{"http://[1:2:3:4:5:6:1.2.3.4]", "http", "[1:2:3:4:5:6:1.2.3.4]", "", nil},
		{"http://[fe80::1%eth0]", "http", "[fe80::1%eth0]", "", nil},
		{"//h/p", "", "h", "/p", nil},
		{"http:///p", "http", "", "/p", nil},
		{"http://#f", "http", "", "", nil},
		{"a/b:c", "", "", "a/b:c", nil},
		{"mailto:a@b?c", "mailto", "", "", nil},
		// Authorities that are names, but of no server.
		{"http://my_host.com:80/p", "http", "", "/p", nil},
		{"http://10.0.0.256", "http", "", "", nil},
		{"http://h:99999999999", "http", "", "", nil},
		{"http://h:x", "http", "", "", nil},
		{"http://-h", "http", "", "", nil},
		{"http://a..b", "http", "", "", nil},
		{"http://a.1b", "http", "", "", nil},
	}
	for _, test := range tests {
		u, ok := parseURI(test.text)
		if !ok || u.scheme != test.scheme || u.host != test.host || u.path != test.path || u.port != test.port {
			t.Errorf("parseURI(%q) = %+v, %v", test.text, u, ok)
		}
	}
	for _, text := range []string{"http://", "http://a b", "/a[b]", "/a?^", "/%zz", "#%", ":a", "1a:b", "a:", "mailto:#f", "\u0080", "/\u00a0", "/\x00",
		"http://[::g]", "http://[::1", "http://[1:2]", "http://[1::2::3]", "http://[1:2:3:4:5:6:7::8]", "http://[::1]x", "http://h%"} {
		if u, ok := parseURI(text); ok {
			t.Errorf("parseURI(%q) = %+v, which is none", text, u)
		}
	}
}

func FuzzParseURI(f *testing.F) {
	f.Add("http://u@h:80/p%20?q=[1]#f")
	f.Fuzz(func(t *testing.T, text string) {
		u, ok := parseURI(text)
		if ok && len(u.scheme)+len(u.host)+len(u.path)+len(u.query)+len(u.fragment) > len(text) {
			t.Errorf("parseURI(%q) = %+v, which is longer", text, u)
		}
		unescaped(u.path + u.query + u.fragment)
	})
}
