package main

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// hasSoftware reports whether Mesa was installed with the program.
func hasSoftware() bool {
	folder, err := mesaFolder()
	if err != nil {
		return false
	}
	_, err = os.Stat(filepath.Join(folder, "opengl32.dll"))
	return err == nil
}

// takeSoftware makes Mesa this program's OpenGL. It has a folder of its own,
// because Windows would take a library beside the program on every computer,
// even on those with a graphics card. Whoever asks for opengl32.dll later gets
// the one of that name that is loaded; before it, the library that it needs.
func takeSoftware() error {
	folder, err := mesaFolder()
	if err != nil {
		return err
	}
	for _, name := range []string{"libgallium_wgl.dll", "opengl32.dll"} {
		if _, err := windows.LoadLibrary(filepath.Join(folder, name)); err != nil {
			return fmt.Errorf("load %s of the software rendering: %w", name, err)
		}
	}
	return nil
}

func mesaFolder() (string, error) {
	self, err := os.Executable()
	return filepath.Join(filepath.Dir(self), "mesa"), err
}
