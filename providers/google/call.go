package google

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"golang.org/x/oauth2"

	"fairlead/network"
	"fairlead/oauth"
	"fairlead/secret"
)

// The only addresses that anything is ever sent to.
const (
	tokenHost       = "oauth2.googleapis.com"
	gmailHost       = "gmail.googleapis.com"
	directoryHost   = "admin.googleapis.com"
	tokenAddress    = "https://" + tokenHost + "/token"
	profileAddress  = "https://" + gmailHost + "/gmail/v1/users/me/profile"
	customerAddress = "https://" + directoryHost + "/admin/directory/v1/customers/my_customer"
)

// grantType is that of RFC 7523, section 2.1.
const grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer"

// bearer is the one type of token that is taken (RFC 6750).
const bearer = "Bearer"

// caller asks Google: over TLS to the hosts above, JSON only, bounded, and never
// redirected.
type caller struct {
	web *http.Client
	now func() time.Time
}

func newCaller(n *network.Network) caller { return caller{oauth.NewWeb(n), n.Now} }

// reply is an answer in JSON, good or not.
type reply struct {
	status int
	body   []byte
	skew   time.Duration // by how much this computer's clock is ahead of the server's; zero where that said no time
}

// profile is what Gmail says of a mailbox (users.getProfile).
type profile struct {
	Address  string `json:"emailAddress"`
	Messages int64  `json:"messagesTotal"`
}

// customer is what the directory says of the organisation (customers.get).
type customer struct {
	ID     string `json:"id"`
	Domain string `json:"customerDomain"`
}

// errBadReply is about an answer that is a success and lacks what it must have.
var errBadReply = errors.New("the answer cannot be read, or lacks what it must have")

// hello asks the token service without an assertion: its refusal shows that it
// is there.
func (c caller) hello(ctx context.Context) (reply, error) {
	return c.post(ctx, url.Values{"grant_type": {grantType}})
}

// token asks for a token to act for somebody within some scopes. A refusal is a
// [*refusal].
func (c caller) token(ctx context.Context, k *Key, address string, scopes ...string) (secret.Secret, error) {
	assertion, err := k.sign(c.now(), subject(address), scopes)
	if err != nil {
		return secret.Secret{}, err
	}
	r, err := c.post(ctx, url.Values{"grant_type": {grantType}, "assertion": {assertion.Reveal()}})
	if err != nil {
		return secret.Secret{}, err
	}
	return parseToken(r, assertion)
}

func parseToken(r reply, sent secret.Secret) (secret.Secret, error) {
	if r.status != http.StatusOK {
		return secret.Secret{}, parseRefusal(r, sent)
	}
	var t oauth2.Token
	if json.Unmarshal(r.body, &t) != nil || t.AccessToken == "" || !strings.EqualFold(t.TokenType, bearer) {
		return secret.Secret{}, errBadReply
	}
	return secret.New(t.AccessToken), nil
}

// sign makes an assertion (RFC 7523, section 3).
func (k *Key) sign(now time.Time, subject string, scopes []string) (secret.Secret, error) {
	signer, err := jose.NewSigner(jose.SigningKey{
		Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: k.private, KeyID: k.ID},
	}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return secret.Secret{}, errNoKey
	}
	claims, err := json.Marshal(map[string]any{
		"iss": k.Account, "sub": subject, "aud": tokenAddress, "scope": strings.Join(scopes, " "),
		"iat": now.Add(-headStart).Unix(), "exp": now.Add(lifetime).Unix(),
	})
	if err != nil {
		return secret.Secret{}, err
	}
	signed, err := signer.Sign(claims)
	if err != nil {
		return secret.Secret{}, errNoKey
	}
	text, err := signed.CompactSerialize()
	return secret.New(text), err
}

// read asks an API for an object.
func (c caller) read(ctx context.Context, address string, token secret.Secret, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	(&oauth2.Token{AccessToken: token.Reveal(), TokenType: bearer}).SetAuthHeader(req)
	r, err := c.do(req)
	switch {
	case err != nil:
		return err
	case r.status != http.StatusOK:
		return parseRefusal(r, token)
	case json.Unmarshal(r.body, into) != nil:
		return errBadReply
	}
	return nil
}

func (c caller) post(ctx context.Context, form url.Values) (reply, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, tokenAddress, strings.NewReader(form.Encode()))
	if err != nil {
		return reply{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.do(req)
}

func (c caller) do(req *http.Request) (reply, error) {
	req.Header.Set("Accept", "application/json")
	began := c.now()
	resp, err := c.web.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	ended := c.now()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return reply{}, err
	}
	r := reply{status: resp.StatusCode, body: body}
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		r.skew = began.Add(ended.Sub(began) / 2).Sub(date)
	}
	return r, nil
}
