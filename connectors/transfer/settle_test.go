package transfer

import (
	"errors"
	"strings"
	"testing"

	"fairlead/connectors"
)

// settle completes a connector, or refuses it for having no "url".
func settle(c connectors.Connector) (connectors.Connector, error) {
	if c.Settings["url"] == "" {
		return c, &connectors.RuleError{Rule: "setting-missing", Reason: "There is no url.", Hint: "Type it."}
	}
	c.Settings = map[string]string{"url": c.Settings["url"], "sign-in": "svc"}
	return c, nil
}

// What could never work is left out, and takes no place from what does. The rest
// is completed; taking it in once more changes nothing.
func TestUnusableIsLeftOut(t *testing.T) {
	const table = "name,provider,tenant,services,setting url\n" +
		"Dead,exchange,contoso.com,continuity,\n" +
		"Alive,exchange,contoso.com,continuity,https://mail.contoso.com/EWS/Exchange.asmx\n"
	k := newKeeper(t, "x")
	target := Target{Keeper: k, Settle: settle}
	p := plan(t, target, []byte(table))
	wantCounts(t, p, "new 1, unchanged 0, different 0, duplicates 0, conflicts 0")
	if len(p.Unusable) != 1 || p.LeftOut() != 1 || p.Unusable[0].Name != "Dead" || p.Unusable[0].Line != 2 || p.Unusable[0].Why.Rule != "setting-missing" {
		t.Fatalf("%+v", p.Unusable)
	}
	ok(t, p.Run(t.Context()))
	c := must[connectors.Connector](t)(k.Find(t.Context(), "Alive"))
	if c.Settings["sign-in"] != "svc" {
		t.Errorf("%v is not complete", c.Settings)
	}
	if all := must[[]connectors.Connector](t)(k.List(t.Context())); len(all) != 1 {
		t.Errorf("%d connectors", len(all))
	}
	again := plan(t, target, []byte(table))
	wantCounts(t, again, "new 0, unchanged 1, different 0, duplicates 0, conflicts 0")
	if len(again.Unusable) != 1 {
		t.Errorf("%+v", again.Unusable)
	}
}

// A connector that is here stays what it is, whatever a file says of it, and what
// a backup holds is not judged.
func TestWhatIsNotSettled(t *testing.T) {
	k := newKeeper(t, "x")
	target := Target{Keeper: k, Settle: settle}
	_, online := fill(t, k)
	data := export(t, k)
	wantCounts(t, plan(t, target, data), "new 0, unchanged 2, different 0, duplicates 0, conflicts 0")
	other := strings.ReplaceAll(string(data), "worldwide", "china")
	p := plan(t, target, []byte(other))
	wantCounts(t, p, "new 0, unchanged 1, different 0, duplicates 0, conflicts 1")
	if p.Conflicts[0].ID != online.ID || p.Conflicts[0].Why.Rule != "fixed" {
		t.Errorf("%+v", p.Conflicts)
	}
	to := newKeeper(t, "x")
	wantCounts(t, plan(t, Target{Keeper: to, Settle: settle, Restore: true}, backup(t, k)), "new 2, unchanged 0, different 0, duplicates 0, conflicts 0")
}

func TestSettleThatFails(t *testing.T) {
	broken := errors.New("no catalogue")
	target := Target{Keeper: newKeeper(t, "x"), Settle: func(c connectors.Connector) (connectors.Connector, error) { return c, broken }}
	f := must[*File](t)(Read(strings.NewReader("name,provider,tenant,services\nA,exchange,a,s\n")))
	if _, err := target.Plan(t.Context(), f); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

// A setting shows nothing but itself where somebody looks where a password goes.
func TestSettingsThatMislead(t *testing.T) {
	for name, setting := range map[string][2]string{
		"line break":           {`url`, `https://a.example\nMaster mailbox: b`},
		"carriage return":      {`url`, `https://a.example\rhttps://b.example`},
		"tab":                  {`url`, `a\tb`},
		"line separator":       {`url`, `a\u2028b`},
		"turned direction":     {`url`, `a\u202Eb`},
		"line break in a name": {`url\nx`, `a`},
		"turned name":          {`url\u2066`, `a`},
	} {
		text := head + "\"connectors\":[\n" + `{"name":"A","provider":"exchange","tenant":"a.example","services":["s"],"settings":{"` + setting[0] + `":"` + setting[1] + `"}}]}`
		_, err := Read(strings.NewReader(text))
		if problems, is := errors.AsType[Problems](err); !is || problems[0].Line != 2 || problems[0].Field != "settings" {
			t.Errorf("%s: %v", name, err)
		}
	}
	table := "name,provider,tenant,services,setting url\nA,exchange,a.example,s,\"a\nb\"\n"
	if _, err := Read(strings.NewReader(table)); err == nil || !strings.Contains(err.Error(), `line 2: settings: the setting "url"`) {
		t.Errorf("%v", err)
	}
	joined := head + `"connectors":[{"name":"A","provider":"exchange","tenant":"a.example","services":["s"],"settings":{"address":"a@نامه\u200cای.example"}}]}`
	if _, err := Read(strings.NewReader(joined)); err != nil {
		t.Errorf("a domain as it is written in Persian: %v", err)
	}
}
