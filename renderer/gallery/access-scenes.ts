import type { EndReason, LinkState } from '../bridge.ts';
import { sampleFingerprint } from './access-samples.ts';
import { claude, demo } from './samples.ts';
import type { Scene } from './scene.ts';

const providers = [claude, demo];
const pane = (tab: 'keys' | 'devices' | 'gateway', access?: Scene['access']): Scene => ({
  sessions: [],
  providers,
  route: { name: 'settings', tab },
  access,
});

const gate = (link: LinkState, unsent?: readonly string[]): Scene => ({ sessions: [], providers, link, unsent });
const ended = (reason: EndReason, unsent?: readonly string[]): Scene => gate({ status: 'signed_out', reason }, unsent);
const unsent = [
  'Please run the tests of the net layer again, and tell me which of them are slow.',
  `${'And look at why the retry helper waits so long before the last attempt. '.repeat(6)}`,
];

/** Keys, devices and doors in every state. What needs a click (dialogs, forms) is opened by whoever looks. */
export const accessScenes: Record<string, Scene> = {
  keys: pane('keys'),
  'keys-empty': pane('keys', 'empty'),
  'keys-failing': pane('keys', 'failing'),
  devices: pane('devices'),
  'devices-empty': pane('devices', 'empty'),
  'devices-failing': pane('devices', 'failing'),
  gateway: pane('gateway'),
  'gateway-open': pane('gateway', 'open'),
  'gateway-refusing': pane('gateway', 'refusing'),
  'gateway-failing': pane('gateway', 'failing'),
  'by-hand': gate({ status: 'by_hand', fingerprint: sampleFingerprint }),
  'by-hand-waiting': gate({
    status: 'by_hand',
    fingerprint: null,
    problem: { code: 'internal', message: 'The computer does not answer at this address.' },
  }),
  'by-hand-refused': gate(
    {
      status: 'by_hand',
      fingerprint: sampleFingerprint,
      problem: { code: 'unauthorized', message: 'This key is not valid.', next: 'Enter another one.' },
    },
    unsent,
  ),
  revoked: ended('revoked', unsent),
  'pairing-used': ended('pairing_used'),
  'pairing-broken': ended('pairing_broken'),
  untrusted: ended('untrusted'),
};
