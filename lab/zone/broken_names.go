package zone

func brokenNames() []Domain {
	return []Domain{
		broken("domain-not-found", "The domain does not exist", func(d *Domain) { d.absent = true }),
		broken("name-server-lame", "A name server knows nothing of the domain", set("@ NS", "ns1.dns.example.", "lame.dns.example.")),
		broken("name-server-silent", "A name server does not answer", set("@ NS", "ns1.dns.example.", "gone.dns.example.")),
		broken("name-server-unknown", "The name of a name server does not exist", set("@ NS", "ns1.dns.example.", "ns9.dns.example.")),
		broken("name-server-single", "There is one name server alone", set("@ NS", "ns1.dns.example.")),
		broken("name-servers-differ", "A name server lags behind", set("@ NS", "ns1.dns.example.", "older.dns.example."), onlyOld("@ SOA", soa(0))),
		broken("no-name-server-works", "No name server knows the domain", set("@ NS", "lame.dns.example.", "gone.dns.example.")),
		broken("split-horizon", "The company's own DNS says something else", onlyInside("@ MX", "5 exchange.split-horizon.example."),
			set("exchange A", "10.20.30.7")),
		another("split-horizon-spf", "split-horizon", "The company's own DNS has another SPF record",
			onlyInside("@ TXT", quote("v=spf1 ip4:10.0.0.0/8 -all"), quote(Token))),
		broken("dnssec-bogus", "The signatures are wrong", func(d *Domain) { d.signed = true }, behaves(bogus, "@ SOA")),
	}
}

func brokenTokens() []Domain {
	withSPF := func(texts ...string) change {
		return set("@ TXT", append([]string{quote("v=spf1 include:{spf} -all")}, texts...)...)
	}
	return []Domain{
		broken("token-missing", "There is no token", withSPF()),
		broken("token-differs", "The token has a slip", withSPF(quote("k3y-5f1c2a90b7d84e6e"))),
		another("token-upper-case", "token-differs", "The token was written in capitals", withSPF(quote("K3Y-5F1C2A90B7D84E6F"))),
		broken("token-quoted", "The token has quotation marks of its own", withSPF(`"\"`+Token+`\""`)),
		broken("token-misplaced", "The token is below the name that was meant", withSPF(), set("token-misplaced.example TXT", quote(Token))),
		broken("token-not-everywhere", "A resolver does not know the token yet", onlyOld("@ TXT", quote("v=spf1 include:{spf} -all"))),
		broken("token-alias-wrong", "The token's alias leads elsewhere", withSPF(), set(Token+" CNAME", "validate.elsewhere.example.")),
		another("token-fails", "token-lookup-failed", "The servers fail", withSPF(), behaves(fails, Token+" CNAME")),
	}
}

func brokenMX() []Domain {
	return []Domain{
		broken("mx_missing", "There is no MX record", without("@ MX")),
		broken("mx_single_host", "One host of two", set("@ MX", "10 {mx1}.")),
		broken("mx_priority_mismatch", "The hosts have different priorities", set("@ MX", "10 {mx1}.", "20 {mx2}.")),
		broken("mx_invalid_priority", "A host has two priorities", set("@ MX", "10 {mx1}.", "20 {mx1}.", "10 {mx2}.")),
		broken("mx_foreign", "Another host takes mail beside the service", set("@ MX", "10 {mx1}.", "10 {mx2}.", "50 mx.mx-foreign.example."), set("mx A", mailAddress)),
		broken("mx_error", "The servers fail", behaves(fails, "@ MX")),
		another("mx-garbled", "mx_error", "The answer is one to another question", behaves(garbles, "@ MX")),
		broken("mx-null", "The domain says that it takes no mail", set("@ MX", "0 .")),
		broken("mx-alias", "The host is an alias", set("@ MX", "10 {mx1}.", "10 {mx2}.", "10 mx.mx-alias.example."), set("mx CNAME", "{mx1}.")),
		broken("mx-address", "An address stands there instead of a name", set("@ MX", "10 {mx1}.", "10 {mx2}.", "10 203.0.113.50.")),
		broken("mx-host-unknown", "The host does not exist", set("@ MX", "10 {mx1}.", "10 {mx2}.", "20 old.mx-host-unknown.example.")),
		broken("mx-private", "The host has private addresses alone", set("@ MX", "10 {mx1}.", "10 {mx2}.", "20 mx.mx-private.example."), set("mx A", "10.20.30.7")),
		broken("mx-other-region", "The hosts are those of another region", set("@ MX", "10 {other-mx1}.", "10 {other-mx2}."),
			policy(Policy{Text: "version: STSv1\nmode: enforce\nmx: {other-mx1}\nmx: {other-mx2}\nmax_age: 604800\n"})),
	}
}
