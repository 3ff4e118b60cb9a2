package main

import (
	"errors"
	"os"
)

// hasSoftware says that Mesa, which every Linux desktop has, can draw by the
// processor. Whether it is there is for the trial to find out.
func hasSoftware() bool { return true }

// takeSoftware makes OpenGL draw by the processor of this computer, also where
// another maker's driver or the display's own OpenGL is asked for
// (docs.mesa3d.org/envvars.html, libglvnd).
func takeSoftware() error {
	return errors.Join(
		os.Setenv("LIBGL_ALWAYS_SOFTWARE", "1"),
		os.Setenv("__GLX_VENDOR_LIBRARY_NAME", "mesa"),
		os.Unsetenv("LIBGL_ALWAYS_INDIRECT"),
	)
}
