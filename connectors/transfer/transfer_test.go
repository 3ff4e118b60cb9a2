package transfer

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
)

func TestFilesKeepToTheSchema(t *testing.T) {
	k := newKeeper(t, `ALPHA\anna`)
	empty := export(t, k)
	fill(t, k)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	ok(t, compiler.AddResource("schema.json", must[any](t)(jsonschema.UnmarshalJSON(bytes.NewReader(Schema)))))
	schema := must[*jsonschema.Schema](t)(compiler.Compile("schema.json"))
	for name, data := range map[string][]byte{"empty": empty, "export": export(t, k), "backup": backup(t, k)} {
		if err := schema.Validate(must[any](t)(jsonschema.UnmarshalJSON(bytes.NewReader(data)))); err != nil {
			t.Errorf("%s: %v\n%s", name, err, data)
		}
	}
	for _, wrong := range []string{`{}`, strings.Replace(string(empty), "version", "versions", 1), strings.Replace(string(empty), "export", "x", 1)} {
		if schema.Validate(must[any](t)(jsonschema.UnmarshalJSON(strings.NewReader(wrong)))) == nil {
			t.Errorf("the schema allows %s", wrong)
		}
	}
}

func TestNoFileHoldsASecret(t *testing.T) {
	k := newKeeper(t, `ALPHA\anna`)
	fill(t, k)
	for _, data := range [][]byte{export(t, k), backup(t, k), table(t, k)} {
		if bytes.Contains(data, []byte(password)) {
			t.Errorf("a file holds the password:\n%s", data)
		}
	}
}

// What was exported, in either form, is the same elsewhere but for the secret.
func TestImportElsewhere(t *testing.T) {
	from := newKeeper(t, `ALPHA\anna`)
	onPremises, online := fill(t, from)
	for name, data := range map[string][]byte{"JSON": export(t, from), "CSV": table(t, from)} {
		t.Run(name, func(t *testing.T) {
			to := newKeeper(t, `BETA\bob`)
			p := plan(t, Target{Keeper: to}, data)
			wantCounts(t, p, "new 2, unchanged 0, different 0, duplicates 0, conflicts 0")
			if all := must[[]connectors.Connector](t)(to.List(t.Context())); len(all) != 0 {
				t.Fatal("planning has changed something")
			}
			ok(t, p.Run(t.Context()))
			for _, want := range []connectors.Connector{onPremises, online} {
				want = must[connectors.Connector](t)(from.Get(t.Context(), want.ID))
				got := must[connectors.Connector](t)(to.Get(t.Context(), want.ID))
				if fixed(got, want) != "" || len(changes(got, want)) > 0 || !reflect.DeepEqual(got.Attachments, want.Attachments) || got.Platform != want.Platform {
					t.Errorf("%+v came to be %+v", want, got)
				}
				if name == "JSON" && !reflect.DeepEqual(got.LastTest, want.LastTest) {
					t.Errorf("the report came to be %+v", got.LastTest)
				}
			}
			got := must[connectors.Connector](t)(to.Get(t.Context(), onPremises.ID))
			if !got.Credential.Missing() || got.Credential.Holder != `ALPHA\anna` || !got.Credential.Since.Equal(onPremises.Credential.Since) {
				t.Errorf("the record says of the secret: %+v", got.Credential)
			}
			if _, err := to.Secret(t.Context(), got); !errors.Is(err, keyring.ErrNotFound) {
				t.Errorf("the secret that is missing gives %v", err)
			}
			missing := must[[]connectors.Connector](t)(p.Missing(t.Context()))
			if len(missing) != 1 || missing[0].ID != onPremises.ID {
				t.Errorf("missing are %v", missing)
			}
			events := must[[]connectors.Event](t)(to.Registry.Events(t.Context(), got.ID, "", 0))
			if last := events[len(events)-1]; last.Kind != connectors.EventImported || last.By != `BETA\bob` {
				t.Errorf("the trail begins with %+v", last)
			}
			again := plan(t, Target{Keeper: to}, data)
			wantCounts(t, again, "new 0, unchanged 2, different 0, duplicates 0, conflicts 0")
			if !again.Empty() {
				t.Error("importing twice would do something")
			}
			c := must[connectors.Connector](t)(to.TakeOver(t.Context(), got, secret.New("new"), report(9)))
			if s := must[secret.Secret](t)(to.Secret(t.Context(), c)); s.Reveal() != "new" || c.Credential.Missing() {
				t.Error("the connector cannot be taken over")
			}
		})
	}
}

