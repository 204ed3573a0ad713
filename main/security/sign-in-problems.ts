import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';

export const wrongPassword: Problem = {
  code: 'unauthorized',
  say: say('signIn.wrongPassword'),
  message: 'The password is not right.',
  impact: 'Nothing was opened or changed.',
  next: 'Type it again. If it is forgotten, its owner sets a new one in the window, or with "quarterdeck password" on the machine.',
};

export const noPassword: Problem = {
  code: 'not_found',
  say: say('signIn.noPassword'),
  message: 'No password is set up here.',
  impact: 'This browser is not signed in.',
  next: 'Sign in another way, or set a password under Settings, Sign-in.',
};

export const passwordTooShort: Problem = {
  code: 'invalid_frame',
  say: say('signIn.passwordTooShort'),
  message: 'A password needs 8 to 1000 characters.',
  impact: 'Nothing was changed.',
  next: 'Choose a longer one; a sentence of a few words is easy to type and hard to guess.',
};

export const tooManyWaiting: Problem = {
  code: 'overloaded',
  say: say('signIn.tooManyWaiting'),
  message: 'Many others are signing in at this moment.',
  impact: 'The password was not checked; nothing was counted as wrong.',
  next: 'Try again in a few seconds.',
};

export const setupDone: Problem = {
  code: 'conflict',
  say: say('signIn.setupDone'),
  message: 'The first-run setup was done before.',
  impact: 'Nothing was changed.',
  next: 'Sign in with the password or key that was set then, or with a link: "quarterdeck open" on the machine.',
};

export const wrongSetupCode: Problem = {
  code: 'unauthorized',
  say: say('signIn.wrongSetupCode'),
  message: 'The setup code is not right, or has expired.',
  impact: 'Nothing was set up.',
  next: 'Copy it from the terminal in which Quarterdeck was started, or from the file "setup-code" in its data folder.',
};

export const noSuchLogin: Problem = {
  code: 'not_found',
  say: say('signIn.noSuchLogin'),
  message: 'There is no such login, or it has ended already.',
  impact: 'Nothing was changed.',
  next: 'Look at the list again.',
};

/** Guessing at a password. Nothing was compared. */
export const tooManyAttempts = (waitMs: number): Problem => ({
  code: 'rate_limited',
  say: say('signIn.tooManyAttempts', { minutes: Math.ceil(waitMs / 60_000) }),
  message: 'Too many wrong passwords came from this address.',
  impact: 'The password was not checked, right or wrong.',
  next: `Wait ${Math.ceil(waitMs / 60_000)} min, then try once; or sign in another way, e.g. with a link.`,
});
