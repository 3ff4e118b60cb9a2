package cli

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fairlead/lab"
	"fairlead/lab/entra"
)

// world is "lab".
type world struct {
	*program
	faults   []string
	delay    time.Duration
	listen   string
	caFile   string
	list     bool
	untilEOF bool
}

func newLab(p *program) *cobra.Command {
	o := &world{program: p}
	cmd := &cobra.Command{
		Use:   "lab",
		Short: "Run the simulated Exchange, Entra and Google for other programs to try",
		Long: `Run a simulated Exchange on this computer until Ctrl-C is pressed, for trying out
"fairleadctl check exchange" or any other client of Exchange Web Services. Beside
it stand a simulated Microsoft Entra, whose consent page a browser can open, and
a simulated Google Workspace with its page for domain-wide delegation.

A client must trust the lab's authority, whose certificate is written to a file.`,
		Example: `  fairleadctl lab
  fairleadctl lab --list
  fairleadctl lab --fault basic-not-offered --delay 100ms --listen 127.0.0.1:8443`,
		Args: arguments(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.list {
				return o.listFaults()
			}
			ctx, stop := until(cmd.Context())
			defer stop()
			return o.run(ctx)
		},
	}
	flags := cmd.Flags()
	faultFlag(cmd, &o.faults, "switch on this `fault`; may be given several times")
	flags.DurationVar(&o.delay, "delay", 0, "simulate a round trip of this length, such as 100ms")
	flags.StringVar(&o.listen, "listen", "", "loopback `address` and port to listen on, such as 127.0.0.1:8443")
	flags.StringVar(&o.caFile, "ca-file", "", "write the authority's certificate to this `file` and leave it there")
	flags.BoolVar(&o.list, "list", false, "list the faults and end")
	flags.BoolVar(&o.untilEOF, "until-eof", false, "end when standard input ends")
	return cmd
}

type faultJSON struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Explanation string `json:"explanation"`
}

func (o *world) listFaults() error {
	s := o.screen()
	var list []faultJSON
	width := 0
	for _, f := range lab.AllFaults() {
		width = max(width, len(f.Name))
	}
	for _, f := range lab.AllFaults() {
		list = append(list, faultJSON(f))
		s.Indented(fmt.Sprintf("%-*s", width+2, f.Name), strings.Repeat(" ", width+2), f.Title)
	}
	o.give(struct {
		Faults []faultJSON `json:"faults"`
	}{list})
	return nil
}

// maxDelay keeps the lab from looking like one that hangs.
const maxDelay = time.Minute

func (o *world) check() error {
	if err := knownFaults(o.faults); err != nil {
		return err
	}
	if o.delay < 0 || o.delay > maxDelay {
		return badInput("Use something like --delay 100ms.", "--delay must be between 0 and %s", maxDelay)
	}
	if o.listen == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(o.listen)
	if err != nil {
		return badInput("Use something like --listen 127.0.0.1:8443.", "--listen: %v", err)
	}
	if address, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !address.IsLoopback()) {
		return badInput("Use 127.0.0.1, ::1 or localhost.", "--listen: the lab is for this computer only, and %s is not a loopback address", host)
	}
	return nil
}

type labJSON struct {
	URL      string   `json:"url"`
	CAFile   string   `json:"caFile"`
	Account  string   `json:"account"`
	SignIn   string   `json:"signIn"`
	Password string   `json:"password"`
	Mailbox  string   `json:"mailbox"`
	Entra    string   `json:"entra"`  // a consent page, for a browser
	Google   string   `json:"google"` // the page for delegation, for a browser
	Faults   []string `json:"faults"`
}

func (o *world) run(ctx context.Context) error {
	if err := o.check(); err != nil {
		return err
	}
	l, err := lab.Start(ctx, lab.Options{Listen: o.listen, Delay: o.delay, Faults: o.faults})
	if err != nil {
		return cannot("If the port is taken, choose another with --listen.", err)
	}
	defer l.Close() //nolint:errcheck // nothing of it outlives the program
	caFile, remove, err := o.writeAuthority(l.CAPEM())
	if err != nil {
		return cannot("Choose another place with --ca-file.", err)
	}
	defer remove()
	facts := labJSON{
		URL: l.LoopbackURL(), CAFile: caFile, Account: lab.Address, SignIn: lab.SignIn,
		Password: lab.Password, Mailbox: lab.Mailbox,
		Entra:  l.BrowserURL("https://login.microsoftonline.com/contoso.example/adminconsent?client_id=" + entra.Own),
		Google: l.BrowserURL("https://admin.google.com/ac/owl/domainwidedelegation"),
		Faults: append([]string{}, o.faults...),
	}
	if err := o.announce(facts); err != nil {
		return err
	}
	o.wait(ctx)
	return nil
}

// announce says at once where the lab is: whoever started it waits for that.
func (o *world) announce(facts labJSON) error {
	if o.json {
		if err := o.writeJSON(facts); err != nil {
			return err
		}
		o.given = true
		return nil
	}
	s := o.screen()
	s.Line("url       %s", facts.URL)
	s.Line("ca        %s", facts.CAFile)
	s.Line("account   %s", facts.Account)
	s.Line("mailbox   %s", facts.Mailbox)
	s.Line("sign-in   %s", facts.SignIn)
	s.Line("password  %s", facts.Password)
	s.Line("entra     %s", facts.Entra)
	s.Line("google    %s", facts.Google)
	if len(facts.Faults) > 0 {
		s.Line("faults    %s", strings.Join(facts.Faults, ", "))
	}
	s.Blank()
	s.Text("LAB: a simulated Exchange. Try it from another terminal; Ctrl-C ends it.")
	s.Line("  echo %s | fairleadctl check exchange --url %s \\", facts.Password, facts.URL)
	s.Line("      --account %s --mailbox %s --ca %s", facts.Account, facts.Mailbox, facts.CAFile)
	return nil
}

// writeAuthority writes the authority's certificate to the file that was asked
// for, or to one that is removed in the end.
func (o *world) writeAuthority(certificate []byte) (name string, remove func(), err error) {
	if o.caFile != "" {
		name, err = filepath.Abs(o.caFile)
		if err != nil {
			return "", nil, err
		}
		return name, func() {}, os.WriteFile(name, certificate, 0o644)
	}
	dir, err := os.MkdirTemp("", "fairlead-lab-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) } // the system clears its temporary folder in the end
	name = filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(name, certificate, 0o644); err != nil {
		remove()
		return "", nil, err
	}
	return name, remove, nil
}

// wait waits until the program is told to end.
func (o *world) wait(ctx context.Context) {
	if !o.untilEOF {
		<-ctx.Done()
		return
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, o.in) // an error ends the input as well
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
}