// A file of somebody's must not lead a secret of the keyring to another server.
func TestImportNeverTakesASecretOfTheKeyring(t *testing.T) {
	k := newKeeper(t, `ALPHA\anna`)
	onPremises, _ := fill(t, k)
	evil := strings.ReplaceAll(string(backup(t, k)), "mail1.contoso.com", "evil.example")
	other := newKeeper(t, `ALPHA\anna`)
	other.Keyring = k.Keyring
	ok(t, plan(t, Target{Keeper: other}, []byte(evil)).Run(t.Context()))
	c := must[connectors.Connector](t)(other.Get(t.Context(), onPremises.ID))
	if _, err := other.Secret(t.Context(), c); c.Settings["url"] != "https://evil.example/EWS/Exchange.asmx" || !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("%v may use the secret: %v", c, err)
	}
}

func TestImportWhatIsDifferent(t *testing.T) {
	k := newKeeper(t, `ALPHA\anna`)
	onPremises, _ := fill(t, k)
	data := export(t, k)
	ok(t, k.Detach(t.Context(), onPremises.ID, connectors.Attachment{Service: "continuity", Task: "Mail: watch, \"all\"; 24×7"}))
	ok(t, k.Attach(t.Context(), onPremises.ID, connectors.Attachment{Service: "continuity", Task: "of its own"}))
	k.Now = nil
	ok(t, k.Edit(t.Context(), onPremises.ID, "Renamed", "", 0))
	p := plan(t, Target{Keeper: k}, data)
	wantCounts(t, p, "new 0, unchanged 1, different 1, duplicates 0, conflicts 0")
	d := p.Different[0]
	if len(d.Changes) != 2 || d.Changes[0] != (Change{"name", "Renamed", "Head office 1"}) || d.Changes[1].Field != "description" || len(d.Added) != 1 || !d.Newer {
		t.Errorf("%+v", d)
	}
	ok(t, p.Run(t.Context()))
	c := must[connectors.Connector](t)(k.Get(t.Context(), onPremises.ID))
	if c.Name != "Head office 1" || len(c.Attachments) != 2 {
		t.Errorf("%+v", c)
	}
	if s := must[secret.Secret](t)(k.Secret(t.Context(), c)); s.Reveal() != password {
		t.Error("the secret is gone")
	}
}

func TestImportWhatSomebodyChangedMeanwhile(t *testing.T) {
	k := newKeeper(t, `ALPHA\anna`)
	onPremises, _ := fill(t, k)
	data := export(t, k)
	ok(t, k.Edit(t.Context(), onPremises.ID, "Renamed", "", 0))
	p := plan(t, Target{Keeper: k}, data)
	ok(t, k.Edit(t.Context(), onPremises.ID, "Renamed again", "", 0))
	if _, changed := errors.AsType[*connectors.ChangedError](p.Run(t.Context())); !changed {
		t.Error("a change is overwritten")
	}
}

func TestRefusedConnectorsAreNamed(t *testing.T) {
	from, to := newKeeper(t, `ALPHA\anna`), newKeeper(t, `BETA\bob`)
	fill(t, from)
	taken := exchange(1) // the same organisation, at another address
	taken.Name, taken.Settings = "Ours", map[string]string{"url": "https://other.contoso.com/EWS/Exchange.asmx"}
	named := cloud(2) // the same name, another tenant
	named.Name = "tenant 1"
	for _, c := range []connectors.Connector{taken, named} {
		must[connectors.Connector](t)(to.Register(t.Context(), c, secret.New(password)))
	}
	p := plan(t, Target{Keeper: to}, export(t, from))
	wantCounts(t, p, "new 0, unchanged 0, different 0, duplicates 1, conflicts 1")
	if why := p.Duplicates[0].Why; why.Rule != "tenant-taken" || !strings.Contains(why.Reason, `"Ours"`) {
		t.Errorf("%v", why)
	}
	if why := p.Conflicts[0].Why; why.Rule != "name-taken" || !strings.Contains(why.Reason, `"tenant 1"`) {
		t.Errorf("%v", why)
	}
	ok(t, p.Run(t.Context()))
	if all := must[[]connectors.Connector](t)(to.List(t.Context())); len(all) != 2 {
		t.Errorf("%d connectors", len(all))
	}
}

