package registrytest

import (
	"testing"

	"fairlead/connectors"
	"fairlead/secret"
)

// RoomAgain looks at a registry whose disk was full and has room again: what was
// acknowledged, secrets by id, is there with its secret and nothing else is, and the
// next registration succeeds.
func RoomAgain(t *testing.T, k *connectors.Keeper, acknowledged map[string]string) {
	t.Helper()
	if _, err := k.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, err := k.List(t.Context())
	if err != nil || len(all) != len(acknowledged) {
		t.Errorf("%d connectors, %v; %d were acknowledged", len(all), err, len(acknowledged))
	}
	for _, c := range all {
		if s, err := k.Secret(t.Context(), c); err != nil || s.Reveal() != acknowledged[c.ID] {
			t.Errorf("%s has lost its secret: %v", c.Name, err)
		}
	}
	empty(t, "intents", len(intents(t, k.Registry)), nil)
	if _, err := k.Register(t.Context(), named("room"), secret.New("again")); err != nil {
		t.Errorf("once there is room: %v", err)
	}
}
