package routing

import (
	"fmt"
	"net/netip"
	"strings"
)

// Command is something to run or to type, to be copied as it stands.
type Command struct {
	Title string
	Where string // the program in which it is run
	Text  string // one command a line, with every value filled in; or values to type
	Gap   string // what is not known, so that the text is missing or has a … in it
}

// The places where commands are run.
const (
	online   = "Exchange Online PowerShell"
	shell    = "Exchange Management Shell"
	console  = "Google Admin console"
	anywhere = "the mail system's own administration"
)

// Quote writes a text as a string of PowerShell, which takes five characters for a
// single quote. Control characters are left out.
func Quote(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	for _, quote := range []string{"'", "‘", "’", "‚", "‛"} {
		text = strings.ReplaceAll(text, quote, quote+quote)
	}
	return "'" + text + "'"
}

// List writes texts as a list of PowerShell.
func List(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = Quote(text)
	}
	return strings.Join(quoted, ",")
}

// The names of the connectors that the commands make.
const (
	outName = "Fairlead outbound"
	inName  = "Fairlead inbound"
)

// Outbound are the commands that send the organisation's mail through the region.
func (p Plan) Outbound() (list []Command) {
	hosts := p.Region.Outbound
	for _, platform := range p.Infrastructure.Platforms() {
		c := Command{Title: "Send through the services from " + platform.Name()}
		if !hosts.Known() {
			c.Gap = "The region's hosts for outgoing mail: " + hosts.Note()
		}
		switch platform {
		case Microsoft365:
			c.Where = online
			c.Text = fmt.Sprintf("New-OutboundConnector -Name %s -ConnectorType Partner -RecipientDomains * -SmartHosts %s "+
				"-TlsSettings CertificateValidation -UseMXRecord $false -Enabled $true", Quote(outName), List(hosts.Names))
		case OnPremises:
			c.Where = shell
			c.Text = fmt.Sprintf("New-SendConnector -Name %s -AddressSpaces 'SMTP:*;1' -SmartHosts %s -DNSRoutingEnabled $false "+
				"-SmartHostAuthMechanism None -RequireTLS $true -TlsAuthLevel CertificateValidation", Quote(outName), List(hosts.Names))
		case Google:
			c.Where = console
			c.Text = "Apps > Google Workspace > Gmail > Hosts > Add route: " + strings.Join(hosts.Names, ", ") + ", port 25, require TLS\n" +
				"Apps > Google Workspace > Gmail > Routing > Outbound gateway: the same"
		default:
			c.Where = anywhere
			c.Text = "Smart hosts for outgoing mail: " + strings.Join(hosts.Names, ", ") + ", port 25, with TLS"
		}
		if !hosts.Known() {
			c.Text = ""
		}
		list = append(list, c)
	}
	return list
}

// LockDown are the commands that let in mail from the services alone. Mail that
// comes past them is refused from then on, so this is the last step.
func (p Plan) LockDown() (list []Command) {
	for _, platform := range p.Infrastructure.Platforms() {
		c := Command{Title: "Take mail from the services alone in " + platform.Name()}
		networks := p.Ranges
		switch platform {
		case Microsoft365:
			networks = narrow(p.Ranges)
			c.Where = online
			c.Text = fmt.Sprintf("New-InboundConnector -Name %s -ConnectorType Partner -SenderDomains * -RequireTls $true "+
				"-RestrictDomainsToIPAddresses $true -SenderIPAddresses %s", Quote(inName), List(texts(networks)))
		case OnPremises:
			c.Where = shell
			c.Text = fmt.Sprintf("New-ReceiveConnector -Name %s -TransportRole FrontendTransport -Custom -Bindings 0.0.0.0:25 "+
				"-RemoteIPRanges %s -PermissionGroups AnonymousUsers -AuthMechanism Tls\n"+
				"# On the firewall: TCP 25 from these networks alone", Quote(inName), List(texts(networks)))
		case Google:
			c.Where = console
			c.Text = "Apps > Google Workspace > Gmail > Spam, phishing and malware > Inbound gateway\n" +
				"Gateway IPs: " + strings.Join(texts(networks), ", ") + "\n" +
				"Tick: Reject all mail not from gateway IPs; Require TLS"
		default:
			c.Where = anywhere
			c.Text = "Networks that may deliver on TCP 25: " + strings.Join(texts(networks), ", ")
		}
		if len(networks) == 0 {
			c.Text, c.Gap = "", "The region's networks are not known: copy them from the console."
		}
		list = append(list, c)
	}
	return list
}

// Inbound says what the MX records become, as a zone file writes them.
func (p Plan) Inbound() Command {
	c := Command{Title: "Lead mail for " + p.Domain + " to the services", Where: "the domain's DNS"}
	if !p.Region.MX.Known() {
		c.Gap = "The region's hosts for incoming mail: " + p.Region.MX.Note()
		return c
	}
	var lines []string
	for _, host := range p.Region.MX.Names {
		lines = append(lines, fmt.Sprintf("%s. 300 IN MX 10 %s.", p.Domain, host))
	}
	c.Text = strings.Join(lines, "\n")
	return c
}

func texts(networks []netip.Prefix) (list []string) {
	for _, n := range networks {
		if n.IsSingleIP() {
			list = append(list, n.Addr().String())
		} else {
			list = append(list, n.String())
		}
	}
	return list
}
