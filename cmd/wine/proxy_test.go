//go:build wine

package wine

import (
	"encoding/binary"
	"encoding/hex"
	"net"
	"path/filepath"
	"strings"
	"testing"
)

// TestSystemProxy has the doctor find the proxy that is set in Windows.
func TestSystemProxy(t *testing.T) {
	t.Parallel()
	proxy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer proxy.Close()
	b := newBottle(t, "")
	b.must(b.command(nil, "reg", "add", `HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections`,
		"/v", "DefaultConnectionSettings", "/t", "REG_BINARY", "/d", hex.EncodeToString(connection(proxy.Addr().String())), "/f"))
	c := b.command(nil, filepath.Join(programs(t), "fairleadctl.exe"), "doctor")
	said := b.start(c)
	status(t, c.Wait())                                // what else it finds in this bottle does not matter
	words := strings.Join(strings.Fields(said()), " ") // lines break anywhere
	if want := "through http://" + proxy.Addr().String() + ", which the settings of Windows names"; !strings.Contains(words, want) {
		t.Errorf("the doctor does not say %q:\n%s", want, said())
	}
}

// connection is what Windows writes down when a proxy is set by hand.
func connection(proxy string) []byte {
	const (
		kind   = 0x46 // of this record
		change = 1    // how often it was changed
		fixed  = 1 | 2
		nobody = 0 // goes without it, and no script is asked
	)
	var data []byte
	for _, n := range []int{kind, change, fixed, len(proxy)} {
		data = binary.LittleEndian.AppendUint32(data, uint32(n))
	}
	data = append(data, proxy...)
	data = binary.LittleEndian.AppendUint32(data, nobody)
	data = binary.LittleEndian.AppendUint32(data, nobody)
	return append(data, make([]byte, 32)...)
}
