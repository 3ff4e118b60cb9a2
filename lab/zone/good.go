package zone

import "strings"

// Domains that are in order. [Contoso] is the one of the lab's Exchange.
const (
	Contoso        = "contoso.example"
	ByAlias        = "token-by-alias.example" // the token stands in the name of an alias
	Large          = "large-answers.example"  // its TXT records fit into no datagram
	Signed         = "signed.example"         // with DNSSEC
	Hosted         = "keys-elsewhere.example" // its DKIM key is an alias
	Below          = "mail.news.dmarc-above.example"
	ExchangeOnline = "exchange-online.example"  // its mail goes there and not to the service
	Workspace      = "google-workspace.example" // so does that of this one, to Google
	OnPremises     = "on-premises.example"      // and this one's to its own servers
	Thrifty        = "elliptic-curve.example"   // with an Ed25519 key
	Willing        = "willing.example"          // its reports go elsewhere, which agrees
)

// Good are the domains that are in order, those that do not use the service
// included.
func Good() []Domain {
	return []Domain{
		healthy(Contoso, "", "In order", set("mail A", "203.0.113.7", "203.0.113.8"), set("autodiscover A", "203.0.113.7", "203.0.113.8"),
			set("@ A", "203.0.113.7", "203.0.113.8")),
		healthy(ByAlias, "", "The token is an alias",
			set("@ TXT", quote("v=spf1 include:{spf} -all")), set(Token+" CNAME", "{validation}.")),
		healthy(Large, "", "Answers that need TCP", large),
		healthy(Signed, "", "Signed with DNSSEC", func(d *Domain) { d.signed = true }),
		healthy(Hosted, "", "The DKIM key is looked after by another", without(Selector+"._domainkey TXT"),
			set(Selector+"._domainkey CNAME", "key.keys-elsewhere.example."), set("key TXT", quote("v=DKIM1; p="+key2048))),
		healthy(Thrifty, "", "The DKIM key is an Ed25519 key", dkim("v=DKIM1; k=ed25519; p="+keyEd25519)),
		healthy(Willing, "", "Reports go to another domain, which agrees", dmarc("v=DMARC1; p=reject; rua=mailto:willing@reports.example")),
		healthy("dmarc-above.example", "", "The policy of the domain above counts", set("mail.news MX", "10 {mx1}.", "10 {mx2}."),
			set("mail.news TXT", quote("v=spf1 include:{spf} -all"), quote(Token)),
			set(Selector+"._domainkey.mail.news TXT", quote("v=DKIM1; p="+key2048))),
		plain(ExchangeOnline, "Mail goes to Exchange Online", set("@ MX", "0 exchange-online-example.mail.protection.outlook.com."), elsewhere("spf.protection.outlook.com")),
		plain(Workspace, "Mail goes to Google", set("@ MX", "1 smtp.google.com."), elsewhere("_spf.google.com")),
		plain(OnPremises, "Mail goes to servers of its own", set("@ MX", "10 mx.on-premises.example."), set("mx A", mailAddress), elsewhere("")),
	}
}

// large gives a domain many TXT records, as those of long standing have them.
func large(d *Domain) {
	for i := range 12 {
		d.records["@ TXT"] = append(d.records["@ TXT"], quote("some-service-verification="+strings.Repeat(string(rune('a'+i)), 120)))
	}
}

// elsewhere is a domain that sends its mail by others than the service.
func elsewhere(include string) change {
	record := "v=spf1 mx -all"
	if include != "" {
		record = "v=spf1 include:" + include + " -all"
	}
	return func(d *Domain) {
		spf(record)(d)
		without("_mta-sts TXT", "mta-sts A", "_smtp._tls TXT")(d)
		d.policy = nil
	}
}
