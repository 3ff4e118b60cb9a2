package workspace

import (
	"slices"
	"testing"

	"fairlead/assets"
	"fairlead/providers"
	"fairlead/providers/exchange"
	"fairlead/providers/google"
)

func TestSearch(t *testing.T) {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	w := &Workspace{Catalogue: catalogue, Providers: []providers.Provider{exchange.Provider{}, google.Provider{}}}
	words := w.Search("  CONTINUITY\x00google ")
	if len(words) != 2 || words[0].Text != "CONTINUITY" || words[1].Text != "google" {
		t.Fatalf("the words are %+v", words)
	}
	if !slices.Contains(words[0].Services, "continuity") || len(words[0].Providers) != 0 {
		t.Errorf("a service is not found by its name: %+v", words[0])
	}
	if !slices.Equal(words[1].Providers, []string{"google"}) {
		t.Errorf("a provider is not found by its name: %+v", words[1])
	}
	if words := w.Search(" "); words != nil {
		t.Errorf("nothing typed comes to %+v", words)
	}
}
