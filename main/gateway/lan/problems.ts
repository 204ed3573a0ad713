import type { Problem } from '../../protocol/errors.ts';
import { type Saying, say } from '../../protocol/saying.ts';

export const noCredential: Problem = {
  code: 'forbidden',
  say: say('lan.noCredential'),
  message: 'Nothing is set up that would keep strangers out: there is no API key, no device and no password.',
  impact: 'The gateway was not opened to the network.',
  next: 'Start without --host, pair a device or make an API key, then start with --host again.',
};

export const noSuchInterface = (names: readonly string[]): Problem => ({
  code: 'not_found',
  say: say('lan.noSuchInterface', { names: names.join(', ') }),
  message: `This machine has no network interface named ${names.join(', ')}, or it has no address now.`,
  impact: 'Nothing was changed.',
  next: 'Choose from the list of interfaces.',
});

export const addressGone: string =
  'This machine does not have this address now. It is listened on for a while longer, in case the address comes back.';

export const certificateProblem = (say: Saying, what: string, next: string, detail?: string): Problem => ({
  code: 'invalid_frame',
  say,
  message: what,
  impact: 'TLS was not switched on; nothing was changed.',
  next,
  ...(detail === undefined ? {} : { detail }),
});

export const socketProblem = (say: Saying, path: string, what: string, next: string): Problem => ({
  code: 'port_taken',
  say,
  message: `The socket ${path} ${what}.`,
  impact: 'Local programs cannot use it; everything else works.',
  next,
});

export const notSaved: Problem = {
  code: 'storage_failed',
  say: say('lan.notSaved'),
  message: 'The disk did not take the settings of the gateway.',
  impact: 'Nothing was changed: it listens where it listened before.',
  next: 'Free some space, then try again.',
};

export const noSuchConnection: Problem = {
  code: 'not_found',
  say: say('lan.noSuchConnection'),
  message: 'There is no such connection, or it has ended already.',
  impact: 'Nothing was changed.',
  next: 'Look at the list again.',
};

export const noGateway: Problem = {
  code: 'not_found',
  say: say('lan.noGateway'),
  message: 'This app serves no address.',
  impact: 'Nothing was changed.',
  next: 'Start it with "npm run serve", or use the window.',
};
