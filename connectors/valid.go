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
