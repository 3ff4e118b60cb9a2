package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fairlead/connectors"
	"fairlead/secret"
)

// replaced registers a connector in the place of the first one, and opens the
// details of that.
func (h *harness) replaced() (old, fresh connectors.Connector) {
	h.t.Helper()
	old = h.openFirst()
	fresh, err := h.world.Keeper.Register(h.t.Context(), connectors.Connector{
		Name: old.Name + " (new)", Provider: old.Provider, Tenant: old.Tenant, Services: old.Services, Settings: old.Settings, Replaces: old.ID,
	}, secret.New(password))
	if err != nil {
		h.t.Fatal(err)
	}
	h.app.showDetails(old.ID)
	return old, fresh
}

// TestNameOfTheReplaced gives the new connector the old one's name, another one,
// none, and one that is taken: then nothing is deleted.
func TestNameOfTheReplaced(t *testing.T) {
	for name, c := range map[string]struct {
		typed, want string
		gone        bool
	}{
		"as offered":  {"", "Exchange, site0.example", true},
		"another one": {"Head office", "Head office", true},
		"its own":     {"Exchange, site0.example (new)", "Exchange, site0.example (new)", true},
		"a taken one": {"Exchange, site1.example", "Exchange, site0.example (new)", false},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, setup{before: fill(t)})
			old, fresh := h.replaced()
			h.press("Delete this connector …")
			if c.typed != "" {
				h.canvas.FocusPrevious()
				h.entry().SetText(c.typed)
			}
			h.press("Delete")
			if !c.gone {
				h.mustSee("The connector was not deleted")
				h.key(fyne.KeyReturn)
			}
			now, err := h.world.Keeper.Get(t.Context(), fresh.ID)
			if err != nil || now.Name != c.want {
				t.Errorf("it is called %q, %v", now.Name, err)
			}
			if _, err := h.world.Keeper.Get(t.Context(), old.ID); (err != nil) != c.gone {
				t.Errorf("the old one: %v", err)
			}
		})
	}
}
