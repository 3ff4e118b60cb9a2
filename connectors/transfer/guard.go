package transfer

import "strings"

// formulas are the characters that begin a formula in a spreadsheet, which could
// run a command or send the table elsewhere. Those of full width count in some
// languages. Source: OWASP, "CSV Injection".
const formulas = "=+-@\t\r\n＝＋－＠"

// guard puts an apostrophe in front of a cell that a spreadsheet would take for a
// formula, and in front of one that looks guarded, so that [unguard] undoes it.
func guard(cell string) string {
	if guarded(cell) {
		return "'" + cell
	}
	return cell
}

// unguard takes the apostrophe away.
func unguard(cell string) string {
	if rest, quoted := strings.CutPrefix(cell, "'"); quoted && guarded(rest) {
		return rest
	}
	return cell
}

func guarded(cell string) bool {
	rest := strings.TrimLeft(cell, "'")
	return rest != "" && strings.IndexAny(rest, formulas) == 0
}
