package assets

import (
	"bytes"
	"image/png"
	"testing"
)

func TestTheWindowIconNeedsNoScaling(t *testing.T) {
	config, err := png.DecodeConfig(bytes.NewReader(WindowIcon()))
	if err != nil || config.Width != 256 || config.Height != 256 {
		t.Errorf("it is %d × %d, %v", config.Width, config.Height, err)
	}
}
