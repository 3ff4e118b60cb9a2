package plan

// field is one text of a tenant, as files call it.
type field struct {
	name     string
	provider string // the only one that has it; empty means all
	text     func(t *Tenant) *string
}

// fields are the texts of a tenant, in the order in which files have them.
var fields = []field{
	{"provider", "", func(t *Tenant) *string { return &t.Provider }},
	{"tenant", "", func(t *Tenant) *string { return &t.Tenant }},
	{"id", microsoft365, func(t *Tenant) *string { return &t.ID }},
	{"cloud", microsoft365, func(t *Tenant) *string { return &t.Cloud }},
	{"address", "", func(t *Tenant) *string { return &t.Address }},
	{"sign-in", exchange, func(t *Tenant) *string { return &t.SignIn }},
	{"url", exchange, func(t *Tenant) *string { return &t.URL }},
	{"security", exchange, func(t *Tenant) *string { return &t.Security }},
	{"mailbox", exchange, func(t *Tenant) *string { return &t.Mailbox }},
	{"password-item", exchange, func(t *Tenant) *string { return &t.Password }},
	{"application", microsoft365, func(t *Tenant) *string { return &t.Application }},
	{"verifier", microsoft365, func(t *Tenant) *string { return &t.Verifier }},
}

// list is one list of services of a tenant, as files call it.
type list struct {
	name string
	of   func(t *Tenant) *[]string
}

var lists = []list{
	{"services", func(t *Tenant) *[]string { return &t.Services }},
	{"granted", func(t *Tenant) *[]string { return &t.Granted }},
}
