package zone

import "strings"

func brokenSPF() []Domain {
	return []Domain{
		broken("spf-missing", "There is no SPF record", spf()),
		broken("spf-two-records", "There are two SPF records", spf("v=spf1 include:{spf} -all", "v=spf1 include:spf.protection.outlook.com -all")),
		broken("spf-syntax", "A word is mistyped", spf("v=spf1 include:{spf} ip4:192.0.2.300 -all")),
		another("spf-unknown-word", "spf-syntax", "A word is none of SPF's", spf("v=spf1 include:{spf} incude:sender.example -all")),
		another("spf-space-in-term", "spf-syntax", "A space stands after the colon", spf("v=spf1 include: {spf} -all")),
		broken("spf-split", "The strings of the record are put together without a space",
			set("@ TXT", quote(Token), `"v=spf1 include:{spf}" "include:_spf.sender.example -all"`)),
		broken("spf-too-many-lookups", "More than ten look-ups", spf("v=spf1 include:{spf} include:s1.chain.example -all")),
		another("spf-many-includes", "spf-too-many-lookups", "All regions and more", spf("v=spf1 include:{spf} include:{global-spf} mx a include:spf.protection.outlook.com -all")),
		broken("spf-too-many-voids", "More than two look-ups find nothing",
			spf("v=spf1 include:{spf} a:gone1.sender.example a:gone2.sender.example a:gone3.sender.example -all")),
		broken("spf-plus-all", "Everybody may send", spf("v=spf1 include:{spf} +all")),
		another("spf-bare-all", "spf-plus-all", "Everybody may send, by leaving the sign out", spf("v=spf1 include:{spf} all")),
		broken("spf-include-missing", "The service is not among the senders", spf("v=spf1 include:spf.protection.outlook.com -all")),
		broken("spf-include-other-region", "Another region is among the senders", spf("v=spf1 include:{other-spf} -all")),
		broken("spf-include-global", "All regions are among the senders", spf("v=spf1 include:{global-spf} -all")),
		broken("spf-include-broken", "What is included has no record", spf("v=spf1 include:{spf} include:_spf.gone.example -all")),
		broken("spf-loop", "The record includes itself", spf("v=spf1 include:{spf} include:spf-loop.example -all")),
		broken("spf-no-all", "The record does not say what of all others", spf("v=spf1 include:{spf}")),
		broken("spf-neutral", "The record says nothing of all others", spf("v=spf1 include:{spf} ?all")),
		broken("spf-ptr", "The record asks for names of addresses", spf("v=spf1 include:{spf} ptr -all")),
		broken("spf-after-all", "Words stand behind all", spf("v=spf1 include:{spf} -all include:_spf.sender.example")),
		broken("spf-many-mx", "mx stands for more than ten hosts", spf("v=spf1 include:{spf} mx:many.spf-many-mx.example -all"), set("many MX", manyHosts()...)),
		broken("spf-lookup-failed", "The servers fail", behaves(fails, "@ TXT"), tokenByAlias),
		another("spf-tcp-blocked", "spf-lookup-failed", "The answer needs TCP, which is blocked", behaves(noTCP, "@ TXT"), tokenByAlias),
		broken("spf-sender-missing", "A sender that was named is not in the record", spf("v=spf1 include:{spf} -all")),
	}
}

// tokenByAlias moves the token to where the failing records are not.
func tokenByAlias(d *Domain) { d.records[Token+" CNAME"] = []string{"{validation}."} }

func manyHosts() (hosts []string) {
	for i := range 11 {
		hosts = append(hosts, "10 host"+strings.Repeat("x", i)+".sender.example.")
	}
	return hosts
}
