package render

var jsonlFormat = Format{
	Name: "jsonl",
	Doc:  "one object per line, as json writes them",
	Example: `{"srcaddr":"10.0.0.1","bytes":840}
{"srcaddr":null,"bytes":40}
`,
	layout: func() layout { return &objects{after: "\n"} },
	bind:   bindJSON,
}
