//go:build postgres

package pgserver

import "syscall"

// dieWithParent ends the server at once should the tests be killed.
func dieWithParent(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGQUIT }
