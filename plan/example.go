package plan

import _ "embed"

// Example is an environment to start from, with a remark on every key.
//
//go:embed example.yaml
var Example string
