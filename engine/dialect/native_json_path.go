package dialect

var jsonPathNatives []Native
