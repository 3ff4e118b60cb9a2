package connectors

// Valid returns the first rule that a connector and its attachments break by
// themselves, as a [*RuleError], or nil. A [Keeper] asks before it registers; ask
// for connectors that come from a file.
func (c Connector) Valid() error {
	if err := c.check(); err != nil {
		return err
	}
	for _, a := range c.Attachments {
		if err := c.checkAttachment(a); err != nil {
			return err
		}
	}
	return nil
}

// Missing reports whether there was a secret that did not come along, when the
// connector was taken from a file: Holder says who had it. [Keeper.TakeOver] gives
// the connector one.
func (c Credential) Missing() bool { return c.Key == "" && c.Holder != "" }

// None reports whether a connector works without a secret: with a consent, or with
// a key that somebody else has.
func (c Credential) None() bool { return c.Key == "" && !c.Missing() }

// UnknownHolder is the holder of a secret of which a file does not say who has it.
const UnknownHolder = "unknown"
