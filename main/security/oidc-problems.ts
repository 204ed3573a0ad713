import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';

/** Every way in which a sign-in by an identity provider can fail, in words. */
const impact = 'This browser is not signed in; nothing else changed.';
const askOwner = 'Ask the owner of this Quarterdeck, or sign in another way.';

export const notUnderWay: Problem = {
  code: 'invalid_frame',
  say: say('oidc.notUnderWay'),
  message: 'This sign-in was not begun in this browser, was finished before, or took longer than five minutes.',
  impact,
  next: 'Begin again from the sign-in page.',
};

export const stateMismatch: Problem = {
  code: 'invalid_frame',
  say: say('oidc.stateMismatch'),
  message: 'The answer of the identity provider belongs to another sign-in.',
  impact,
  next: 'Begin again from the sign-in page. If a link in a message brought you here, do not use it again.',
};

export const noCode: Problem = {
  code: 'invalid_frame',
  say: say('oidc.noCode'),
  message: 'The identity provider sent no code.',
  impact,
  next: 'Begin again from the sign-in page.',
};

export const providerRefused = (error: string, host: string): Problem => ({
  code: 'forbidden',
  say: say('oidc.providerRefused', { host, cancelled: error === 'access_denied' ? 1 : 0 }),
  message:
    error === 'access_denied'
      ? `The sign-in was cancelled at ${host}, or ${host} refused it.`
      : `${host} could not complete the sign-in.`,
  impact,
  next: 'Begin again from the sign-in page, or sign in another way.',
  detail: error.replace(/[^\w.-]/g, '').slice(0, 60),
});

export const unsafeIssuer = (issuer: string): Problem => ({
  code: 'invalid_frame',
  say: say('oidc.unsafeIssuer', { issuer: issuer.slice(0, 200) }),
  message: `The address of the identity provider (${issuer.slice(0, 200)}) does not begin with https://.`,
  impact: 'Nobody can sign in by it: over plain HTTP its answers could be read and changed on the way.',
  next: 'Give its https:// address. Only a provider on this machine (127.0.0.1) may use http://.',
});

export const providerUnreachable = (host: string, detail: string): Problem => ({
  code: 'provider_failed',
  say: say('oidc.providerUnreachable', { host }),
  message: `The identity provider ${host} cannot be reached, or does not answer as one.`,
  impact,
  next: 'Try again in a moment, or sign in another way. The owner can test the address under Settings, Sign-in.',
  detail,
});

export const tokenRefused = (host: string, detail: string): Problem => ({
  code: 'unauthorized',
  say: say('oidc.tokenRefused', { host }),
  message: `What ${host} sent is not a proof that can be trusted.`,
  impact,
  next: 'Begin again from the sign-in page. If it happens again, the owner should check issuer, client and secret under Settings, Sign-in.',
  detail,
});

export const noEmail = (host: string): Problem => ({
  code: 'forbidden',
  say: say('oidc.noEmail', { host }),
  message: `${host} does not tell the e-mail address of this account.`,
  impact,
  next: askOwner,
});

export const unverified = (host: string): Problem => ({
  code: 'forbidden',
  say: say('oidc.unverified', { host }),
  message: `${host} has not verified the e-mail address of this account.`,
  impact,
  next: `Verify the address at ${host}, then begin again from the sign-in page.`,
});

export const notAllowed = (email: string): Problem => ({
  code: 'forbidden',
  say: say('oidc.notAllowed', { email: email.slice(0, 320) }),
  message: `${email.slice(0, 320)} is not on the list of those who may sign in here.`,
  impact,
  next: 'Sign in with another account, or ask the owner to add this address under Settings, Sign-in.',
});

export const notConfigured: Problem = {
  code: 'not_found',
  say: say('oidc.notConfigured'),
  message: 'No identity provider is set up here.',
  impact,
  next: 'Go back to the sign-in page: it shows the ways that are set up.',
};

export const tooManyVisits: Problem = {
  code: 'rate_limited',
  say: say('oidc.tooManyVisits'),
  message: 'Too many sign-ins by the identity provider were begun from this address.',
  impact,
  next: 'Wait a minute, then begin again; or sign in another way.',
};
