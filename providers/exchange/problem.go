package exchange

import "fairlead/providers"

// problem says what is wrong with something that was typed, why that matters,
// where that needs words, and what to type instead.
func problem(what, why, do string) error { return &providers.Problem{What: what, Why: why, Do: do} }
