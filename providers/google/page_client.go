package google

import (
	"context"
	"errors"
	"strings"

	"fairlead/assets"
	"fairlead/providers"
	"fairlead/wizard/page"
)

func (e environment) clientPage() page.Page {
	return page.Page{
		ID:    "google.client",
		Step:  "Client",
		Title: "Which client may act for your people?",
		Why:   "Only a service account of your own can be tested from here.",
		Fields: func(a *page.Answers) []page.Field {
			return append([]page.Field{{
				Key: keyWay, Kind: page.Choice, Label: "Client", Suggest: func(*page.Answers) string { return e.usualWay() },
				Options: []page.Option{
					{
						Value: wayService, Label: "The service's own client",
						Note: "Recorded, not verified: its key is with the service, so that nothing can be proved from here.",
					},
					{Value: wayFile, Label: "Your own service account, key from a file", Note: "Fully tested. Name the JSON file that Google Cloud gave out, or drop it on the window."},
					{Value: wayPaste, Label: "Your own service account, key pasted"},
				},
			}}, e.wayFields(a)...)
		},
		Dropped: func(name string) page.Changes { return page.Changes{keyWay: wayFile, keyFileName: name} },
		Action: &page.Action{
			Busy: "Reading the key", Inputs: []string{keyWay, keyFileName, keyPasted, keySession}, Memory: true, Run: e.readKey,
		},
	}
}

// usualWay is the way that the lab has a sample for, or the service's own.
func (e environment) usualWay() string {
	if e.Sample[keyFileName] != "" {
		return wayFile
	}
	return wayService
}

// wayFields are the fields of the chosen way, or of the usual one, so that what
// they suggest is there at once.
func (e environment) wayFields(a *page.Answers) []page.Field {
	scopes := page.Field{
		Key: keyScopes, Kind: page.Text, Label: "OAuth scopes", Aside: "with commas or spaces between them",
		Suggest:  func(a *page.Answers) string { return strings.Join(e.needed(a), " ") },
		Validate: func(text string) error { _, err := ParseScopes(text); return err },
	}
	way := a.Text(keyWay)
	if way == "" {
		way = e.usualWay()
	}
	switch way {
	case wayFile:
		return append([]page.Field{{
			Key: keyFileName, Kind: page.Text, File: true, Label: "Key file", Aside: "JSON", Placeholder: e.sample(keyFileName, "fairlead-1f0c2b.json"),
			Hint: e.whereKept(a), Validate: checkFileName, Suggest: func(*page.Answers) string { return e.Sample[keyFileName] },
		}, scopes}, ownFields()...)
	case wayPaste:
		return append([]page.Field{{
			Key: keyPasted, Kind: page.Secret, Label: "Key", Aside: "the whole JSON, from { to }", Long: true, Hint: e.whereKept(a),
			Validate: func(text string) error { _, err := ParseKey([]byte(text)); return err },
		}, scopes}, ownFields()...)
	}
	return []page.Field{{
		Key: keyClient, Kind: page.Text, Label: "Client ID", Aside: "from the service's console", Placeholder: e.sample(keyClient, "108844200311955120017"),
		Validate: CheckClient, Suggest: func(a *page.Answers) string { return e.knownClient(a) },
	}, scopes}
}

func ownFields() []page.Field {
	return []page.Field{
		{Key: keyProve, Kind: page.Checkbox, Label: "Prove the customer ID too", Hint: "Adds the scope admin.directory.customer.readonly. The address must be an administrator's."},
		{Key: keySession, Kind: page.Checkbox, Label: "Do not keep the key after Fairlead closes"},
	}
}

func (e environment) whereKept(a *page.Answers) string {
	if a.On(keySession) {
		return "The private key stays in memory until Fairlead closes. Never written to a file."
	}
	return "The private key alone is kept, in " + e.Keyring.Name() + ". The file can be deleted afterwards."
}

// checkFileName refuses a key where its file's name is wanted, so that it is seen
// early: this field is shown on screen and kept in drafts.
func checkFileName(name string) error {
	if strings.HasPrefix(name, "{") || strings.Contains(name, "PRIVATE KEY") {
		return &providers.Problem{What: "this is the key itself", Do: "take it out, and choose to paste the key above"}
	}
	return nil
}

// usage is how the chosen service uses Google Workspace.
func (e environment) usage(a *page.Answers) assets.Usage {
	for _, id := range a.List(keyServices) {
		if s, ok := e.provider.Catalogue.Service(id); ok {
			usage, _ := s.Usage(ID)
			return usage
		}
	}
	return assets.Usage{}
}

// needed are the scopes that the chosen service asks for.
func (e environment) needed(a *page.Answers) []string {
	var scopes []string
	for _, p := range e.usage(a).Permissions {
		if p.Kind == assets.Delegation {
			scopes = append(scopes, p.Name)
		}
	}
	return scopes
}

// knownClient is the client of the chosen service, or nothing.
func (e environment) knownClient(a *page.Answers) string {
	if app := e.usage(a).Application(""); app.Known() {
		return app.ID
	}
	return ""
}

// readKey reads the key of an own service account, and sees that it can be kept.
func (e environment) readKey(ctx context.Context, a *page.Answers, _ func(page.Progress)) (page.Changes, error) {
	if !own(a) {
		return page.Changes{keySince: ""}, nil
	}
	key, err := readAnswer(a)
	if err != nil {
		return nil, err
	}
	private, err := key.Secret()
	if err != nil {
		return nil, err
	}
	if !a.On(keySession) {
		if why := providers.ProbeKeyring(ctx, e.Keyring); why != "" {
			return nil, errors.New(why + " The key is never kept in a file: mend the keyring, or tick that the key is not kept after Fairlead closes.")
		}
	}
	changes := page.Changes{keyPrivate: private, keyAccount: key.Account, keyFound: key.Client, keyKeyID: key.ID, keyProject: key.Project}
	if key.Client != a.Text(keyFound) {
		changes[keySince] = "" // the wait was for another client's delegation
	}
	return changes, ctx.Err()
}

func readAnswer(a *page.Answers) (*Key, error) {
	if a.Text(keyWay) == wayFile {
		return readGiven(a.Text(keyFileName))
	}
	return ParseKey([]byte(a.Secret(keyPasted).Reveal()))
}
