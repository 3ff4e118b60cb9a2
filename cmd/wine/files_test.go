//go:build wine

package wine

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"fairlead"
)

// TestFiles looks into the two programs: what kind of program they are, what
// they load, and what Windows is told of them.
func TestFiles(t *testing.T) {
	for name, subsystem := range map[string]uint16{
		"fairlead.exe":    pe.IMAGE_SUBSYSTEM_WINDOWS_GUI,
		"fairleadctl.exe": pe.IMAGE_SUBSYSTEM_WINDOWS_CUI,
	} {
		f, err := pe.Open(filepath.Join(programs(t), name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if got := f.OptionalHeader.(*pe.OptionalHeader64).Subsystem; got != subsystem {
			t.Errorf("%s is of subsystem %d", name, got)
		}
		loads, err := f.ImportedLibraries()
		if err != nil {
			t.Fatal(err)
		}
		system := []string{"GDI32.dll", "KERNEL32.dll", "kernel32.dll", "msvcrt.dll", "SHELL32.dll", "USER32.dll"}
		for _, library := range loads {
			if !slices.Contains(system, library) { // opengl32.dll would be loaded before Mesa can be
				t.Errorf("%s loads %s", name, library)
			}
		}
		resources, err := f.Section(".rsrc").Data()
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{`level="asInvoker"`, "PerMonitorV2", "<longPathAware", ">UTF-8</activeCodePage>", "\x89PNG"} {
			if !bytes.Contains(resources, []byte(text)) {
				t.Errorf("%s has no %q", name, text)
			}
		}
		for _, text := range []string{"ProductVersion", fairlead.Version(), strings.TrimSuffix(name, ".exe")} {
			if !bytes.Contains(resources, wide(text)) {
				t.Errorf("the version of %s has no %q", name, text)
			}
		}
	}
}

// wide is a text as UTF-16.
func wide(text string) []byte {
	var data []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		data = binary.LittleEndian.AppendUint16(data, unit)
	}
	return data
}