func TestOtherSettingsUnderTheSameID(t *testing.T) {
	k := newKeeper(t, `ALPHA\anna`)
	fill(t, k)
	p := plan(t, Target{Keeper: k}, bytes.ReplaceAll(export(t, k), []byte("mail1.contoso.com"), []byte("mail2.contoso.com")))
	wantCounts(t, p, "new 0, unchanged 1, different 0, duplicates 0, conflicts 1")
	if why := p.Conflicts[0].Why; why.Rule != "fixed" || !strings.Contains(why.Reason, "setting, url") {
		t.Errorf("%v", why)
	}
}

func TestTwiceInTheFile(t *testing.T) {
	for name, second := range map[string]string{
		"name":   `{"name":"A","provider":"exchange","tenant":"b.example","services":["s"]}`,
		"tenant": `{"name":"B","provider":"exchange","tenant":"A.example","services":["s"]}`,
		"id":     `{"id":"5f0c7c4c-9e0b-4a51-9b52-0a6f1c1b2c3d","name":"B","provider":"exchange","tenant":"b.example","services":["s"]}`,
	} {
		data := head + `"connectors":[
			{"id":"5f0c7c4c-9e0b-4a51-9b52-0a6f1c1b2c3d","name":"A","provider":"exchange","tenant":"a.example","services":["s"]},
			` + second + `]}`
		p := plan(t, Target{Keeper: newKeeper(t, "x")}, []byte(data))
		wantCounts(t, p, "new 1, unchanged 0, different 0, duplicates 1, conflicts 0")
		if why := p.Duplicates[0].Why.Reason; !strings.Contains(why, "on line 2") || !strings.Contains(why, "on line 3") || !strings.Contains(why, name) {
			t.Errorf("%s", why)
		}
	}
}

// An Exchange connector of a table that somebody typed has no secret yet.
func TestTypedTable(t *testing.T) {
	k := newKeeper(t, "x")
	p := plan(t, Target{Keeper: k}, []byte("Name;Provider;Tenant;Services;setting url\nHead office;exchange;contoso.com;continuity;https://mail.contoso.com/EWS/Exchange.asmx\n"))
	ok(t, p.Run(t.Context()))
	c := must[connectors.Connector](t)(k.Find(t.Context(), "head office"))
	if !c.Credential.Missing() || c.Settings["url"] == "" || c.Created.IsZero() {
		t.Errorf("%+v", c)
	}
}

func TestTableIsFitForASpreadsheet(t *testing.T) {
	k := newKeeper(t, "x")
	fill(t, k)
	data := table(t, k)
	if !bytes.HasPrefix(data, []byte("\ufeffid,name,")) || bytes.Count(data, []byte("\n")) != bytes.Count(data, []byte("\r\n")) {
		t.Errorf("neither UTF-8 for Excel nor CRLF: %q", data)
	}
	rows := must[[][]string](t)(csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll())
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") {
				t.Errorf("a spreadsheet would calculate %q", cell)
			}
		}
	}
}

func TestExportOfSome(t *testing.T) {
	k := newKeeper(t, "x")
	onPremises, _ := fill(t, k)
	s := source(k)
	s.IDs = []string{onPremises.ID, "gone"}
	var file bytes.Buffer
	ok(t, s.Export(t.Context(), &file))
	f := must[*File](t)(Read(&file))
	if len(f.Connectors) != 1 || f.Connectors[0].ID != onPremises.ID || len(f.Connectors[0].Reports) != 1 {
		t.Errorf("%+v", f)
	}
	var object map[string]any
	ok(t, json.Unmarshal(export(t, k), &object))
	if object["drafts"] != nil || object["documents"] != nil || object["events"] != nil {
		t.Error("an export holds more than connectors")
	}
}
