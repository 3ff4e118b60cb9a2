package workspace

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"fairlead/lab"
	"fairlead/network"
)

// The variables of the environment that stand for Options.Proxy and
// Options.Authorities where those are empty.
const (
	ProxyVariable       = "FAIRLEAD_PROXY"
	AuthoritiesVariable = "FAIRLEAD_CA_FILE"
)

// OpenNetwork is the way to the outside world: the real one, or a lab, which has to
// be closed.
func OpenNetwork(ctx context.Context, o Options) (*network.Network, *lab.Lab, error) {
	switch {
	case o.Lab:
		dir, err := o.Folder()
		if err != nil {
			return nil, nil, err
		}
		l, err := lab.Start(ctx, lab.Options{Faults: o.Faults, Memory: filepath.Join(dir, "lab")})
		if err != nil {
			return nil, nil, fmt.Errorf("start the lab: %w", err)
		}
		return l.Network(), l, nil
	case o.Network != nil:
		return o.Network, nil, nil
	}
	n := network.System()
	return n, nil, o.outside(n, os.Getenv)
}

// outside sets how the network reaches the world, and whom it trusts.
func (o Options) outside(n *network.Network, getenv func(string) string) (err error) {
	setting := cmp.Or(o.Proxy, getenv(ProxyVariable))
	if n.Proxy, err = network.NewProxy(setting, getenv); err != nil {
		return fmt.Errorf("the setting of the proxy: %w", err)
	}
	file := cmp.Or(o.Authorities, getenv(AuthoritiesVariable))
	if file == "" {
		return nil
	}
	if err := n.TrustFile(file); err != nil {
		return fmt.Errorf("the authorities to trust: %w", err)
	}
	return nil
}
