// An OpenID server on loopback that wants PKCE, with one native application.
// Usage: node server.js CERTIFICATE KEY ISSUER; prints its port.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import Provider from 'oidc-provider';

const [certificate, key, issuer] = process.argv.slice(2);
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'fairlead',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
    redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
  }],
  features: { devInteractions: { enabled: true }, deviceFlow: { enabled: true } },
  pkce: { required: () => true },
});
const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, provider.callback());
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
