// Package e2e plays the terminal program in a real terminal, 80 columns wide and 24
// lines high, by keyboard alone. Its tests need tmux and the tag e2e; "make terminal"
// runs them. With -update they keep the screens in docs/screens/terminal.
package e2e
