// Fairleadctl is the terminal program: it makes, tests and looks after
// connectors without a window, a display or cgo.
package main

import (
	"os"

	"fairlead/cli"
)

func main() {
	leave := enterConsole()
	status := cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	leave()
	os.Exit(status)
}
