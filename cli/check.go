package cli

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/lab"
	"fairlead/network"
	"fairlead/providers"
	"fairlead/providers/exchange"
	"fairlead/report"
)

func newCheck(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "check PLATFORM",
		Short:   "Test a connection without registering anything",
		Long:    "Test a connection to a mail platform without registering anything.",
		Example: "  fairleadctl check exchange --help",
		Args:    subcommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return badInput(fmt.Sprintf("The form is %q.", cmd.CommandPath()+" exchange"), "say which platform to check")
		},
	}
	cmd.AddCommand(newCheckExchange(p))
	return cmd
}

// checkExchange is "check exchange".
type checkExchange struct {
	*program
	url, account, mailbox, security, ca string
	verbose                             bool
	options                             providers.TestOptions
	faults                              []string
	file                                reportFile
}

func newCheckExchange(p *program) *cobra.Command {
	o := &checkExchange{program: p}
	cmd := &cobra.Command{
		Use:   "exchange --url URL --account NAME --mailbox ADDRESS < PASSWORD",
		Short: "Test a connection to Exchange Web Services",
		Long: `Test a connection to an on-premises Exchange over Exchange Web Services (EWS).
Nothing is registered and nothing is changed; a wrong password is tried once.

The password comes on standard input: the first line without its ending, spaces
at its end included. At a terminal it is asked for and not shown. It is never an
argument, since other users of the computer can read those.`,
		Example: `  fairleadctl check exchange --url https://mail.example.com/EWS/Exchange.asmx \
      --account svc-connector@example.com --mailbox anna@example.com < password.txt

  fairleadctl check exchange --url https://mail.corp.example/EWS/Exchange.asmx \
      --account 'CORP\svc-connector' --mailbox anna@corp.example \
      --security relaxed --ca company-ca.pem --json < password.txt

  fairleadctl check exchange --url https://mail.example.com/EWS/Exchange.asmx \
      --account svc-connector@example.com --mailbox anna@example.com \
      --report report.html --mask --region eu < password.txt`,
		Args: arguments(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			return o.run(ctx)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.url, "url", "", "`address` of EWS, such as https://mail.example.com/EWS/Exchange.asmx")
	flags.StringVar(&o.account, "account", "", "`name` to sign in with: user@domain or DOMAIN\\user")
	flags.StringVar(&o.mailbox, "mailbox", "", "mail `address` of a mailbox that the account may open")
	flags.StringVar(&o.security, "security", "strict", "strict, or relaxed: a self-signed certificate will do")
	flags.StringVar(&o.ca, "ca", "", "PEM `file` with an authority that counts as public")
	depthFlags(cmd, &o.options)
	reportFlags(cmd, &o.file)
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "show what the server said")
	complete(cmd, "security", func() []cobra.Completion {
		return []cobra.Completion{string(exchange.Strict), string(exchange.Relaxed)}
	})
	faultFlag(cmd, &o.faults, "switch on this `fault` of the lab, with --lab")
	return cmd
}

func (o *checkExchange) run(ctx context.Context) error {
	target, err := o.target()
	if err != nil {
		return err
	}
	authorities, err := readAuthorities(o.ca)
	if err != nil {
		return err
	}
	if err := o.checkFaults(o.faults); err != nil {
		return err
	}
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		return err
	}
	if err := o.file.check(catalogue.Regions); err != nil {
		return err
	}
	if target.Password, err = o.password(ctx, "Password of "+o.account); err != nil {
		return err
	}
	net := network.System
	if o.lab {
		l, err := lab.Start(ctx, lab.Options{Faults: o.faults})
		if err != nil {
			return err
		}
		defer l.Close() //nolint:errcheck // nothing of it outlives the program
		net = l.Network
	}
	world := net()
	for _, authority := range authorities {
		world.Trust(authority)
	}
	o.banner()
	result := o.ask(ctx, exchange.Test(world, target))
	o.say(result, o.verbose)
	if err := o.writeReport(o.file, o.document(catalogue, result)); err != nil {
		return err
	}
	return outcome(ctx, result)
}

// document is the report with what was tested.
func (o *checkExchange) document(c assets.Catalogue, r check.Report) report.Document {
	d := report.Document{Name: o.url, Report: r, Lab: o.lab, Regions: c.Regions, Details: []providers.Detail{
		{Label: "Sign-in name", Value: o.account},
		{Label: "Mailbox check", Value: o.mailbox},
		{Label: "Security mode", Value: o.security},
	}}
	d.Platform, _ = c.Platform(exchange.ID)
	return d
}

// depthFlags are the flags for what a test may do beyond the usual.
func depthFlags(cmd *cobra.Command, o *providers.TestOptions) {
	flags := cmd.Flags()
	flags.BoolVar(&o.Deep, "deep", false, "ask the slow and intrusive questions too: old TLS, NTLM with the password, the account's own mailbox and more; implies --fetch-issuers")
	flags.BoolVar(&o.FetchIssuers, "fetch-issuers", false, "fetch certificates that the server left out from the address in its own")
}

// target checks every flag before anything runs.
func (o *checkExchange) target() (exchange.Target, error) {
	var missing []string
	for _, f := range []struct{ name, value string }{{"--url", o.url}, {"--account", o.account}, {"--mailbox", o.mailbox}, {"--security", o.security}} {
		if strings.TrimSpace(f.value) == "" {
			missing = append(missing, f.name)
		}
	}
	if len(missing) > 0 {
		return exchange.Target{}, badInput(`"fairleadctl check exchange --help" has examples.`,
			"needed and not given: %s", strings.Join(missing, ", "))
	}
	address, err := exchange.ParseURL(o.url)
	if err != nil {
		return exchange.Target{}, badInput("Correct --url.", "--url: %v", err)
	}
	mode, err := exchange.ParseMode(o.security)
	if err != nil {
		return exchange.Target{}, badInput("Use --security strict or --security relaxed.", "--security: %v", err)
	}
	if err := exchange.CheckSignIn(o.account); err != nil {
		return exchange.Target{}, badInput("Correct --account.", "--account: %v", err)
	}
	if err := providers.CheckAddress(o.mailbox); err != nil {
		return exchange.Target{}, badInput("Correct --mailbox.", "--mailbox: %v", err)
	}
	return exchange.Target{URL: address, SignIn: o.account, Mailbox: o.mailbox, Mode: mode, Options: o.options}, nil
}

// maxAuthorities is the largest file of authorities that is read, in bytes.
const maxAuthorities = 1 << 20

// readAuthorities reads certificates from a PEM file; no file gives none.
func readAuthorities(name string) ([]*x509.Certificate, error) {
	if name == "" {
		return nil, nil
	}
	data, err := readFile("--ca", name, maxAuthorities)
	if err != nil {
		return nil, err
	}
	if len(data) > maxAuthorities {
		return nil, badInput("Give a file with the authority's certificate only.", "--ca: %s has more than %d bytes", name, maxAuthorities)
	}
	return parseAuthorities(name, data)
}

func parseAuthorities(name string, data []byte) ([]*x509.Certificate, error) {
	var list []*x509.Certificate
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, badInput("Export the certificate again, as Base-64 encoded X.509.", "--ca: %s: certificate %d: %v", name, len(list)+1, err)
		}
		list = append(list, certificate)
	}
	if len(list) == 0 {
		return nil, badInput("Export the certificate as Base-64 encoded X.509 (.cer or .pem).", "--ca: there is no certificate in PEM form in %s", name)
	}
	return list, nil
}
