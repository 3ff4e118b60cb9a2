package report

import (
	"encoding/json"
	"strings"
	"testing"

	"fairlead/providers"
)

func TestMask(t *testing.T) {
	details := func(values ...string) (list []providers.Detail) {
		for _, v := range values {
			list = append(list, providers.Detail{Label: "Name", Value: v})
		}
		return list
	}
	known := details(`CORP\svc-mail`, "anna@corp.example", "https://mail.corp.example/EWS/Exchange.asmx", "Strict", `CORP\service`, `CORP\x`)
	for _, test := range []struct{ text, said, own string }{
		{"svc-mail@corp.example", "s***@corp.example", "s***@corp.example"},
		{`CORP\svc-mail and CORP\\SVC-MAIL`, `CORP\s*** and CORP\\s***`, `CORP\s*** and CORP\\s***`},
		{"svc-mail, (svc-mail)", "s***, (s***)", "s***, (s***)"},
		{"svc-mail2 is another", "svc-mail2 is another", "svc-mail2 is another"},
		{"sue@corp.example", "s***3@corp.example", "s***3@corp.example"},
		{"ANNA@CORP.EXAMPLE", "a***@CORP.EXAMPLE", "a***@CORP.EXAMPLE"},
		{"?q=anna%40corp.example&x", "?q=a***%40corp.example&x", "?q=a***%40corp.example&x"},
		{"anna&#64;corp.example", "a***&#64;corp.example", "a***&#64;corp.example"},
		{"cn=anna,ou=x", "cn=a***,ou=x", "cn=a***,ou=x"},
		{"`Get-Mailbox anna` of anna", "`Get-Mailbox a***` of a***", "`Get-Mailbox a***` of a***"},
		{"`Get-ADUser service` of the service", "`Get-ADUser s***2` of the s***2", "`Get-ADUser s***2` of the service"},
		{`as CORP\service, service@x`, `as CORP\s***2, s***2@x`, `as CORP\s***2, s***2@x`},
		{`CORP%5Cservice&x, CORP%5cservice%40`, `CORP%5Cs***2&x, CORP%5cs***2%40`, `CORP%5Cs***2&x, CORP%5cs***2%40`},
		{`CORP&#92;service, service@`, `CORP&#92;s***2, s***2@`, `CORP&#92;s***2, s***2@`},
		{`CORP\x, a letter x`, `CORP\x***, a letter x`, `CORP\x***, a letter x`},
		{"```\nGet-Mailbox anna\n```\nanna", "```\nGet-Mailbox a***\n```\na***", "```\nGet-Mailbox a***\n```\na***"},
		{"r&d@corp.example, r&amp;d@corp.example", "r***@corp.example, r***2@corp.example", "r***@corp.example, r***2@corp.example"},
		{"'anna@corp.example'", "'a***@corp.example'", "'a***@corp.example'"},
		{"/owa/anna@corp.example/", "/owa/a***@corp.example/", "/owa/a***@corp.example/"},
		{"/owa/berg.anna@corp.example/", "/o***@corp.example/", "/o***@corp.example/"},
		{"{y!#$%*^|~}anna@corp.example", "{y***@corp.example", "{y***@corp.example"},
		{`CORP\bert`, `CORP\b***`, `CORP\bert`},
		{`q=CORP%5Cbert, %3DCORP%5Cbert`, `q=CORP%5Cb***, %3DCORP%5Cb***`, `q=CORP%5Cbert, %3DCORP%5Cbert`},
		{`C:\inetpub\logs`, `C:\inetpub\logs`, `C:\inetpub\logs`},
		{"johanna, annal, änna", "johanna, annal, änna", "johanna, annal, änna"},
		{"mail.corp.example", "mail.corp.example", "mail.corp.example"},
		{"", "", ""},
	} {
		if got := newMasker(known).said(test.text); got != test.said {
			t.Errorf("said %q becomes %q, want %q", test.text, got, test.said)
		}
		if got := newMasker(known).own(test.text); got != test.own {
			t.Errorf("our own %q becomes %q, want %q", test.text, got, test.own)
		}
	}
}

// TestMaskEverywhere: no name is left in any form of the report, and the
// original is as it was.
func TestMaskEverywhere(t *testing.T) {
	for _, account := range []string{"svc-connector", "administrator", "operator"} {
		t.Run(account, func(t *testing.T) { maskEverywhere(t, account) })
	}
}

func maskEverywhere(t *testing.T, account string) {
	d := sampleOf(t, account)
	before := d.Text()
	masked := d.Mask()
	page, err := masked.HTML()
	if err != nil {
		t.Fatal(err)
	}
	object, err := masked.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for form, text := range map[string]string{"text": masked.Text(), "HTML": string(page), "JSON": string(object)} {
		for _, name := range []string{account, "anna@", "'anna'", "ben%40", "bert"} {
			if strings.Contains(strings.ToLower(text), name) {
				t.Errorf("%s: %q is still there", form, name)
			}
		}
	}
	if d.Text() != before || d.Masked {
		t.Error("the original was changed")
	}
	var again struct{ Masked bool }
	if err := json.Unmarshal(object, &again); err != nil || !again.Masked {
		t.Errorf("the object does not say that it is masked: %v", err)
	}
}

// FuzzMask takes whatever a server may say: no name that is known is left as a
// word, and masking twice changes nothing more.
func FuzzMask(f *testing.F) {
	known := []providers.Detail{{Value: `CORP\svc-mail`}, {Value: "anna@corp.example"}}
	for _, seed := range []string{"anna", "svc-mail@x", `CORP\svc-mail`, "`anna`", "a***@x", "\xff@\xff", "annaanna anna", "%5Canna r&amp;anna@x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := newMasker(known).said(text)
		for word := range strings.FieldsSeq(got) {
			if strings.EqualFold(word, "anna") || strings.EqualFold(word, "svc-mail") {
				t.Errorf("%q becomes %q", text, got)
			}
		}
		for word := range strings.FieldsSeq(newMasker(known).own(text)) {
			if strings.EqualFold(word, `corp\anna`) || strings.EqualFold(word, "anna@corp.example") {
				t.Errorf("our own %q keeps %s", text, word)
			}
		}
	})
}
