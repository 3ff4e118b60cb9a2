package assets

import (
	"strings"
	"testing"
)

func TestTranslationsLoad(t *testing.T) {
	for _, code := range append(Languages(), "en", "") {
		if _, err := LoadTranslation(code); err != nil {
			t.Error(err)
		}
	}
	if _, err := LoadTranslation("xx"); err == nil || !strings.Contains(err.Error(), "de") {
		t.Errorf("an unknown language gives %v", err)
	}
}
