package connectors

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Successor returns the connector that has the place of one that was replaced,
// bare, or [ErrNotFound].
func (k *Keeper) Successor(ctx context.Context, c Connector) (Connector, error) {
	place := c
	place.Replaced = false
	holders, err := k.Registry.Holders(ctx, place)
	if err != nil {
		return Connector{}, err
	}
	claims := place.Claims()
	for _, other := range holders {
		holds := func(claim Claim) bool { return slices.Contains(claims, claim) }
		if other.ID != c.ID && slices.ContainsFunc(other.Claims(), holds) {
			return other, nil
		}
	}
	return Connector{}, ErrNotFound
}

// MoveAttachments makes the tasks of one connector use another, and returns how
// many. Each is attached there before it is detached here, so that no task is
// ever without a connector. Where the other one does not serve them all, none is
// moved and the error is a [*RuleError].
func (k *Keeper) MoveAttachments(ctx context.Context, from, to string) (moved int, err error) {
	old, err := k.Registry.Get(ctx, from)
	if err != nil {
		return 0, err
	}
	other, err := k.Registry.Bare(ctx, to)
	if err != nil {
		return 0, err
	}
	for _, a := range old.Attachments {
		if err := other.checkAttachment(a); err != nil {
			return 0, err
		}
	}
	for _, a := range old.Attachments {
		err := k.Attach(ctx, to, a)
		if err == nil {
			err = k.Detach(ctx, from, a)
		}
		if err != nil {
			return moved, fmt.Errorf("move %q: %w", a.Task, err)
		}
		moved++
	}
	return moved, nil
}

// Use is an attachment by the name of its connector, as a file lists them.
type Use struct {
	Connector string // its name or id
	Attachment
}

// AttachAll attaches what a file lists and returns how many are new. Everything
// is looked at before the first is attached: the error names each that cannot be,
// and none of them is then.
func (k *Keeper) AttachAll(ctx context.Context, uses []Use) (added int, err error) {
	var wrong []error
	found := make([]Connector, len(uses))
	for i, use := range uses {
		c, err := k.Find(ctx, use.Connector)
		if err == nil {
			c, err = k.Registry.Get(ctx, c.ID)
		}
		if err == nil {
			err = c.checkAttachment(use.Attachment)
		}
		_, rule := errors.AsType[*RuleError](err)
		switch {
		case err == nil:
			found[i] = c
		case rule || errors.Is(err, ErrNotFound):
			wrong = append(wrong, fmt.Errorf("%s: %w", use.Task, err))
		default:
			return 0, err
		}
	}
	if len(wrong) > 0 {
		return 0, errors.Join(wrong...)
	}
	done := map[Use]bool{} // one may stand there twice, by name and by id
	for i, use := range uses {
		use.Connector = found[i].ID
		if done[use] || slices.Contains(found[i].Attachments, use.Attachment) {
			continue
		}
		if err := k.Attach(ctx, use.Connector, use.Attachment); err != nil {
			return added, err
		}
		done[use] = true
		added++
	}
	return added, nil
}
