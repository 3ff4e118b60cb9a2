package chain_test

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"testing"
	"time"

	"fairlead/providers/exchange/chain"
	"fairlead/providers/exchange/chain/chaintest"
)

// at says where a certificate's issuer is.
func at(address string) func(*x509.Certificate) {
	return func(c *x509.Certificate) { c.IssuingCertificateURL = []string{"https://pki/0", address} }
}

// TestIssuers climbs a chain of which the server sent the ends, or one.
func TestIssuers(t *testing.T) {
	now := time.Now()
	public := chaintest.NewAuthority(t, "Public", nil, now)
	stranger := chaintest.NewAuthority(t, "Stranger", nil, now)
	for _, test := range []struct {
		name   string
		root   *chaintest.Authority
		shelf  func(issuing *chaintest.Authority) map[string][]byte
		sent   func(all []*x509.Certificate) []*x509.Certificate
		trust  chain.Trust
		sure   bool
		found  int
		failed bool
	}{
		{"as it should be", public, both(public), leaf, chain.Incomplete, true, 2, false},
		{"in PEM", public, func(issuing *chaintest.Authority) map[string][]byte {
			return map[string][]byte{"http://pki/1": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: issuing.Cert.Raw})}
		}, leaf, chain.Incomplete, true, 1, true},
		{"the root instead of what is between", public, both(public), func(all []*x509.Certificate) []*x509.Certificate {
			return []*x509.Certificate{all[0], public.Cert}
		}, chain.Incomplete, true, 1, false},
		{"below a root that nobody knows", stranger, both(stranger), leaf, chain.Unknown, true, 2, false},
		{"a root that nobody knows, complete", stranger, both(stranger), func(all []*x509.Certificate) []*x509.Certificate { return all }, chain.Unknown, true, 1, false},
		{"nothing there", public, nil, leaf, chain.Incomplete, false, 0, true},
		{"another certificate", public, func(*chaintest.Authority) map[string][]byte {
			return map[string][]byte{"http://pki/1": stranger.Cert.Raw}
		}, leaf, chain.Incomplete, false, 0, true},
		{"noise", public, func(*chaintest.Authority) map[string][]byte {
			return map[string][]byte{"http://pki/1": []byte("noise")}
		}, leaf, chain.Incomplete, false, 0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			issuing := chaintest.NewAuthority(t, "Issuing", test.root, now, at("http://pki/2"))
			all := chaintest.Parse(t, issuing.Issue(t, now, at("http://pki/1")))
			sent := test.sent(all)
			var shelf map[string][]byte
			if test.shelf != nil {
				shelf = test.shelf(issuing)
			}
			found, err := chain.Issuers(t.Context(), sent, func(_ context.Context, address string) ([]byte, error) {
				if data, ok := shelf[address]; ok {
					return data, nil
				}
				return nil, errors.New("nothing there")
			})
			if len(found) != test.found || (err != nil) != test.failed {
				t.Fatalf("found %d, %v", len(found), err)
			}
			judge := chain.Judge{Public: chaintest.Pool(public), System: chaintest.Pool(public), Now: now, Fetched: found}
			if j := judge.Judge(chaintest.Host, sent); j.Trust != test.trust || j.Sure != test.sure {
				t.Errorf("trust %v, sure %v", j.Trust, j.Sure)
			}
		})
	}
}

func leaf(all []*x509.Certificate) []*x509.Certificate { return all[:1] }

func both(root *chaintest.Authority) func(*chaintest.Authority) map[string][]byte {
	return func(issuing *chaintest.Authority) map[string][]byte {
		return map[string][]byte{"http://pki/1": issuing.Cert.Raw, "http://pki/2": root.Cert.Raw}
	}
}

// FuzzIssuers reads what an address in a certificate gave.
func FuzzIssuers(f *testing.F) {
	now := time.Now()
	issuing := chaintest.NewAuthority(f, "Issuing", nil, now)
	sent := chaintest.Parse(f, issuing.Issue(f, now, at("http://pki/1")))
	f.Add(issuing.Cert.Raw)
	f.Add(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: issuing.Cert.Raw}))
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := chain.Issuers(context.Background(), sent, func(context.Context, string) ([]byte, error) { return data, nil })
		if (len(found) == 0) == (err == nil) {
			t.Fatalf("found %d, %v", len(found), err)
		}
		if err == nil && !found[0].Equal(issuing.Cert) {
			t.Fatal("another issuer was taken")
		}
	})
}
