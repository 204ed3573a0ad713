/** A real OpenID provider (the package `oidc-provider`) on a port of this machine, and hands that can forge what it says. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const clientId = 'quarterdeck';
export const clientSecret = 'client-secret-of-the-tests-0123456789';

/** Accounts by name. Their addresses are told as they stand here. */
export const accounts: Readonly<Record<string, { email: string; email_verified: boolean }>> = {
  ada: { email: 'Ada@Example.com', email_verified: true },
  mallory: { email: 'mallory@example.com', email_verified: true },
  unverified: { email: 'ada@example.com', email_verified: false },
};

export interface Forgery {
  /** Claims of the ID token to replace, signed with the provider's own key. */
  claims?: Record<string, unknown>;
  /** The provider shows these keys instead of its own. */
  otherKeys?: boolean;
}

interface Interactions {
  interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<{ uid: string }>;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: unknown): Promise<void>;
}

const rsaKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwkOf = (key: KeyObject) => ({ ...key.export({ format: 'jwk' }), kid: 'tests', use: 'sig', alg: 'RS256' });

/** @param redirectUris - of the one client. */
export async function startOidcProvider(redirectUris: readonly string[]) {
  const { default: Provider } = (await import('oidc-provider' as string)) as {
    default: new (
      issuer: string,
      config: unknown,
    ) => Interactions & {
      callback(): (request: IncomingMessage, response: ServerResponse) => void;
      Grant: new (grant: {
        clientId: string;
        accountId: string;
      }) => { addOIDCScope(scope: string): void; save(): Promise<string> };
      on(event: string, listener: (...args: unknown[]) => void): void;
    };
  };
  const [signing, stranger] = [rsaKey(), rsaKey()];
  const forgery: Forgery = {};
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [...redirectUris],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [jwkOf(signing.privateKey)] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['tests'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    ttl: { Session: 600, Interaction: 600, Grant: 600 },
    interactions: { url: (_context: unknown, interaction: { uid: string }) => `/sign-in/${interaction.uid}` },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
    // Whoever signed in has agreed.
    async loadExistingGrant({ oidc }: { oidc: { session: { accountId: string }; client: { clientId: string } } }) {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  handle = (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname.startsWith('/sign-in/')) {
      void signIn(provider, url, request, response);
      return;
    }
    if (url.pathname === '/jwks' && forgery.otherKeys) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys: [jwkOf(stranger.publicKey)] }));
      return;
    }
    if (url.pathname === '/token' && forgery.claims) forgeToken(response, forgery.claims, signing.privateKey);
    answer(request, response);
  };
  return {
    issuer,
    forgery,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type TestProvider = Awaited<ReturnType<typeof startOidcProvider>>;

/** The provider's own page: a link for each account, and one to cancel. Without `?as=` it is shown, with it that account signs in. */
async function signIn(
  provider: Interactions,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const as = url.searchParams.get('as');
  if (as === null) {
    const link = (name: string) => `<li><a href="${url.pathname}?as=${name}">Continue as ${name}</a></li>`;
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>Provider</title><ul>${[...Object.keys(accounts), 'nobody'].map(link).join('')}</ul>`,
    );
    return;
  }
  const result = as === 'nobody' ? { error: 'access_denied' } : { login: { accountId: as } };
  await provider.interactionDetails(request, response);
  await provider.interactionFinished(request, response, result);
}

/** Replaces claims of the ID token in the answer of the token endpoint. */
function forgeToken(response: ServerResponse, claims: Record<string, unknown>, key: KeyObject): void {
  const end = response.end.bind(response) as (body: unknown) => ServerResponse;
  response.end = ((body: string | Buffer) => {
    const tokens = JSON.parse(String(body)) as { id_token?: string };
    if (tokens.id_token !== undefined) {
      const [header, payload] = tokens.id_token.split('.') as [string, string];
      const told = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), ...claims };
      const signed = `${header}.${Buffer.from(JSON.stringify(told)).toString('base64url')}`;
      tokens.id_token = `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
    }
    const forged = JSON.stringify(tokens);
    response.setHeader('content-length', Buffer.byteLength(forged));
    return end(forged);
  }) as never;
}

/**
 * A browser that goes from the address of the provider to where the provider sends it back to.
 * @param as - the account that signs in there. @returns the address of the callback, not visited yet.
 */
export async function visitProvider(address: string, as: string): Promise<URL> {
  const jar = new Map<string, string>();
  const { origin } = new URL(address);
  let url = new URL(address);
  for (let hop = 0; hop < 10 && url.origin === origin; hop += 1) {
    if (url.pathname.startsWith('/sign-in/')) url.searchParams.set('as', as);
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split('=', 2) as [string, string];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null)
      throw new Error(`The provider answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    await answer.body?.cancel();
    url = new URL(location, url);
  }
  return url;
}
