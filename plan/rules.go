package plan

// Amount is how many connectors a reading of a rule asks for.
type Amount string

// The amounts.
const (
	None       Amount = "none"
	One        Amount = "one"             // that serves every service that can use it
	PerService Amount = "one per service" // for each that can use it
)

// Rule is one sentence of the vendor's guide, as the plan applies it.
type Rule struct {
	ID     string // stable
	Title  string // of the situation that it is for, or of what it says
	Quote  string // the words of the guide that it rests on, shortened; may be empty
	Source string
	// Readings are the ways in which the words can be taken. The first one is
	// applied.
	Readings []Reading
}

// Reading is one way to take a rule.
type Reading struct {
	Text     string // what is needed then
	Why      string // why it is applied, or why it is not
	Cloud    Amount // for each tenant in a cloud
	Exchange Amount // for each Exchange organisation
}

// Applied is the reading that the plan goes by.
func (r *Rule) Applied() Reading { return r.Readings[0] }

// Ambiguous reports whether the guide can be read in more than one way.
func (r *Rule) Ambiguous() bool { return len(r.Readings) > 1 }

const (
	guide   = "Vendor's guide Administration - Managing Connectors"
	tenancy = guide + ", Multi-tenancy Environments"
	hybrid  = guide + ", Hybrid Environments"
)

// The rules for the five situations that an organisation can be in.
var (
	cloudOnly = &Rule{
		ID: "cloud", Title: "Cloud only",
		Quote: "one connector per … product per tenant", Source: tenancy,
		Readings: []Reading{{Text: "One connector for each service in each tenant.", Cloud: PerService, Exchange: None}},
	}
	hybridOnPremises = &Rule{
		ID: "hybrid-on-premises", Title: "Hybrid, with mailboxes on-premises",
		Quote:  "One connector per … product for the cloud infrastructure, plus one Exchange server connector (that can still service all your … products)",
		Source: hybrid,
		Readings: []Reading{{
			Text:  "One connector for each service in each tenant, and one Exchange connector for all services that can use it.",
			Cloud: PerService, Exchange: One,
		}},
	}
	hybridBoth = &Rule{
		ID: "hybrid-both", Title: "Hybrid, with mailboxes in both places",
		Quote: "where mailboxes are still on-premises", Source: hybrid,
		Readings: []Reading{
			{
				Text:  "One connector for each service in each tenant, and one Exchange connector for all services that can use it.",
				Why:   "“Still on-premises” is taken as: at least some mailboxes are. No connector to a cloud reaches those.",
				Cloud: PerService, Exchange: One,
			},
			{
				Text:  "One connector for each service in each tenant, and none for Exchange.",
				Why:   "So it would be if “still on-premises” meant all mailboxes. The services would then lose those that have not moved yet.",
				Cloud: PerService, Exchange: None,
			},
		},
	}
	hybridCloud = &Rule{
		ID: "hybrid-cloud", Title: "Hybrid, with all mailboxes in the cloud",
		Quote: "Only one connector is required", Source: hybrid,
		Readings: []Reading{
			{
				Text: "One connector for each service in each tenant, and none for Exchange.",
				Why: "A connector to a cloud serves one service: the guide says so where it explains cloud connectors and several tenants. " +
					"So “only one” means one per service, without the one for Exchange.",
				Cloud: PerService, Exchange: None,
			},
			{
				Text:  "One single connector for each tenant, for all services.",
				Why:   "It is what the words say by themselves. No connector to a cloud can serve more than one service, so it is not applied.",
				Cloud: One, Exchange: None,
			},
		},
	}
	onPremisesOnly = &Rule{
		ID: "on-premises", Title: "On-premises only",
		Quote: "Currently, only one connector is required", Source: hybrid,
		Readings: []Reading{
			{
				Text: "One Exchange connector for all services that can use it.",
				Why: "The guide says of the Exchange connector that it serves all products. " +
					"Its console makes one server connection for an organisation, not one for each service.",
				Cloud: None, Exchange: One,
			},
			{
				Text:  "One Exchange connector for each service.",
				Why:   "So it would be if the rule of one connector for each product held on-premises too. The guide names that rule for clouds only.",
				Cloud: None, Exchange: PerService,
			},
		},
	}
)

// The rules that say what cannot be, or is not needed.
var (
	googleOnly = &Rule{
		ID: "google-remediation", Title: "Google Workspace is for Remediation only",
		Quote: "only applicable for … Threat Remediation", Source: guide + ", Configuring a Google Workspace Connector",
	}
	entraOnly = &Rule{
		ID: "directory-entra", Title: "Directory Synchronization is for Entra only",
		Quote: "Directory Synchronization (Microsoft Azure AD only)", Source: guide + ", Introduction",
	}
	platformOnly = &Rule{
		ID: "platform", Title: "The service cannot use this platform", Source: "The catalogue of services, with its sources",
	}
	unused = &Rule{ID: "unused", Title: "The service is not in use here", Source: "The environment"}
)

// Rules returns every rule, in the order in which the run book lists them.
func Rules() []*Rule {
	return []*Rule{cloudOnly, hybridOnPremises, hybridBoth, hybridCloud, onPremisesOnly, googleOnly, entraOnly, platformOnly, unused}
}

// Situation returns the rule for the situation that an organisation is in.
func (o *Organisation) Situation() *Rule {
	cloud, onPremises := o.kinds()
	switch {
	case !onPremises:
		return cloudOnly
	case !cloud:
		return onPremisesOnly
	case o.Mailboxes == InCloud:
		return hybridCloud
	case o.Mailboxes == OnPremises:
		return hybridOnPremises
	}
	return hybridBoth
}
