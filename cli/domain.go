package cli

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fairlead/assets"
	"fairlead/domain"
	"fairlead/network"
	"fairlead/workspace"
)

func newDomain(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "domain",
		Short:   "Look at what the DNS says of a mail domain",
		Long:    "Look at what the DNS says of a mail domain. Nothing is changed.",
		Example: "  fairleadctl domain check example.com",
		Args:    subcommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newDomainCheck(p))
	return cmd
}

// domainCheck is "domain check".
type domainCheck struct {
	*program
	file, region, token, issued, message string
	senders, selectors, hosts, resolvers []string
	proposals, verbose                   bool
	regions                              assets.Regions
	net                                  *network.Network
}

func newDomainCheck(p *program) *cobra.Command {
	o := &domainCheck{program: p}
	cmd := &cobra.Command{
		Use:   "check DOMAIN…",
		Short: "Diagnose a domain: where its mail goes, ownership, SPF, DKIM, DMARC, MTA-STS",
		Long: `Diagnose a mail domain by what the DNS says of it: the name servers, where its mail
goes, whether its ownership is proved, and what keeps others from sending in its
name: SPF, DKIM, DMARC, MTA-STS and reports on TLS. Nothing is changed.

The servers that are responsible for the domain, public resolvers (1.1.1.1, 8.8.8.8
and 9.9.9.9, or those of --resolver) and the name servers of this computer are asked,
and told apart. Nothing else leaves this computer but a request for the MTA-STS
policy of the domain.

Name who else sends in the domain's name, such as a newsletter or a shop, with
--sender: what is proposed then keeps them.

Several domains, or those in a file with one a line, are checked a few at a time.
The exit status is 1 if any failed, else 3 if any could not be checked.`,
		Example: `  fairleadctl domain check example.com
  fairleadctl domain check example.com --region eu --token CODE --proposals
  fairleadctl domain check example.com --sender _spf.newsletter.example --selector s2026
  fairleadctl domain check --file domains.txt --json > domains.json`,
		Args: func(_ *cobra.Command, names []string) error {
			if len(names) == 0 && o.file == "" {
				return badInput("Add --file to read them from a file.", "name at least one domain")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			return o.run(ctx, args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.file, "file", "", "read domains from this `file`, one a line")
	flags.StringVar(&o.region, "region", "", "the services' `region`, such as eu; else what the records show")
	flags.StringArrayVar(&o.hosts, "mx-host", nil, "a `host` that takes mail in the region, where the console lists others than --region knows")
	flags.StringVar(&o.token, "token", "", "look for this `code` that proves the ownership")
	flags.StringVar(&o.issued, "token-issued", "", "the `day` on which the code was given out, such as 2026-11-24")
	flags.StringArrayVar(&o.senders, "sender", nil, "who else sends in the domain's name: an SPF `name`, an address or a network")
	flags.StringArrayVar(&o.selectors, "selector", nil, "a `selector` of a DKIM key; else the usual ones are tried")
	flags.StringVar(&o.message, "message", "", "verify the DKIM signatures of the mail in this `file`")
	flags.StringArrayVar(&o.resolvers, "resolver", nil, "ask this public resolver, an `address`, instead of the usual three")
	flags.BoolVar(&o.proposals, "proposals", false, "show a record to publish for all that could be better")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "show the records")
	complete(cmd, "region", regionIDs)
	return cmd
}

// regionIDs are the regions, for the shell.
func regionIDs() (ids []cobra.Completion) {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		return nil
	}
	for _, r := range catalogue.Regions.List {
		ids = append(ids, r.ID)
	}
	return ids
}

func (o *domainCheck) run(ctx context.Context, args []string) error {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		return err
	}
	o.regions = catalogue.Regions
	options, err := o.options()
	if err != nil {
		return err
	}
	names, err := o.names(args)
	if err != nil {
		return err
	}
	n, l, err := workspace.OpenNetwork(ctx, o.program.options("", nil))
	if err != nil {
		return err
	}
	if l != nil {
		defer l.Close() //nolint:errcheck // nothing of it outlives the program
	}
	o.net = n
	o.banner()
	if len(names) == 1 {
		return o.one(ctx, names[0], options)
	}
	return o.many(ctx, names, options)
}

// options reads the flags.
func (o *domainCheck) options() (_ domain.Options, err error) {
	d := domain.Options{Regions: o.regions, Hosts: lower(o.hosts), Token: strings.TrimSpace(o.token), Selectors: lower(o.selectors)}
	if o.region != "" {
		r, known := o.regions.Find(o.region)
		if !known {
			return d, badInput("There are "+strings.Join(regionIDs(), ", ")+".", "--region: there is no region %q", o.region)
		}
		d.Region = r.ID
	}
	if o.issued != "" {
		if d.Issued, err = time.Parse(time.DateOnly, o.issued); err != nil {
			return d, badInput("Write it as 2026-11-24.", "--token-issued: %q is no day", o.issued)
		}
	}
	for _, text := range o.senders {
		s, err := domain.ParseSender(text)
		if err != nil {
			return d, badInput("Correct --sender.", "--sender %s: %v", text, err)
		}
		d.Senders = append(d.Senders, s)
	}
	for _, text := range o.resolvers {
		address, err := netip.ParseAddr(text)
		if err != nil {
			return d, badInput("Type its address, such as 1.1.1.1.", "--resolver: %q is no address", text)
		}
		d.Resolvers = append(d.Resolvers, netip.AddrPortFrom(address, network.DNSPort))
	}
	if o.message != "" {
		if d.Message, err = readFile("--message", o.message, domain.MaxMessage); err != nil {
			return d, err
		}
		if len(d.Message) > domain.MaxMessage {
			return d, badInput("Send a short one and save that.", "--message: the mail has more than %d MiB", domain.MaxMessage>>20)
		}
	}
	return d, nil
}

func lower(words []string) (all []string) {
	for _, word := range words {
		all = append(all, strings.ToLower(strings.TrimSuffix(strings.TrimSpace(word), ".")))
	}
	return all
}

// What a file of domains may hold.
const (
	mostDomainBytes = 1 << 20
	mostDomains     = 10000
)

// names are the domains of the arguments and of the file, each once.
func (o *domainCheck) names(args []string) (names []string, err error) {
	add := func(text, where string) error {
		name, err := domain.ParseName(text)
		if err != nil {
			return badInput("", "%s: %v", where, err)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		return nil
	}
	for _, text := range args {
		if err := add(text, text); err != nil {
			return nil, err
		}
	}
	if o.file == "" {
		return names, nil
	}
	text, err := readFile("--file", o.file, mostDomainBytes)
	if err != nil {
		return nil, err
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")); line == "" {
			continue
		}
		if err := add(line, fmt.Sprintf("%s:%d", o.file, number)); err != nil {
			return nil, err
		}
	}
	switch {
	case len(text) > mostDomainBytes || len(names) > mostDomains:
		return nil, badInput("Divide it.", "--file: %s has more than %d domains", o.file, mostDomains)
	case len(names) == 0:
		return nil, badInput("Write one domain a line.", "--file: there is no domain in %s", o.file)
	}
	return names, nil
}
