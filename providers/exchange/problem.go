package exchange

import "fairlead/providers"

// Problem says what is wrong with something that was typed.
type Problem providers.Problem

// Error puts it into one sentence.
func (p *Problem) Error() string { return (*providers.Problem)(p).Error() }

// CheckAddress says what is wrong with a mail address, or nothing.
func CheckAddress(address string) error { return providers.CheckAddress(address) }
