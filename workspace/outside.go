package workspace

import (
	"cmp"
	"fmt"

	"fairlead/network"
)

// The variables of the environment that stand for Options.Proxy and
// Options.Authorities where those are empty.
const (
	ProxyVariable       = "FAIRLEAD_PROXY"
	AuthoritiesVariable = "FAIRLEAD_CA_FILE"
)

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
