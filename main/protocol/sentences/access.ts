import type { Plain, YesNo } from './plain.ts';

/** Doors, credentials, sign-in, pairing and the network. */
export interface AccessSentences {
  'access.notFound': { what: 'key' | 'device' | 'pairing' | 'session' };
  'access.stillGood': { what: 'key' | 'device' };
  'access.rotatedBefore': { successor: string };
  'access.keyOver': Plain;
  'access.madeBefore': { id: string };
  'access.alreadyOver': Plain;
  'access.noAddressForDevices': Plain;
  'scope.tooMuch': { scopes: string };
  'scope.tooWide': Plain;
  'scope.tooLong': Plain;

  'gateway.unauthorized': { reason: 'missing' | 'invalid' };
  'gateway.rateLimited': { seconds: number };
  'gateway.tooManyRequests': { seconds: number };
  'gateway.linkUsed': Plain;
  'gateway.signInNotKept': Plain;
  'gateway.needsOwnPage': Plain;
  'gateway.linkNotPrivate': Plain;
  'gateway.noSuchRoute': Plain;
  'gateway.tooManyConnections': { limit: number };
  'gateway.portTaken': { port: number; host: string; other: number };
  'gateway.portForbidden': { port: number };
  'gateway.noSuchAddress': { host: string };
  'gateway.notAnAddress': { host: string };
  'gateway.noAddressForBrowsers': Plain;
  'admission.otherName': Plain;
  'admission.otherPage': { origin: string };
  'admission.sentByPage': { origin: string };
  'sealed.unreadable': Plain;
  'sealed.replayed': Plain;

  'lan.noCredential': Plain;
  'lan.noSuchInterface': { names: string };
  'lan.notSaved': Plain;
  'lan.noSuchConnection': Plain;
  'lan.noGateway': Plain;
  'lan.addressGone': Plain;
  'lan.noAnswer': Plain;
  'lan.notCalled': { code: string };
  'lan.otherCertificate': Plain;
  'lan.otherProgram': { status: number };
  'certificate.notMade': Plain;
  'certificate.notOne': Plain;
  'certificate.otherKey': Plain;
  'certificate.noKey': Plain;
  'certificate.over': { date: string };
  'certificate.notYet': { date: string };
  'certificate.notNamed': Plain;
  'certificate.unreadable': { path: string };
  'certificate.otherName': { names: string };
  'socket.tooLong': { path: string; bytes: number };
  'socket.notOurs': { path: string };
  'socket.inUse': { path: string };

  'identity.notHere': { box: string };
  'identity.cannotOpen': Plain;
  'identity.notKept': Plain;
  'token.repaired': { path: string; broken: 'exposed' | 'malformed' };

  'signIn.wrongPassword': Plain;
  'signIn.noPassword': Plain;
  'signIn.passwordTooShort': Plain;
  'signIn.tooManyWaiting': Plain;
  'signIn.setupDone': Plain;
  'signIn.wrongSetupCode': Plain;
  'signIn.noSuchLogin': Plain;
  'signIn.tooManyAttempts': { minutes: number };
  'oidc.notUnderWay': Plain;
  'oidc.stateMismatch': Plain;
  'oidc.noCode': Plain;
  'oidc.providerRefused': { host: string; cancelled: YesNo };
  'oidc.unsafeIssuer': { issuer: string };
  'oidc.providerUnreachable': { host: string };
  'oidc.tokenRefused': { host: string };
  'oidc.noEmail': { host: string };
  'oidc.unverified': { host: string };
  'oidc.notAllowed': { email: string };
  'oidc.notConfigured': Plain;
  'oidc.tooManyVisits': Plain;
  'oidc.secretNotHere': Plain;
}
