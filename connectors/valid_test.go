package connectors

import (
	"errors"
	"strings"
	"testing"

	"fairlead/keyring"
)

func TestValidLooksAtAttachments(t *testing.T) {
	c := Connector{Name: "n", Provider: "exchange", Tenant: "t", Services: []string{"a"}}
	if err := c.Valid(); err != nil {
		t.Error(err)
	}
	for _, a := range []Attachment{{Service: "b", Task: "t"}, {Service: "a"}} {
		c.Attachments = []Attachment{a}
		if _, broken := errors.AsType[*RuleError](c.Valid()); !broken {
			t.Errorf("%v breaks no rule", a)
		}
	}
	c.Attachments, c.Services = nil, nil
	if c.Valid() == nil {
		t.Error("a connector without services breaks no rule")
	}
}

func TestSecretThatDidNotComeAlong(t *testing.T) {
	missing := Connector{Credential: Credential{Holder: `OTHER\anna`}}
	_, err := (&Keeper{}).Secret(t.Context(), missing)
	if !missing.Credential.Missing() || !errors.Is(err, keyring.ErrNotFound) || !strings.Contains(err.Error(), `OTHER\anna`) {
		t.Errorf("a missing secret gives %v", err)
	}
	if _, err := (&Keeper{}).Secret(t.Context(), Connector{}); err != nil {
		t.Errorf("a connector without a secret gives %v", err)
	}
}
