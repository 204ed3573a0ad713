import type { ClientFrame } from '../../main/protocol/frames.ts';
import {
  sampleConnections,
  sampleDevices,
  sampleFingerprint,
  sampleGateway,
  sampleKeys,
  sampleLogins,
  sampleOffer,
  sampleOpenGateway,
} from './access-samples.ts';
import type { Scene } from './scene.ts';

const secret = 'qd_7Hq2nVbX0mYc4RtPzLk9sJwEaUf3GdNiKe81QyToB5h';
const refused = {
  code: 'internal',
  message: 'The list could not be read.',
  impact: 'Keys and devices work as before.',
  next: 'Try again; if that does not help, look at Settings > Diagnostics.',
} as const;

/** What the gateway answers to questions about access and doors, by the state a scene shows; null: it is none of those questions. */
export function accessAnswer(frame: ClientFrame, scene: Scene): { ok: boolean; value: unknown } | null {
  const state = scene.access ?? 'filled';
  const ok = (value: unknown) => ({ ok: true, value });
  const list = <T>(name: string, all: T[]) =>
    state === 'failing' ? { ok: false, value: refused } : ok({ [name]: state === 'empty' ? [] : all });
  switch (frame.type) {
    case 'keys_list':
      return list('keys', sampleKeys);
    case 'keys_create':
      return ok({ ...sampleKeys[0], id: 'key_9', name: frame.name, key: secret });
    case 'keys_rotate':
      return ok({ ...sampleKeys[0], id: 'key_9', key: secret });
    case 'devices_list':
      return list('devices', sampleDevices);
    case 'devices_update':
      return ok(sampleDevices[0]);
    case 'pairing_create':
      return ok(sampleOffer(state !== 'empty', state === 'failing' ? 0 : undefined));
    case 'gateway_identity':
      return ok({ fingerprint: sampleFingerprint, public_key: '' });
    case 'gateway_get':
      return state === 'failing'
        ? { ok: false, value: refused }
        : ok(state === 'open' ? sampleOpenGateway : sampleGateway);
    case 'gateway_set':
      return state === 'refusing'
        ? {
            ok: false,
            value: {
              ...refused,
              message: 'Port 80 cannot be used by this account.',
              next: 'Choose a port above 1023.',
            },
          }
        : ok(sampleOpenGateway);
    case 'gateway_check':
      return ok({
        addresses: sampleGateway.listeners.map(({ url }) => ({ url, reachable: true })),
      });
    case 'connections_list':
      return list('connections', sampleConnections);
    case 'sign_in_ways':
      return ok({
        password: state !== 'empty',
        oidc:
          state === 'empty'
            ? null
            : {
                issuer: 'https://login.example.org',
                client_id: 'quarterdeck',
                allowed_emails: ['ada@example.org'],
                secret_stored: true,
              },
        lifetime_hours: 720,
        trusted_proxies: [],
      });
    case 'logins_list':
      return list('logins', sampleLogins);
    default:
      return null;
  }
}
